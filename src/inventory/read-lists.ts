import type { ChosenColumn } from '../domain/network/chosen-column.js';
import { formatIpv4 } from '../domain/network/ipv4.js';
import { phonesByMac, takeMacsForMacs } from './addresses/by-mac.js';
import { Exclusions } from './addresses/exclusions.js';
import type { InventoryIo } from './io.js';
import { ChosenColumns } from './lists/columns/chosen-columns.js';
import { readListedPhones } from './lists/listed-phones.js';
import type { KnownPhone, ListWarning } from './target.js';

/** More phones than any fleet has. */
const mostPhones = 1_000_000;

/**
 * The phones of these lists, for those who only read: nothing is looked up and nothing contacted. Rows of one phone are one.
 * @throws UsageError for a list that cannot be used, and for rows that contradict each other
 */
export async function readLists(
  paths: readonly string[],
  columns: readonly ChosenColumn[],
  io: Pick<InventoryIo, 'readFile'>,
): Promise<{ phones: KnownPhone[]; warnings: ListWarning[] }> {
  const chosen = new ChosenColumns(columns);
  const listed = await readListedPhones(paths, new Exclusions(), mostPhones, io, chosen);
  chosen.refuseMissing();
  takeMacsForMacs(listed);
  const byMac = phonesByMac(listed, null);
  return {
    phones: [
      ...[...listed.byAddress].map(([address, { hint }]) => ({ address: formatIpv4(address), hint })),
      ...[...listed.byHost].map(([address, { hint }]) => ({ address, hint })),
      ...[...byMac.values()].map(({ hint }) => ({ address: null, hint })),
    ],
    warnings: listed.warnings,
  };
}
