import { parseMac } from '../../domain/network/mac.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { type Addresses, type HostName, parseSingle, refuseBlocks } from '../../domain/network/address-forms.js';
import { shown } from '../../domain/text/printable.js';
import type { TargetHint } from '../target.js';

/** The columns of an inventory. */
export type Column = 'address' | keyof TargetHint;

/** One row of an inventory file, validated. */
export interface InventoryRow {
  /** Null: the row has a MAC and no address. */
  address: Addresses | HostName | null;
  hint: TargetHint;
  /** The line on which the row begins, from 1. */
  line: number;
}

const COLUMNS = new Map<string, Column>([
  ['address', 'address'],
  ['ip', 'address'],
  ['ip address', 'address'],
  ['host', 'address'],
  ['mac', 'mac'],
  ['model', 'model'],
  ['vid', 'vid'],
  ['site', 'site'],
  ['note', 'note'],
]);

/**
 * The meaning of column names, in upper or lower case.
 * @throws UsageError for an unknown name (a typo would otherwise silently drop a whole column), for a column given twice, and when no
 * column holds the address
 */
export function readColumns(names: readonly string[], place: string): Column[] {
  const columns = names.map((name) => {
    const column = COLUMNS.get(name.trim().toLowerCase());
    if (column) return column;
    throw new UsageError(
      `${place}: unknown column "${shown(name.trim())}"; known are address (or ip, ip address, host), mac, model, vid, site, note.`,
    );
  });
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice) throw new UsageError(`${place}: the column "${twice}" occurs twice; keep one of them.`);
  if (!columns.includes('address')) {
    throw new UsageError(`${place}: there is no address; add it under the name address, ip, ip address or host.`);
  }
  return columns;
}

/** Checks the cells of one row; blank cells count as missing. @throws UsageError */
export function readRow(cells: ReadonlyMap<Column, string>, path: string, line: number): InventoryRow {
  const place = `${path}:${line}`;
  const text = cells.get('address')?.trim() ?? '';
  if (text === '') throw new UsageError(`${place}: the address is empty; fill it in or remove the row.`);
  const address = parseSingle(text, `${place}: address "${shown(text)}"`);
  if (address.kind === 'addresses') refuseBlocks(address.range, `${place}: address ${text}`);
  return { address, hint: readHint(cells, place), line };
}

function readHint(cells: ReadonlyMap<Column, string>, place: string): TargetHint {
  const hint: TargetHint = {};
  for (const [column, cell] of cells) {
    const text = cell.trim();
    if (column === 'address' || text === '') continue;
    hint[column] = column === 'mac' ? readMac(text, place) : text;
  }
  return hint;
}

function readMac(text: string, place: string): string {
  // Unified CM exports name a phone by SEP and its MAC.
  const mac = parseMac(text.replace(/^SEP/i, ''));
  if (mac !== null) return mac;
  throw new UsageError(
    `${place}: "${shown(text)}" is not a MAC address; write 12 hexadecimal digits, such as 00CCFC123456.`,
  );
}
