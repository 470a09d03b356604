import { isAnyAddress, isIpv6, isMac } from '../columns/cell-values.js';
import type { ChosenColumns } from '../columns/chosen-columns.js';
import { headerScore } from '../columns/column-plan.js';
import { normalized } from '../columns/known-names.js';
import { latest } from '../leases/latest.js';
import type { RawRow } from '../row.js';
import { type BegunText, linesOf } from '../text/begun-text.js';
import { cutOff } from '../text/cut-off.js';
import { csvRecords, type Quotes } from './csv.js';
import { infobloxRows } from './infoblox.js';
import { withEnd } from './last-row.js';
import { isKea, keaRow } from './kea.js';
import { type Layout, layoutOf, wordsOf } from './layout.js';
import { headRecords } from './head-records.js';
import { isNearlyAddress, refuseLostLine, refuseOtherForm, refuseSubnet } from './lost-phone.js';

/** A table, and what is known of it before its rows are read. */
export interface Table {
  rows: AsyncIterable<RawRow>;
  /** Some rows at its beginning, without their header. */
  sample: readonly Pick<RawRow, 'names' | 'cells'>[];
  /** The numbers of the lines above it. */
  above: readonly number[];
  /** Without a header: what the cells are is told by their form, and each line that is no comment should be a phone. */
  isHeadless?: boolean;
}

/**
 * Reads a table: CSV with any of the usual separators and with titles above its header, or a plain list.
 * @throws UsageError with file and line
 */
export function openTable(text: BegunText, chosen: ChosenColumns, path: string): Table {
  const layout = layoutOf(text.head, chosen, path);
  const { delimiter, above } = layout;
  if (delimiter === null) return { rows: plainRows(text, layout, path), sample: [], above, isHeadless: true };
  const [header, ...below] = headRecords(text.head.slice(layout.offset), delimiter).map(({ cells }) => cells);
  const names = layout.names ?? withoutBlankEnd(header ?? []);
  const sample = below.map((cells) => ({ names, cells }));
  const quotes = quotesOf(delimiter, names);
  const rows = withEnd(text, (whole) => delimitedRows(whole, layout, names, quotes, chosen, path));
  if (isKea(names)) return { rows: latest(rows, names.map(normalized).indexOf('address')), sample, above };
  return { rows, sample, above, isHeadless: layout.names !== null };
}

/** Kea and Unified CM's console write no quotes around cells; browsers and spreadsheets leave some in cells that are separated by tabs. */
function quotesOf(delimiter: string, names: readonly string[]): Quotes {
  const has = new Set(names.map(normalized));
  if (isKea(names) || (has.has('ipaddr') && has.has('regstatus'))) return 'letters';
  return delimiter === '\t' ? 'tolerant' : 'strict';
}

