import { stringify } from 'csv-stringify/sync';
import { printable } from '../../domain/text/printable.js';

export type Cell = string | number | boolean | null | undefined;

/** A spreadsheet takes at most 32,767 characters a cell. */
const longestCell = 32_000;

/** A line of CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return stringify([cells], { record_delimiter: 'windows' });
}

/** ASCII and full-width starts of a formula, also after blanks and quotes; tab and carriage return are swallowed by some importers. */
const formula = /^[\s\0"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/;

/** In half of the world, spreadsheets split a line at `;`, and then our quotes around a cell do not count. */
const formulaAfterSemicolon = /;(?=[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** What stands in a cell: hidden characters as escapes, nothing that a spreadsheet would take for a formula. */
export function cellText(value: Cell): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const shown = printable(value.replace(formulaAfterSemicolon, ";'"), longestCell);
  return formula.test(value) ? `'${shown}` : shown;
}
