import { cutTo, displayWidth } from './cut.js';
import { type PhoneRow, shortFirmware, type TableColumn, tableColumns, type TableRow } from './row.js';

/** Blanks between two columns. */
export const gap = 2;

/** Narrower than this, a cut reason says nothing: its code stands there instead, and what it means below. */
const leastWhy = 30;

/** So wide, it mostly has what a phone answered. */
const usefulWhy = 40;

function isOfIdentity(column: TableColumn): boolean {
  return column === 'mac' || column === 'model';
}

/** What the phones of a part of the table have in common, which decides what is dear there. */
export type PartKind = 'look' | 'move' | 'attention';

/**
 * What a terminal too narrow for everything goes without, one after the other until the rest fits. What remains of phones that were looked at is
 * what they are and whether they may move; of others, who they are and how they ended.
 */
const concessions: Record<PartKind, readonly TableColumn[]> = {
  look: ['mac', 'outcome', 'firmware', 'model', 'verdict', 'authorized'],
  move: ['verdict', 'authorized', 'firmware', 'model', 'mac'],
  attention: ['verdict', 'authorized', 'firmware', 'model', 'mac'],
};

/** Columns that go first where all have the same in them, in this order: that can be said once. */
const maySayOnce: readonly TableColumn[] = ['outcome', 'verdict', 'authorized', 'firmware', 'model'];

/** What stands for a phone that is left as it is, where the column of outcomes has to go. */
const already = 'already';
const alreadyMeans = 'already: it is where the profile leads (already-done)';

/** Which columns are shown and how wide each is, in characters. */
export interface TableLayout {
  columns: readonly TableColumn[];
  widths: readonly number[];
  rows: readonly TableRow[];
  /** Columns that are left out as all have the same in them, with what it is. */
  same: readonly { column: TableColumn; value: string }[];
  /** Reasons of which only the code is shown, with how many have each, the most frequent first. */
  reasons: readonly { text: string; count: number }[];
}

/**
 * Fits one part of the table into `width` characters. Where something would be cut: firmware loses its load family, columns with nothing in
 * them go, then those that say the same of all; then the reason gives way to its code, or columns are dropped one by one, until the rest
 * fits. `Infinity` (a pipe or a file) keeps everything.
 */
export function layOut(phones: readonly PhoneRow[], { width, kind }: { width: number; kind: PartKind }): TableLayout {
  let rows: readonly TableRow[] = phones.map(({ row }) => row);
  let columns: readonly TableColumn[] = tableColumns;
  const same: TableLayout['same'][number][] = [];
  const isTooWide = (why: number): boolean => widthOf(columns, rows, why) > width;
  const drop = (column: TableColumn): void => {
    columns = columns.filter((name) => name !== column);
  };
  const whole = widest('why', rows);
  if (isTooWide(whole)) rows = rows.map((row) => ({ ...row, firmware: shortFirmware(row.firmware) }));
  for (const column of tableColumns)
    if (column !== 'why' && width < Infinity && rows.every((row) => row[column] === '-')) drop(column);
  for (const column of maySayOnce) {
    const value = sameInAll(rows, column);
    if (!columns.includes(column) || !isTooWide(whole) || value === null) continue;
    same.push({ column, value });
    drop(column);
  }
  const isCut = isTooWide(whole);
  const short = phones.map(({ row, codes }) => ({
    ...row,
    why: codes === '' && row.outcome === 'already-done' ? already : codes,
  }));
  // Reasons of phones that need somebody say more than their code: what the phone answered.
  const wanted = (column: TableColumn): number =>
    Math.min(whole, kind !== 'attention' ? widest('why', short) : isOfIdentity(column) ? leastWhy : usefulWhy);
  for (const column of concessions[kind]) if (isTooWide(wanted(column))) drop(column);
  const room = width - widthOf(columns, rows, 0);
  const isCoded =
    isCut &&
    phones.some(({ reasons }) => reasons.length > 0) &&
    (kind !== 'attention' || room < Math.min(whole, leastWhy));
  const isTold = columns.includes('outcome') || same.some(({ column }) => column === 'outcome');
  if (isCoded) rows = rows.map((row, at) => ({ ...row, why: (isTold ? phones[at]?.codes : short[at]?.why) ?? '' }));
  const reasons = isCoded
    ? counted(phones.flatMap((phone, at) => [...phone.reasons, ...(rows[at]?.why === already ? [alreadyMeans] : [])]))
    : [];
  const why = Math.max(4, Math.min(widest('why', rows), room));
  const widths = columns.map((column) => (column === 'why' ? why : Math.min(widest(column, rows), width)));
  const fittedRows = rows.map((row) => fitted(row, columns, widths));
  return { columns, widths, rows: fittedRows, same, reasons };
}

/** What stands in a column in every row; `null` where rows differ, or there are not several. */
function sameInAll(rows: readonly TableRow[], column: TableColumn): string | null {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return null;
  return others.every((row) => row[column] === first[column]) ? first[column] : null;
}

function counted(texts: readonly string[]): { text: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}

function widthOf(columns: readonly TableColumn[], rows: readonly TableRow[], why: number): number {
  const widths = columns.map((column) => (column === 'why' ? why : widest(column, rows)));
  return widths.reduce((sum, width) => sum + width, gap * (columns.length - 1));
}

function widest(column: TableColumn, rows: readonly TableRow[]): number {
  return rows.reduce((most, row) => Math.max(most, displayWidth(row[column])), column.length);
}

/** The row with what is too wide cut. */
function fitted(row: TableRow, columns: readonly TableColumn[], widths: readonly number[]): TableRow {
  return { ...row, ...Object.fromEntries(columns.map((column, at) => [column, cutTo(row[column], widths[at] ?? 0)])) };
}