async function* delimitedRows(
  text: BegunText,
  { delimiter, offset, line: firstLine, names: byForm }: Layout,
  header: readonly string[],
  quotes: Quotes,
  chosen: ChosenColumns,
  path: string,
): AsyncGenerator<RawRow, void, undefined> {
  const records = csvRecords(from(text, offset), { delimiter: delimiter ?? ',', quotes, firstLine, path });
  if (byForm === null && /^header-/i.test(header[0] ?? '')) {
    yield* infobloxRows(records);
    return;
  }
  let names = header;
  let isFirst = byForm === null;
  let key = header.join('\0');
  for await (const { cells, line } of records) {
    const filled = withoutBlankEnd(cells);
    if (isFirst) isFirst = false;
    else if (/^#/.test(filled[0] ?? '') && !/^#$/.test(filled[0] ?? ''))
      yield { names, cells: [], line, skip: 'comment' };
    else if (byForm === null && filled.join('\0') === key) yield { names, cells: [], line, skip: 'below' };
    else if (byForm === null && isAnotherHeader(filled, chosen)) {
      // Lists that were put together: the columns of the next begin here.
      names = filled;
      key = filled.join('\0');
    } else {
      if (byForm !== null) {
        refuseOtherForm(names, cells, path, line);
        refuseSubnet(cells.slice(names.indexOf('address')), path, line);
      } else if (isKea(names) && cells.length < names.length) throw cutOff(path, line, 'this lease');
      yield rowOf(names, { filled, cells }, line, byForm !== null);
    }
  }
}

function isAnotherHeader(cells: readonly string[], chosen: ChosenColumns): boolean {
  return cells.length > 1 && headerScore(cells, chosen) >= 9;
}

function rowOf(
  names: readonly string[],
  { filled: cells, cells: all }: { filled: string[]; cells: string[] },
  line: number,
  byForm: boolean,
): RawRow {
  const hasNothing = !cells.some((cell) => isAnyAddress(cell) || isMac(cell));
  if (hasNothing && isTrailer(names, cells, all.length)) return { names, cells, line, skip: 'below' };
  // As wide as it is written, for a row that is shorter than its header is not sure to be one of the list.
  const row = { names, cells: keaRow(names, all.length <= names.length ? all : cells), line };
  return cells.length > names.length && !byForm ? { ...row, isLonger: true } : row;
}

/** A total, a prompt, a mark of the end: far fewer cells than the list has, and none that is an address or a MAC. */
function isTrailer(names: readonly string[], cells: readonly string[], written: number): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (filled.length === 1 && /^[-=_+|\s]+$/.test(first)) return true;
  // A site may be called so, and its phone be given by its name.
  const hasHost = filled.slice(1).some((cell) => /^[\w-]+(?:\.[\w-]+)+$/.test(cell) && !isCount(cell));
  if (total.test(first) && !hasHost)
    return filled.length <= Math.max(2, names.length / 2) || filled.slice(1).every(isCount);
  return names.length > 2 && written === 1 && /\s/.test(first);
}

/** A number as people write it, perhaps with a sign of percent. */
function isCount(cell: string): boolean {
  return /^\d+(?:[.,' ]\d+)?\s*%?$/.test(cell);
}

/** How the line below a list begins, in the languages of its readers. */
const total =
  /^(?:(?:(?:grand )?totals?|sum|summe|gesamt|insgesamt|gesamtzahl|anzahl|count|somme|nombre|ende?)(?![\w.-])|number of |end of |admin:|\(?\d+ (?:rows?|zeilen|lignes|phones?|telefone|devices?|records?)\b)/i;

/** Spreadsheets also write separators for columns that used to have something in them. */
function withoutBlankEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** A plain list: words separated by blanks; lines without an address, a MAC or a host name are no phones. */
async function* plainRows(
  text: BegunText,
  { names, line: firstLine }: Layout,
  path: string,
): AsyncGenerator<RawRow, void, undefined> {
  const columns = names ?? [];
  for await (const { line, number } of linesOf(text, path)) {
    if (number < firstLine) continue;
    const cells = wordsOf(line);
    if (cells.length === 0) continue;
    refuseLostLine(cells, path, number);
    refuseOtherForm(columns, cells, path, number);
    refuseSubnet(cells, path, number);
    const index = columns.indexOf('address');
    const word = cells[index] ?? '';
    // Nearly an address is a mistake; a name has a domain or a number; another word may be anything.
    const mayBe =
      cells.some(isMac) ||
      isIpv6(word) ||
      isNearlyAddress(word) ||
      /^[\w-]+(?:\.[\w-]+)+\.?$/.test(word) ||
      (cells.length === 1 && /^[a-z][\w-]*\d[\w-]*$/i.test(word));
    yield { names: columns, cells, line: number, ...(mayBe ? {} : { skip: 'below' as const }) };
  }
}

async function* from(text: BegunText, offset: number): AsyncGenerator<string, void, undefined> {
  let left = offset;
  for await (const piece of text.whole()) {
    if (left >= piece.length) left -= piece.length;
    else {
      yield left === 0 ? piece : piece.slice(left);
      left = 0;
    }
  }
}
