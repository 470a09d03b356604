import { parseSingle } from '../../domain/network/address-forms.js';
import { formatIpv4 } from '../../domain/network/ipv4.js';
import { addTo, type ListedPhone, type ListedPhones, noLine } from '../lists/listed-phones.js';
import type { KnownPhone } from '../target.js';
import type { Exclusions } from './exclusions.js';

/**
 * Adds phones that are known from elsewhere to those of the inventories, whose hints win: an earlier run remembers what was, a list may be of
 * today.
 * @param path what stands for their source: `--from-run RUN`, `--ucm HOST`
 * @returns how many were added or known
 * @throws UsageError where a list gives a phone another VID than it has shown
 */
export function addKnownPhones(
  listed: ListedPhones,
  path: string,
  phones: readonly KnownPhone[],
  exclusions: Exclusions,
): number {
  for (const { address, hint } of phones) {
    const phone: ListedPhone = { hint, path, line: noLine };
    const { mac } = hint;
    if (address === null) {
      if (mac !== undefined) addUnder(listed.byMac, mac, mac, phone);
      continue;
    }
    const form = parseSingle(address, `${path}: address ${address}`);
    if (form.kind === 'host') {
      if (!exclusions.hosts.has(form.name)) addUnder(listed.byHost, form.name, form.name, phone);
    } else if (!exclusions.addresses.has(form.range.first))
      addUnder(listed.byAddress, form.range.first, address, phone);
  }
  return phones.length;
}

function addUnder<Key>(phones: Map<Key, ListedPhone>, key: Key, shownKey: string, phone: ListedPhone): void {
  const known = phones.get(key);
  if (!known) phones.set(key, phone);
  // Another phone was there then: nothing of it is true of the one that the list names now.
  else if (known.hint.mac === undefined || phone.hint.mac === undefined || known.hint.mac === phone.hint.mac)
    addTo(known, phone, shownKey);
}

/** Leaves out of the lists whoever is none of these phones, by MAC, or by address where one of both has none. */
export function keepOnly({ byAddress, byHost, byMac }: ListedPhones, phones: readonly KnownPhone[]): void {
  const macs = new Set(phones.flatMap(({ hint }) => hint.mac ?? []));
  const at = new Map(phones.flatMap(({ address, hint }) => (address === null ? [] : [[address, hint.mac] as const])));
  const isThere = (address: string, mac: string | undefined): boolean =>
    at.has(address) && (mac === undefined || at.get(address) === undefined);
  const isOne = (address: string, { hint: { mac } }: ListedPhone): boolean =>
    (mac !== undefined && macs.has(mac)) || isThere(address, mac);
  for (const mac of byMac.keys()) if (!macs.has(mac)) byMac.delete(mac);
  for (const [address, phone] of byAddress) if (!isOne(formatIpv4(address), phone)) byAddress.delete(address);
  for (const [name, phone] of byHost) if (!isOne(name, phone)) byHost.delete(name);
}
