import { type Mac, parseMac } from '../../domain/network/mac.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { withMore } from '../hint.js';
import { type ListedPhone, type ListedPhones, refuseContradiction, sourceOf } from '../lists/listed-phones.js';
import type { PhoneByMac } from '../target.js';
import type { LimitList } from './limit-list.js';

/**
 * Takes rows that have a MAC where an address should be for what they are: our own reports list a phone that was not found under its MAC.
 * It could be a host name, too, and would only be looked up in vain.
 */
export function takeMacsForMacs(listed: ListedPhones): void {
  for (const [name, phone] of listed.byHost) {
    const mac = parseMac(name);
    if (mac === null || (phone.hint.mac !== undefined && phone.hint.mac !== mac)) continue;
    listed.byHost.delete(name);
    const known = listed.byMac.get(mac);
    if (known) {
      refuseContradiction(known, phone, mac);
      known.hint = withMore(known.hint, phone.hint, sourceOf(phone));
    } else listed.byMac.set(mac, { ...phone, hint: { ...phone.hint, mac } });
  }
}

/**
 * The phones that are asked for by MAC alone. A MAC that another row gives with an address is that row's: its values are added to it. The
 * MACs of a `--limit` list are looked for, too.
 */
export function phonesByMac(listed: ListedPhones, limit: LimitList | null): Map<Mac, PhoneByMac> {
  const wanted = new Map<Mac, PhoneByMac>();
  const elsewhere = new Map<Mac, ListedPhone>();
  for (const phones of [listed.byAddress, listed.byHost])
    for (const phone of phones.values()) if (phone.hint.mac !== undefined) elsewhere.set(phone.hint.mac, phone);
  for (const [mac, phone] of listed.byMac) {
    const known = elsewhere.get(mac);
    if (known) {
      refuseContradiction(known, phone, mac);
      known.hint = withMore(known.hint, phone.hint, sourceOf(phone));
    } else {
      const isOwed = limit === null || limit.macs.has(mac);
      wanted.set(mac, { hint: { ...phone.hint, mac }, inventory: phone.path, source: sourceOf(phone), isOwed });
    }
  }
  if (limit !== null)
    for (const [mac, line] of limit.macs) {
      if (wanted.has(mac) || elsewhere.has(mac)) continue;
      wanted.set(mac, { hint: { mac }, source: `${limit.path}:${line}`, isOwed: true });
    }
  return wanted;
}

/**
 * A list of MACs needs addresses to look for them in.
 * @throws UsageError for a file that gives no address, and no MAC of a row elsewhere that has one, where no subnet or range is given either
 */
export function refuseNowhereToLook(listed: ListedPhones, isScanning: boolean): void {
  if (isScanning) return;
  const placed = new Set([...listed.byAddress.values(), ...listed.byHost.values()].map(({ hint }) => hint.mac));
  const paths = (phones: ReadonlyMap<unknown, ListedPhone>): string[] => [...phones.values()].map(({ path }) => path);
  const ofPlaced = [...listed.byMac].filter(([mac]) => placed.has(mac)).map(([, { path }]) => path);
  const useful = new Set([...paths(listed.byAddress), ...paths(listed.byHost), ...ofPlaced]);
  const without = paths(listed.byMac).find((path) => !useful.has(path));
  if (without === undefined) return;
  const said = listed.warnings.find(({ path }) => path === without)?.text ?? '';
  throw new UsageError(
    `${without}: no row has an address, and no subnet is given in which to look for these MACs; add --subnet with the subnets of these phones, or a column with their addresses${said === '' ? '' : ` (${said.replace(/\.$/, '')})`}.`,
  );
}
