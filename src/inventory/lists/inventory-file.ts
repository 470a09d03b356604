import type { InventoryIo } from '../io.js';
import { isAddress, isMac, valueOf } from './columns/cell-values.js';
import type { ChosenColumns } from './columns/chosen-columns.js';
import { type ColumnPlan, planColumns } from './columns/column-plan.js';
import { meantBy } from './columns/known-names.js';
import { readRow } from './columns/read-row.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type Form, formOf } from './form.js';
import { readJson, readJsonLines } from './json/json.js';
import { readDhcpd } from './leases/dhcpd.js';
import { readDnsmasq } from './leases/dnsmasq.js';
import { latest } from './leases/latest.js';
import { saysNobody } from './leases/state.js';
import { Remarks } from './remarks.js';
import { type InventoryRow, type RawRow, sampleRows, type Skip } from './row.js';
import { readNmapGrepable, readNmapXml } from './scans/nmap.js';
import { refuseBlock, refuseLost, refuseLostRow, refuseMoreAddresses } from './tables/lost-phone.js';
import { realigned } from './tables/realigned.js';
import { openTable, type Table } from './tables/table.js';
import { begin, type BegunText, heldText, linesOf } from './text/begun-text.js';
import { fileText } from './text/file-text.js';

/** How an inventory is read. */
export interface Reading {
  io: Pick<InventoryIo, 'readFile'>;
  chosen: ChosenColumns;
  /** Receives what was ignored and skipped in the file, in one sentence. */
  warn: (text: string, unidentified: number) => void;
  /** Every row with an address counts, also one of a lease that has ended: for exclusions, where leaving out is what does harm. */
  everyAddress?: boolean;
}

/**
 * Reads a list of phones row by row; its content tells what it is, not its name. A table is never held in memory as a whole; JSON, leases
 * and scans are.
 * @throws UsageError for anything that is wrong with it, with the line where there is one
 */
export async function* readInventory(path: string, reading: Reading): AsyncGenerator<InventoryRow, void, undefined> {
  const remarks = new Remarks();
  const file = fileText(path, reading.io);
  const text = await begin(file.pieces);
  const form = formOf(text.head, path);
  const { rows, sample, above, isHeadless } = await openForm(form, text, reading.chosen, path);
  const refuseText = (line: number): void => {
    if (isHeadless && reading.everyAddress)
      throw new UsageError(
        `${path}:${line}: this line is no address, so nothing can be excluded by it; correct it, or put # before it.`,
      );
  };
  for (const line of above) {
    refuseText(line);
    remarks.skip('above', line);
  }
  const plans = new WeakMap<readonly string[], ColumnPlan>();
  for await (const raw of rows) {
    let plan = plans.get(raw.names);
    if (plan === undefined) {
      plan = planColumns(raw.names, reading.chosen, path, sample);
      plans.set(raw.names, plan);
      remarks.columns(plan);
    }
    if (!isHeadless && form === 'table' && raw.skip === undefined && reading.everyAddress) refuseBlock(raw, path);
    if (isHeadless && raw.skip === undefined) refuseMoreAddresses(raw, path, reading.everyAddress ?? false);
    const { row, skip } = phoneOf(raw, plan, path, reading.everyAddress ?? false, remarks);
    if (skip !== null) {
      // Whatever leaves out a row of a table: a phone that cannot be read is not left out without a word.
      if (form === 'table' && isText(skip)) refuseLost(raw.cells, path, raw.line);
      if (isText(skip)) refuseText(raw.line);
      if (form === 'table' && skip === 'nothing') refuseLostRow(raw.names, raw.cells, path, raw.line);
      remarks.skip(skip, raw.line);
      continue;
    }
    if (file.isGuessed() && /[^\x00-\x7f]/.test(`${row.hint.site ?? ''}${row.hint.note ?? ''}`))
      remarks.guessedLetters(row.line);
    yield row;
  }
  const said = remarks.text();
  if (said !== null) reading.warn(said, remarks.unidentified);
}

