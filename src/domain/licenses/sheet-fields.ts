/** What a column of a sheet of phones to order for holds. */
export const sheetFields = ['mac', 'productId', 'vid', 'serial'] as const;

export type SheetField = (typeof sheetFields)[number];
