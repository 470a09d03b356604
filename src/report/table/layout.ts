import { cutTo, displayWidth } from './cut.js';
import { shortFirmware, type TableColumn, tableColumns, type TableRow } from './row.js';

/** Blanks between two columns. */
export const gap = 2;

/** What a terminal too narrow for everything goes without, one after the other until the rest fits. */
type Concession = { without: TableColumn } | { leastWhy: number };

/** The reason is cut to the line, but at first not to less than this: a failure code, and in a migration its first words. */
const leastWhy: Record<Kind, number> = { audit: 16, migration: 30 };

/**
 * What remains tells the phone and its outcome. Of an audit that is what the phone is and whether it may move: its outcome is told by the
 * group that it stands in and by its reason.
 */
const concessions: Record<Kind, readonly Concession[]> = {
  audit: [
    { without: 'mac' },
    { without: 'outcome' },
    { leastWhy: 10 },
    { without: 'firmware' },
    { without: 'model' },
    { without: 'verdict' },
    { without: 'authorized' },
  ],
  migration: [
    { without: 'verdict' },
    { without: 'authorized' },
    { without: 'firmware' },
    { without: 'model' },
    { without: 'mac' },
  ],
};

/** Columns that go first where every phone has the same in them, in this order: that can be said once. */
const maySayOnce: readonly TableColumn[] = ['outcome', 'verdict', 'authorized', 'firmware', 'model'];

type Kind = 'audit' | 'migration';

/** Which columns are shown and how wide each is, in characters. */
export interface TableLayout {
  columns: readonly TableColumn[];
  widths: readonly number[];
  rows: readonly TableRow[];
  /** Columns that are left out as all phones have the same in them, with what it is. */
  same: readonly { column: TableColumn; value: string }[];
}

/**
 * Fits the rows into `width` characters: first firmware loses its load family, then columns are dropped one by one, those that say the same
 * of every phone first; what is left is the reason's. `Infinity` (a pipe or a file) keeps everything.
 * @param phones the rows of phones: other devices have nothing in most columns
 */
export function layOut(
  rows: readonly TableRow[],
  phones: readonly TableRow[],
  { width, kind }: { width: number; kind: Kind },
): TableLayout {
  let shownRows = rows;
  let columns: readonly TableColumn[] = tableColumns;
  let least = leastWhy[kind];
  const same: TableLayout['same'][number][] = [];
  const isTooWide = (): boolean => widthOf(columns, shownRows, Math.min(least, widest('why', shownRows))) > width;
  const drop = (column: TableColumn): void => {
    columns = columns.filter((name) => name !== column);
  };
  if (isTooWide()) shownRows = rows.map((row) => ({ ...row, firmware: shortFirmware(row.firmware) }));
  for (const column of maySayOnce) {
    const value = sameInAll(phones, column);
    if (!isTooWide() || value === null) continue;
    same.push({ column, value });
    drop(column);
  }
  for (const concession of concessions[kind]) {
    if (!isTooWide()) break;
    if ('without' in concession) drop(concession.without);
    else least = concession.leastWhy;
  }
  const room = width - widthOf(columns, shownRows, 0);
  const why = Math.max(4, Math.min(widest('why', shownRows), room));
  const widths = columns.map((column) => (column === 'why' ? why : Math.min(widest(column, shownRows), width)));
  return { columns, widths, rows: shownRows.map((row) => fitted(row, columns, widths)), same };
}

/** What stands in a column in every row; `null` where rows differ, or there are not several. */
function sameInAll(rows: readonly TableRow[], column: TableColumn): string | null {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return null;
  return others.every((row) => row[column] === first[column]) ? first[column] : null;
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
