import { formatIpv4 } from '../../../src/domain/network/ipv4.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { parseChosenColumn } from '../../../src/domain/network/chosen-column.js';
import { ChosenColumns } from '../../../src/inventory/lists/columns/chosen-columns.js';
import { readInventory } from '../../../src/inventory/lists/inventory-file.js';
import { worldOf } from '../support.js';

interface Read {
  /** `line address mac model …` of each phone. */
  phones: string[];
  warnings: string[];
}

/** What a list says in short; the message where it is refused. */
export async function read(content: string | Uint8Array, columns: string[] = [], everyAddress = false): Promise<Read> {
  const found: Read = { phones: [], warnings: [] };
  const chosen = new ChosenColumns(columns.map((text) => parseChosenColumn(text, '--column')));
  const reading = { io: worldOf({ list: content }), chosen, warn: (text: string) => void found.warnings.push(text) };
  for await (const { address, hint, line } of readInventory('list', { ...reading, everyAddress })) {
    const at = address === null ? '-' : address.kind === 'host' ? address.name : formatIpv4(address.range.first);
    const { mac = '-', model, vid, serial, site, note } = hint;
    const more = Object.entries({ model, vid, serial, site, note }).filter(([, value]) => value !== undefined);
    found.phones.push([line, at, mac, ...more.map(([key, value]) => `${key}=${value}`)].join(' '));
  }
  chosen.refuseMissing();
  return found;
}

export async function refused(
  content: string | Uint8Array,
  columns: string[] = [],
  everyAddress = false,
): Promise<string> {
  try {
    await read(content, columns, everyAddress);
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  throw new Error('the list was taken');
}