async function openForm(form: Form, text: BegunText, chosen: ChosenColumns, path: string): Promise<Table> {
  const nothingKnown = { sample: [], above: [] };
  switch (form) {
    case 'table':
      return openTable(text, chosen, path);
    case 'json':
      return sampled(iterated(readJson(await heldText(text, path), path)));
    case 'ndjson':
      return sampled(readJsonLines(linesOf(text, path), path));
    case 'dhcpd':
      return { ...nothingKnown, rows: latest(readDhcpd(await heldText(text, path), path), 0) };
    case 'dnsmasq':
      return { ...nothingKnown, rows: latest(readDnsmasq(linesOf(text, path), path), 0) };
    case 'nmap-xml':
      return { ...nothingKnown, rows: iterated(readNmapXml(await heldText(text, path), path)) };
    case 'nmap-grepable':
      return { ...nothingKnown, rows: readNmapGrepable(linesOf(text, path), path) };
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* iterated(rows: Iterable<RawRow>): AsyncGenerator<RawRow, void, undefined> {
  yield* rows;
}

/** Rows of which the first are looked at beforehand: each says by itself which columns it has. */
async function sampled(rows: AsyncGenerator<RawRow, void, undefined>): Promise<Table> {
  const sample: RawRow[] = [];
  while (sample.length < sampleRows) {
    const next = await rows.next();
    if (next.done) break;
    sample.push(next.value);
  }
  const all = async function* (): AsyncGenerator<RawRow, void, undefined> {
    yield* sample;
    yield* rows;
  };
  return { rows: all(), sample, above: [] };
}

/** A line that is no row of the list; a comment may hold what it likes. */
function isText(skip: Skip): boolean {
  return skip === 'above' || skip === 'below' || skip === 'cut-off';
}

/** The phone of a row, or why it is none. */
function phoneOf(
  raw: RawRow,
  plan: ColumnPlan,
  path: string,
  everyAddress: boolean,
  remarks: Remarks,
): { row: InventoryRow; skip: null } | { row: null; skip: Skip } {
  const { line } = raw;
  const place = `${path}:${line}`;
  if (raw.skip !== undefined && (isText(raw.skip) || raw.skip === 'comment' || !everyAddress))
    return { row: null, skip: raw.skip };
  const cells = cellsOf(raw, plan, remarks, place);
  if (!everyAddress && saysNobody(raw.names, cells)) return { row: null, skip: 'inactive' };
  const { address, hint, skip, hasNoVid } = readRow(plan, cells, place);
  if (skip === 'nothing') refuseMisspelled(raw.names, cells, place);
  const why = raw.skip ?? skip;
  // What has an address is asked, whatever it is called; but no name says which phone it is.
  const isTaken =
    why === null ||
    ((everyAddress || why === 'broken-name') && address !== null) ||
    // An exclusion without effect is for its reader to refuse.
    (everyAddress && skip === 'ipv6');
  if (isTaken && hasNoVid) remarks.noVid(line);
  return isTaken ? { row: { address, hint, line }, skip: null } : { row: null, skip: why };
}

interface NearName {
  index: number;
  name: string;
  meant: 'address' | 'mac';
}

/** By the columns of a file, as a long one may have many rows to look at. */
const nearNames = new WeakMap<readonly string[], readonly NearName[]>();

function nearOf(names: readonly string[]): NearName[] {
  return names.flatMap((name, index) => {
    const meant = meantBy(name);
    return meant === 'address' || meant === 'mac' ? [{ index, name, meant }] : [];
  });
}

/** A row that would be left out for a misspelled column. @throws UsageError */
function refuseMisspelled(names: readonly string[], cells: readonly string[], place: string): void {
  let near = nearNames.get(names);
  if (near === undefined) nearNames.set(names, (near = nearOf(names)));
  for (const { index, name, meant } of near) {
    const text = valueOf(cells[index]);
    if ((meant !== 'address' || !isAddress(text)) && (meant !== 'mac' || !isMac(text))) continue;
    throw new UsageError(
      `${place}: there is neither an address nor a MAC in a column with a known name; did you mean ${meant} by ${JSON.stringify(shown(name))}?`,
    );
  }
}

function cellsOf(raw: RawRow, plan: ColumnPlan, remarks: Remarks, place: string): readonly string[] {
  if (raw.isLonger !== true) return raw.cells;
  const cells = realigned(plan, raw.names, raw.cells);
  if (cells === null)
    throw new UsageError(
      `${place}: the row has ${raw.cells.length} cells, but the header names ${plan.width}; put quotes around a cell that holds the separator.`,
    );
  remarks.moved(raw.line);
  return cells;
}
