import { shortFirmware, type TableColumn, tableColumns, type TableRow } from './row.js';

/** Blanks between two columns. */
export const gap = 2;

/** The reason is cut to the line, but not to less than this: the longest failure code and its first words. */
const leastWhy = 30;

/**
 * What is dropped on a narrow terminal, in this order, until the rest fits. What remains tells the phone and its outcome. An audit keeps
 * its main finding, whether the phone may return without a license, longer than the firmware.
 */
const expendable: Record<'audit' | 'migration', readonly TableColumn[]> = {
  audit: ['verdict', 'firmware', 'authorized', 'model', 'mac'],
  migration: ['verdict', 'authorized', 'firmware', 'model', 'mac'],
};

/** Which columns are shown and how wide each is, in characters. */
export interface TableLayout {
  columns: readonly TableColumn[];
  widths: readonly number[];
  rows: readonly TableRow[];
}

/**
 * Fits the rows into `width` characters: first firmware loses its load family, then columns are dropped one by one, then the reason is cut.
 * `Infinity` (a pipe or a file) keeps everything.
 */
export function layOut(rows: readonly TableRow[], width: number, kind: 'audit' | 'migration'): TableLayout {
  let shownRows = rows;
  let columns: readonly TableColumn[] = tableColumns;
  const total = (): number => widthOf(columns, shownRows, Math.min(leastWhy, widest('why', shownRows)));
  if (total() > width) shownRows = rows.map((row) => ({ ...row, firmware: shortFirmware(row.firmware) }));
  for (const column of expendable[kind]) {
    if (total() <= width) break;
    columns = columns.filter((name) => name !== column);
  }
  const room = width - widthOf(columns, shownRows, 0);
  const why = Math.max(4, Math.min(widest('why', shownRows), room));
  const widths = columns.map((column) => (column === 'why' ? why : Math.min(widest(column, shownRows), width)));
  return { columns, widths, rows: shownRows.map((row) => fitted(row, columns, widths)) };
}

function widthOf(columns: readonly TableColumn[], rows: readonly TableRow[], why: number): number {
  const widths = columns.map((column) => (column === 'why' ? why : widest(column, rows)));
  return widths.reduce((sum, width) => sum + width, gap * (columns.length - 1));
}

function widest(column: TableColumn, rows: readonly TableRow[]): number {
  return rows.reduce((most, row) => Math.max(most, displayWidth(row[column])), column.length);
}

/** The row with what is too wide cut, between characters: the table itself would cut within a pair. */
function fitted(row: TableRow, columns: readonly TableColumn[], widths: readonly number[]): TableRow {
  return { ...row, ...Object.fromEntries(columns.map((column, at) => [column, cutTo(row[column], widths[at] ?? 0)])) };
}

function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let left = width - 1;
  let kept = '';
  for (const character of text) {
    left -= displayWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Characters that take two places on a terminal, or may: East Asian wide and full-width ones, and all pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}/gu;

function displayWidth(text: string): number {
  return text.length + (text.match(wide) ?? []).filter((character) => character.length === 1).length;
}
