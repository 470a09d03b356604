import { UsageError } from '../../../domain/text/usage-error.js';
import { isAddress, isAnyAddress, isIpv6, isMac, modelIn } from '../columns/cell-values.js';
import type { ChosenColumns } from '../columns/chosen-columns.js';
import { headerScore } from '../columns/column-plan.js';
import { normalized } from '../columns/known-names.js';
import { type HeadRecord, headRecords } from './head-records.js';
import { holdsPhone, isNearlyAddress, refuseLost, refuseLostLine } from './lost-phone.js';

/** How a table is written. */
export interface Layout {
  /** `null`: words, separated by blanks, without a header. */
  delimiter: ',' | ';' | '\t' | null;
  /** Where its first row (the header, if it has one) begins. */
  offset: number;
  line: number;
  /** Lines above it that are no part of it, by their numbers. */
  above: number[];
  /** The names of columns without a header, by the form of their values; null where there is one. */
  names: string[] | null;
}

const delimiters = [',', ';', '\t'] as const;

interface Found extends Omit<Layout, 'names'> {
  score: number;
  header: HeadRecord;
  records: HeadRecord[];
}

/**
 * Finds the header of a table and its separator, or what the columns hold where there is no header.
 * @throws UsageError for a text in which no phones can be found
 */
export function layoutOf(head: string, chosen: ChosenColumns, path: string): Layout {
  if (head.trim() === '')
    throw new UsageError(
      `${path}: the file is empty; it needs a header such as address,mac,model and one row per phone, or an address a line.`,
    );
  const [, named] = /^\s*"?sep=(.)"?[^\S\n]*(?=\r|\n|$)/i.exec(head) ?? [];
  const skip = named === undefined ? 0 : head.search(/[\r\n]|$/);
  const wanted = delimiters.filter((delimiter) => named === undefined || delimiter === named);
  const body = `${' '.repeat(skip)}${head.slice(skip)}`;
  const tables = (wanted.length === 0 ? delimiters : wanted).map((delimiter) => ({
    delimiter,
    records: headRecords(body, delimiter),
  }));
  const found = tables
    .flatMap(({ delimiter, records }) => {
      const header = bestHeader(records, chosen);
      return header === null ? [] : [{ delimiter, records, ...header }];
    })
    .sort((a, b) => b.score - a.score || b.header.cells.length - a.header.cells.length)[0];
  if (found !== undefined) return withHeader({ ...found, above: [], ...placeOf(found.header) }, path);
  refuseUsers(
    tables.flatMap(({ records }) => records),
    path,
  );
  // Who names a column says that there is a header: the first row.
  const [first] = tables.flatMap(({ records }) => records.slice(0, 1)).sort((a, b) => b.cells.length - a.cells.length);
  if (chosen.all.length > 0 && first && !isData(first) && first.cells.length > 1) {
    if (!first.cells.every(mayBeName)) throw unknownHeader(first, path);
    chosen.among(first.cells, path);
    chosen.refuseMissing();
  }
  return withoutHeader(body, tables, path);
}

/** Names of columns are words, and each column of a header has one. */
function mayBeName(cell: string): boolean {
  return /^\p{L}[^\d]*$/u.test(cell);
}

function placeOf({ offset, line }: HeadRecord): { offset: number; line: number } {
  return { offset, line };
}

function bestHeader(
  records: readonly HeadRecord[],
  chosen: ChosenColumns,
): { header: HeadRecord; score: number } | null {
  let best: { header: HeadRecord; score: number } | null = null;
  for (const header of records) {
    const score = headerScore(header.cells, chosen);
    if (score > (best?.score ?? 0)) best = { header, score };
    // A name of a column below rows with addresses is a text of such a row, or the header of another table.
    if (best !== null && isData(header)) break;
  }
  return best;
}

function isData({ cells }: HeadRecord): boolean {
  return cells.some((cell) => isAnyAddress(cell) || isMac(cell));
}

function isComment({ cells }: HeadRecord): boolean {
  return /^#/.test(cells[0] ?? '');
}

/** @throws UsageError for a row above the header that may be a phone */
function withHeader({ delimiter, offset, line, records }: Found, path: string): Layout {
  const above = records.filter((record) => record.offset < offset);
  const lost = above.find((record) => !isComment(record) && holdsPhone(record.cells.join(', ')));
  if (lost !== undefined)
    throw new UsageError(
      `${path}:${lost.line}: there is an address or a MAC above the header in line ${line}; move the header to the top, or put # before the line if it is no phone.`,
    );
  return { delimiter, offset, line, above: above.map((record) => record.line), names: null };
}

/** The export of users of Control Hub. Source: help.webex.com afv3q8. */
function refuseUsers(records: readonly HeadRecord[], path: string): void {
  const isUsers = records.some(({ cells }) => {
    const has = new Set(cells.map(normalized));
    return has.has('userid/email(required)') || (has.has('firstname') && has.has('lastname'));
  });
  if (isUsers)
    throw new UsageError(
      `${path}: this is a list of users, which has no phones; export the devices instead (Control Hub: Devices, Export).`,
    );
}

