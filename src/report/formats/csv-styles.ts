import { stringify } from 'csv-stringify/sync';
import { type Cell, cellText, csvLine } from './cells.js';

/** Who reads the CSV: `--csv-for`. */
export type CsvFor = 'programs' | 'excel';

/** How CSV is written for its reader. */
interface CsvStyle {
  /** What stands before the first line. */
  mark: string;
  /** A line, with its end. */
  line: (cells: readonly Cell[]) => string;
}

/**
 * `programs`: RFC 4180, UTF-8 without a mark. `excel`: what a double click opens rightly where lists are separated by `;`, which is most of
 * the world outside of North America: with a mark, as Excel takes UTF-8 without one for the code page of the machine.
 */
export const csvStyles: Readonly<Record<CsvFor, CsvStyle>> = {
  programs: { mark: '', line: (cells) => csvLine(cells.map(cellText)) },
  excel: {
    mark: '\ufeff',
    line: (cells) => stringify([cells.map(excelCell)], { delimiter: ';', record_delimiter: 'windows' }),
  },
};

/** Texts in which Excel sees a number, a date or a time: `001122334455`, `12-1-1`, `10:30 PM`, `1/2`, `5%`. */
const numeric = /^[^\p{L}]*\d[^\p{L}]*(?:[ap]m?)?$/iu;
/** As it sees the MAC `0012345E6789`. */
const exponent = /^\s*\d+(?:[.,]\d*)?e[+-]?\d+\s*$/i;
/** The names of months differ by language: any word beside digits may be one, as in `SEP10` or `3 mai`. */
const monthLike = /^(?=.*\d)\s*\d{0,4}[\s./,-]*\p{L}{3,12}[\s./,-]*\d{0,4}\s*$/u;

/** A text within a formula may have so many characters. */
const longestLiteral = 255;

/**
 * A text that Excel would change when it opens the file is written as a formula that is nothing but this text: `="001122334455"`. Quotes do
 * not keep it from reading digits as a number.
 */
function excelCell(value: Cell): string {
  const text = cellText(value);
  if (typeof value !== 'string' || text.length > longestLiteral) return text;
  const isChanged = numeric.test(text) || exponent.test(text) || monthLike.test(text);
  return isChanged ? `="${text.replaceAll('"', '""')}"` : text;
}
