import { type Mac, parseMac } from '../../domain/network/mac.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { addTo, type ListedPhone, type ListedPhones, noLine, sourceOf } from '../lists/listed-phones.js';
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
    if (known) addTo(known, phone, mac);
    else listed.byMac.set(mac, { ...phone, hint: { ...phone.hint, mac } });
  }
}

/**
 * The phones that are asked for by MAC alone. A MAC that other rows give with an address is theirs: its values are added to them. The
 * MACs of a `--limit` list are looked for, too.
 * @throws UsageError for rows of one MAC that contradict each other
 */
export function phonesByMac(listed: ListedPhones, limit: LimitList | null): Map<Mac, PhoneByMac> {
  const wanted = new Map<Mac, PhoneByMac>();
  const placed = placedByMac(listed);
  for (const [mac, phone] of listed.byMac) {
    const known = placed.get(mac) ?? [];
    for (const one of known) addTo(one, phone, mac);
    if (known.length > 0) continue;
    const isOwed = limit === null || limit.macs.has(mac);
    wanted.set(mac, { hint: { ...phone.hint, mac }, inventory: phone.path, source: sourceOf(phone), isOwed });
  }
  if (limit !== null)
    for (const [mac, line] of limit.macs) {
      if (wanted.has(mac) || placed.has(mac)) continue;
      wanted.set(mac, { hint: { mac }, source: `${limit.path}:${line}`, isOwed: true });
    }
  return wanted;
}

/** What stands on a phone's label: wherever the phone is, it is the same. */
const ofLabel = ['model', 'vid', 'serial'] as const;

/** The rows that have an address, by their MAC. What one of them says of a phone's label, all of the same MAC say. @throws UsageError */
function placedByMac({ byAddress, byHost }: ListedPhones): Map<Mac, ListedPhone[]> {
  const placed = new Map<Mac, ListedPhone[]>();
  for (const phones of [byAddress, byHost])
    for (const phone of phones.values()) {
      const { mac } = phone.hint;
      const others = mac === undefined ? undefined : placed.get(mac);
      if (others) others.push(phone);
      else if (mac !== undefined) placed.set(mac, [phone]);
    }
  for (const [mac, [first, ...others]] of placed) {
    if (!first || others.length === 0) continue;
    const label = labelOf(first);
    for (const other of others) addTo(label, labelOf(other), mac);
    for (const one of [first, ...others]) addTo(one, label, mac);
  }
  return placed;
}

function labelOf({ hint, path, line }: ListedPhone): ListedPhone {
  const values = ofLabel.flatMap((name) => (hint[name] === undefined ? [] : [[name, hint[name]] as const]));
  return {
    path,
    line,
    hint: { ...Object.fromEntries(values), ...(hint.from === undefined ? {} : { from: hint.from }) },
  };
}

/**
 * A list of MACs needs addresses to look for them in. The phones of an earlier run may be without.
 * @throws UsageError for a file that gives no address, and no MAC of a row elsewhere that has one, where no subnet or range is given either
 */
export function refuseNowhereToLook(listed: ListedPhones, isScanning: boolean): void {
  if (isScanning) return;
  const withAddress = [...listed.byAddress.values(), ...listed.byHost.values()];
  const placed = new Set(withAddress.map(({ hint }) => hint.mac));
  const useful = new Set(withAddress.map(({ path }) => path));
  for (const [mac, { path }] of listed.byMac) if (placed.has(mac)) useful.add(path);
  const without = [...listed.byMac.values()].find(({ path, line }) => line !== noLine && !useful.has(path))?.path;
  if (without === undefined) return;
  const said = listed.warnings.find(({ path }) => path === without)?.text ?? '';
  throw new UsageError(
    `${without}: no row has an address, and no subnet is given in which to look for these MACs; add --subnet with the subnets of these phones, or a column with their addresses${said === '' ? '' : ` (${said.replace(/\.$/, '')})`}.`,
  );
}
