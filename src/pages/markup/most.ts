/** More than this no page of a phone has. A page beyond it is not read where that matters: nothing is ever guessed from a part. */
export const most = {
  /** Cells in one row; phones have four. */
  cells: 2_000,
  /** Known headings; a phone with sixteen lines has some three hundred. */
  headings: 2_000,
  forms: 100,
  fieldsets: 2_000,
} as const;
