import { UsageError } from '../../domain/text/usage-error.js';
import { type Addresses, type HostName, parseExclusion } from '../../domain/network/address-forms.js';
import { inOrderAhead, resolveHost } from './resolve.js';
import { namesList } from '../../domain/network/list-path.js';
import type { ChosenColumns } from '../lists/columns/chosen-columns.js';
import type { Reading } from '../lists/inventory-file.js';
import { type Ipv4, parseIpv4 } from '../../domain/network/ipv4.js';
import { plainLines } from './plain-list.js';
import { RangeSet } from './range-set.js';
import { shown } from '../../domain/text/printable.js';
import type { InventoryIo } from '../io.js';
import type { ListWarning } from '../target.js';

/** What must not be contacted. */
export class Exclusions {
  readonly addresses = new RangeSet();
  readonly hosts = new Set<string>();
  /** What was left out in files of exclusions. */
  readonly warnings: ListWarning[] = [];

  /** Whether this dotted address or host name is itself excluded. */
  has(text: string): boolean {
    const address = parseIpv4(text);
    return address === null ? this.hosts.has(text.toLowerCase()) : this.addresses.has(address);
  }
}

/**
 * Reads everything that is excluded and resolves the host names among it.
 * @throws UsageError also for a host name that does not resolve: its phone could still be reached by address, so leaving it out is not safe
 */
export async function readExclusions(
  excludes: readonly string[],
  io: InventoryIo,
  chosen: ChosenColumns,
): Promise<Exclusions> {
  const exclusions = new Exclusions();
  const hosts = new Map<string, string>();
  const add = (form: Addresses | HostName | null, place: string): void => {
    if (form === null)
      throw new UsageError(
        `${place}: there is no IPv4 address, so this phone cannot be excluded safely; give its IPv4 address.`,
      );
    if (form.kind === 'addresses') exclusions.addresses.add(form.range);
    else if (!hosts.has(form.name)) hosts.set(form.name, place);
  };
  for (const text of excludes) {
    const place = `--exclude ${shown(text)}`;
    if (!namesList(text)) add(parseExclusion(text, place), place);
    else {
      const path = text.trim();
      const warn = (said: string): void => void exclusions.warnings.push({ path, text: said });
      const lines = await plainLines(path, io, '--exclude');
      if (lines !== null && lines.length > 0) {
        for (const { form, line } of lines)
          add(form.kind === 'mac' || form.kind === 'ipv6' ? null : form, `${path}:${line}`);
        continue;
      }
      const reading: Reading = { io, chosen, warn, everyAddress: true };
      const { readInventory } = await import('../lists/inventory-file.js');
      for await (const row of readInventory(path, reading)) add(row.address, `${path}:${row.line}`);
    }
  }
  for await (const addresses of inOrderAhead(hosts, ([name, place]) => resolved(name, place, io))) {
    for (const address of addresses) exclusions.addresses.add({ first: address, last: address });
  }
  for (const name of hosts.keys()) exclusions.hosts.add(name);
  return exclusions;
}

async function resolved(name: string, place: string, io: InventoryIo): Promise<Ipv4[]> {
  if (io.lookup === null)
    throw new UsageError(
      `${place}: host names are not looked up in a rehearsal, so the phone "${name}" cannot be excluded safely; give its address instead.`,
    );
  const { addresses, reason } = await resolveHost(name, io);
  if (addresses.length > 0) return addresses;
  throw new UsageError(
    `${place}: the host name "${name}" does not resolve (${reason}), so its phone cannot be excluded safely; give its address instead.`,
  );
}
