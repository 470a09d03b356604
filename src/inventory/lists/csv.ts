import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Parser, parse } from 'csv-parse';
import { UsageError } from '../../domain/text/usage-error.js';
import { type Column, type InventoryRow, readColumns, readRow } from './row.js';
import { shown } from '../../domain/text/printable.js';

/** A longer row (characters) means a file of another kind, or a quote that is never closed. */
const MAX_ROW_CHARACTERS = 64 * 1024;

/**
 * Reads the rows of a CSV inventory as they arrive: a header, then one row per phone; separated by commas or semicolons; cells may be
 * quoted. Blank lines are skipped; missing cells at the end of a row are blank.
 * @param text the file's text in pieces, without a byte order mark
 * @throws UsageError with file and line
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  path: string,
): AsyncGenerator<InventoryRow, void, undefined> {
  let columns: Column[] | null = null;
  for await (const { cells, line } of records(text, path)) {
    if (columns) yield readRow(cellsByColumn(columns, cells, `${path}:${line}`), path, line);
    else columns = readColumns(withoutBlankEnd(cells), `${path}:${line}`);
  }
  if (!columns)
    throw new UsageError(
      `${path}: the file is empty; it needs a header such as address,mac,model and one row per phone.`,
    );
}

interface CsvRecord {
  cells: string[];
  line: number;
}

async function* records(text: AsyncIterable<string>, path: string): AsyncGenerator<CsvRecord, void, undefined> {
  const { delimiter, whole } = await detectDelimiter(text);
  let lastLine = 0;
  const parser: Parser = parse({
    delimiter,
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW_CHARACTERS,
    on_record: (record: string[], { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  // An error in the source destroys the parser with the same error, which the loop below then throws.
  pipeline(Readable.from(whole), parser).catch(() => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { cells: record, line: info.lines - lineBreaksIn(record) };
    }
  } catch (error) {
    throw syntaxError(error, path, lastLine + 1);
  }
}

/** Chooses the delimiter by the first line that is not blank; `whole` yields the text from its beginning again. */
async function detectDelimiter(
  text: AsyncIterable<string>,
): Promise<{ delimiter: ',' | ';'; whole: AsyncGenerator<string, void, undefined> }> {
  const source = text[Symbol.asyncIterator]();
  let head = '';
  let header = '';
  while (header === '' && head.length < MAX_ROW_CHARACTERS) {
    const next = await source.next();
    if (next.done) break;
    head += next.value;
    if (/[\r\n]/.test(next.value)) header = firstFullLine(head);
  }
  if (header === '') header = head;
  async function* whole(): AsyncGenerator<string, void, undefined> {
    try {
      yield head;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return { delimiter: header.split(';').length > header.split(',').length ? ';' : ',', whole: whole() };
}

/** The first line that is not blank and has ended; empty when there is none yet. */
function firstFullLine(text: string): string {
  const begun = text.trimStart();
  const end = begun.search(/[\r\n]/);
  return end < 0 ? '' : begun.slice(0, end);
}

function cellsByColumn(columns: readonly Column[], cells: readonly string[], place: string): Map<Column, string> {
  const filled = withoutBlankEnd(cells);
  if (filled.length > columns.length) {
    throw new UsageError(
      `${place}: the row has ${filled.length} cells, but the header names ${columns.length}; put quotes around a cell that holds the separator.`,
    );
  }
  return new Map(columns.map((column, index) => [column, filled[index] ?? '']));
}

/** Spreadsheets also write separators for columns that used to have something in them. */
function withoutBlankEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** The parser counts to the end of a row; people look for its beginning. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

const SYNTAX = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a quote is opened and never closed; close it, or double it when it is part of the text'],
  ['INVALID_OPENING_QUOTE', 'a quote stands inside a cell; put the whole cell in quotes and double the ones inside'],
  ['CSV_INVALID_CLOSING_QUOTE', 'there is text after a closing quote; double a quote that is part of the text'],
  ['CSV_MAX_RECORD_SIZE', 'the row is too long; look for a quote that is never closed'],
]);

function syntaxError(error: unknown, path: string, rowLine: number): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  const { code } = error;
  if (typeof code !== 'string' || !(SYNTAX.has(code) || code.startsWith('CSV_'))) return error;
  // A quote that is never closed is only noticed at the end of the file, far below the row it is in.
  const line = code === 'CSV_QUOTE_NOT_CLOSED' || !('lines' in error) ? rowLine : String(error.lines);
  return new UsageError(`${path}:${line}: ${SYNTAX.get(code) ?? `this is not CSV (${shown(code)}); check the row`}.`, {
    cause: error,
  });
}