/** A list by the form of its values. @throws UsageError where that is not clear */
function withoutHeader(
  body: string,
  tables: readonly { delimiter: ',' | ';' | '\t'; records: HeadRecord[] }[],
  path: string,
): Layout {
  const lines = headRecords(body, '\0').map((record) => ({ ...record, cells: wordsOf(record.cells[0] ?? '') }));
  const holding = lines.filter(({ cells }) => holdsPhone(cells.join(' ')));
  const widest = tables
    .map((table) => ({ ...table, data: table.records.filter(isData) }))
    .filter(({ data }) => data.some(({ cells }) => cells.length > 1))
    .sort((a, b) => b.data.length - a.data.length)[0];
  // A separator in some comments does not make a table of a plain list.
  const isPlain = widest && widest.data.length < holding.length && lines.filter(isData).length >= holding.length;
  return widest && !isPlain ? tableByForm(widest, path) : plainList(lines, path);
}

interface TableOfData {
  delimiter: ',' | ';' | '\t';
  records: readonly HeadRecord[];
  data: readonly HeadRecord[];
}

function tableByForm({ delimiter, records, data }: TableOfData, path: string): Layout {
  const first = data[0]?.offset ?? 0;
  const above = records.filter(({ offset }) => offset < first);
  for (const record of above) {
    if (isComment(record)) continue;
    refuseLost(record.cells, path, record.line);
    if (isListedName({ ...record, cells: record.cells.filter((cell) => cell !== '') }))
      throw new UsageError(
        `${path}:${record.line}: the line may be the name of a phone, but is not written as the rows below it are; add a header such as address,note, or put # before the line if it is no phone.`,
      );
  }
  const header = above.at(-1);
  if (header && header.cells.filter((cell) => cell !== '').length > 1 && !isComment(header))
    throw unknownHeader(header, path);
  const line = data[0]?.line ?? 1;
  const rows = data.map(({ cells }) => cells);
  return {
    ...{ delimiter, offset: first, line, above: above.map((record) => record.line) },
    names: namesByForm(rows, path, line),
  };
}

function plainList(lines: readonly HeadRecord[], path: string): Layout {
  for (const { cells, line } of lines) refuseLostLine(cells, path, line);
  const data = lines.filter(
    (record) => isData(record) || isListedName(record) || isNearlyAddress(record.cells[0] ?? ''),
  );
  const [first] = data;
  if (first === undefined)
    throw new UsageError(
      `${path}:${lines[0]?.line ?? 1}: there is no address and no MAC in the beginning of the file, and no column with a name that is known to hold one; give a header such as address,mac,model and one row per phone, or an address a line, or name the column, such as --column address="Phone IP".`,
    );
  const above = lines.filter(({ offset, cells }) => offset < first.offset && cells.length > 0);
  const rows = data.filter(isData).map(({ cells }) => cells);
  const names = rows.length === 0 ? ['address'] : namesByForm(rows, path, first.line);
  return { delimiter: null, offset: first.offset, line: first.line, above: above.map(({ line }) => line), names };
}

/** The words of a line of a plain list, without its comment. */
export function wordsOf(line: string): string[] {
  return line
    .replace(/(?:^|\s)#.*$/, '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** A host name by itself, with a domain: a single word may be anything. */
function isListedName({ cells }: HeadRecord): boolean {
  return (
    cells.length === 1 && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?$/i.test(cells[0] ?? '') && /[a-z]/i.test(cells[0] ?? '')
  );
}

const nearlyMac = /^(?:SEP)?[0-9a-f]{2}[0-9a-f:.-]{7,}$|^\d[.,]\d+E\+?\d+$/i;

function namesByForm(rows: readonly (readonly string[])[], path: string, line: number): string[] {
  const width = Math.max(...rows.map((cells) => cells.length));
  const names = Array.from({ length: width }, (_, index) => {
    const filled = rows.map((cells) => cells[index] ?? '').filter((cell) => cell !== '');
    if (filled.some(isAddress)) return 'address';
    // Other names beside `SEP…` are fine; nearly a MAC is a mistake, which a column of MACs tells.
    if (filled.some(isMac)) return filled.every((cell) => isMac(cell) || nearlyMac.test(cell)) ? 'mac' : 'name';
    return filled.length > 0 && filled.every((cell) => modelIn(cell, 'weak') !== '') ? 'model' : '';
  });
  // Of addresses that cannot be asked only the rows are counted.
  const other = names.includes('address') ? -1 : names.findIndex((_, at) => rows.some((row) => isIpv6(row[at] ?? '')));
  if (other >= 0) names[other] = 'address';
  for (const [name, what] of [
    ['address', 'addresses'],
    ['mac', 'MACs'],
  ] as const) {
    if (names.filter((one) => one === name || (name === 'mac' && one === 'name')).length < 2) continue;
    throw new UsageError(
      `${path}:${line}: there is no header, and several columns hold ${what}; add a header such as address,mac,model, with another name for what is not the phone's.`,
    );
  }
  return names;
}

/** A row of words above the rows with addresses. It may be a phone's as well as a header, so none of its cells is shown. */
function unknownHeader({ line }: HeadRecord, path: string): UsageError {
  return new UsageError(
    `${path}:${line}: there is no address: no column has a name that is known to hold one, or a MAC. If this line is the header, say which column it is, such as --column address="Phone IP"; if it is a phone, fill in its address.`,
  );
}
