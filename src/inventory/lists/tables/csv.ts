import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Parser, parse } from 'csv-parse';
import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { headCharacters } from '../text/begun-text.js';

/** How quotes are taken: as RFC 4180 says; also as letters within a cell; always as letters. */
export type Quotes = 'strict' | 'tolerant' | 'letters';

/** The cells of a row and the line on which it begins, from 1. */
export interface CsvRecord {
  cells: string[];
  line: number;
}

/**
 * Reads the rows of a table as they arrive. Blank lines are skipped; blanks around cells are dropped.
 * @param text from the beginning of a row on
 * @param firstLine the line of that row
 * @throws UsageError with file and line
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  { delimiter, quotes, firstLine, path }: { delimiter: string; quotes: Quotes; firstLine: number; path: string },
): AsyncGenerator<CsvRecord, void, undefined> {
  const offset = firstLine - 1;
  let lastLine = 0;
  const parser: Parser = parse({
    delimiter,
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: headCharacters,
    ...(quotes === 'letters' ? { quote: null } : { relax_quotes: quotes === 'tolerant' }),
    on_record: (record: string[], { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  // An error in the source destroys the parser with the same error, which the loop below then throws.
  pipeline(Readable.from(text), parser).catch(() => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const line = info.lines - lineBreaksIn(record) + offset;
      // A quote that was taken for a letter, and swallowed the rows behind it.
      if (quotes === 'tolerant' && record.some((cell) => cell.startsWith('"') && /[\r\n]/.test(cell)))
        throw problem('CSV_QUOTE_NOT_CLOSED', path, line);
      yield { cells: record.map(withoutFormula), line };
    }
  } catch (error) {
    throw syntaxError(error, path, lastLine + 1, offset);
  }
}

/** The text of a cell that is a formula and nothing but this text, which keeps Excel from reading digits as a number: `="001122334455"`. */
function withoutFormula(cell: string): string {
  if (!cell.startsWith('="') || cell.length < 3 || !cell.endsWith('"')) return cell;
  return cell.slice(2, -1).replaceAll('""', '"');
}

/** The parser counts to the end of a row; people look for its beginning. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

const syntax = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a quote is opened and never closed; close it, or double it when it is part of the text'],
  ['INVALID_OPENING_QUOTE', 'a quote stands inside a cell; put the whole cell in quotes and double the ones inside'],
  ['CSV_INVALID_CLOSING_QUOTE', 'there is text after a closing quote; double a quote that is part of the text'],
  ['CSV_MAX_RECORD_SIZE', 'the row is too long; look for a quote that is never closed'],
]);

function problem(code: string, path: string, line: number | string, cause?: unknown): UsageError {
  return new UsageError(`${path}:${line}: ${syntax.get(code) ?? `this is not CSV (${shown(code)}); check the row`}.`, {
    cause,
  });
}

function syntaxError(error: unknown, path: string, rowLine: number, offset: number): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  const { code } = error;
  if (typeof code !== 'string' || !(syntax.has(code) || code.startsWith('CSV_'))) return error;
  // A quote that is never closed is only noticed at the end of the file, far below the row it is in.
  const line = code === 'CSV_QUOTE_NOT_CLOSED' || !('lines' in error) ? rowLine : Number(error.lines);
  return problem(code, path, line + offset, error);
}
