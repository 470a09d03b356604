import { UsageError } from '../domain/text/usage-error.js';
import { scopeOf } from '../domain/network/address-forms.js';
import { inOrderAhead, resolveHost } from './addresses/resolve.js';
import { type AskedAddresses, rangeFinder, readAskedAddresses, refuseNothing } from './addresses/asked-addresses.js';
import { type Exclusions, readExclusions } from './addresses/exclusions.js';
import { formatIpv4, type Ipv4 } from '../domain/network/ipv4.js';
import { type ListedPhones, readListedPhones, sourceOf } from './lists/listed-phones.js';
import { lookUpAhead, withNames } from './addresses/names-ahead.js';
import { phonesByMac, refuseNowhereToLook, takeMacsForMacs } from './addresses/by-mac.js';
import { isListed, type LimitList, notAmong, readLimitList, withinLimit } from './addresses/limit-list.js';
import { ChosenColumns } from './lists/columns/chosen-columns.js';
import { addKnownPhones, keepOnly } from './addresses/known-phones.js';
import { rangeSize } from './addresses/range-set.js';
import type { InventoryIo } from './io.js';
import type { ListWarning, Target, TargetHint, TargetOutcome, TargetSource, TargetSpec } from './target.js';

/**
 * Checks everything that was asked for and opens it for iteration. Contacts no target. Only the names of excluded hosts are resolved,
 * because what cannot be resolved cannot be excluded.
 * @throws UsageError
 */
export async function openTargets(spec: TargetSpec, io: InventoryIo): Promise<TargetSource> {
  refuseNothing(spec);
  const asked = readAskedAddresses(spec);
  const chosen = new ChosenColumns(spec.columns);
  const exclusions = await readExclusions(spec.excludes, io, chosen);
  const listed = await readListedPhones(spec.inventories, exclusions, spec.maxTargets + 1, io, chosen);
  takeMacsForMacs(listed);
  const { ofUcm, ofRun } = spec;
  // What Unified CM says is of now.
  const atUcm = ofUcm ? addKnownPhones(listed, `--ucm ${ofUcm.host}`, ofUcm.phones ?? [], exclusions) : 0;
  if (ofRun?.isChoice) keepOnly(listed, ofRun.phones);
  const known = atUcm + (ofRun ? addKnownPhones(listed, `--from-run ${ofRun.run}`, ofRun.phones, exclusions) : 0);
  // Unified CM may tell where they are.
  const mayBeTold = ofUcm !== undefined && (ofUcm.phones === null || ofUcm.phones.length > 0);
  refuseNowhereToLook(listed, asked.ranges.length > 0 || mayBeTold);
  const { most = null, list = null } = spec.limit ?? {};
  const limit = list === null ? null : await readLimitList(list, spec.maxTargets, io, chosen);
  chosen.refuseMissing();
  const all: AllTargets = { asked, listed, exclusions, limit };
  const distinct = distinctTargets(all);
  refuseTooMany(distinct, spec.maxTargets);
  const byMac = phonesByMac(listed, limit);
  return {
    count: asked.count + listed.rows + known,
    ...{ atMost: distinct, most, byMac },
    scanned: [...new Set(asked.ranges.map(({ source }) => source))],
    scopes: [...new Set(asked.ranges.map(({ scope }) => scope))],
    takes: (target, mac) => limit === null || isListed(limit, target) || (mac !== null && limit.macs.has(mac)),
    isExcluded: (address) => exclusions.has(address),
    // Which addresses Unified CM tells is not known before it was asked.
    warnings: [...exclusions.warnings, ...listed.warnings, ...(ofUcm?.phones === null ? [] : limitWarnings(all))],
    [Symbol.asyncIterator]: () => (limit === null ? iterate(all, io) : withinLimit(iterate(all, io), limit)),
  };
}

/** Everything that was asked for, and what is left out of it. */
interface AllTargets {
  asked: AskedAddresses;
  listed: ListedPhones;
  exclusions: Exclusions;
  limit: LimitList | null;
}

/** What `--limit` lists in vain. @throws UsageError when that is all of it */
function limitWarnings({ asked, listed, limit }: AllTargets): ListWarning[] {
  // What a host name stands for is known only later.
  if (limit === null || asked.hosts.size + listed.byHost.size > 0) return limit?.warnings ?? [];
  const missing = notAmong(limit, (address) => asked.all.has(address) || listed.byAddress.has(address));
  if (missing === '') return limit.warnings;
  return [...limit.warnings, { path: limit.path, text: `not among the targets: ${missing}.` }];
}

/**
 * Yields the phones of the inventories first, so that their hints win over a subnet that also holds them; then bare host names; then the
 * subnets and ranges in the order given.
 */
async function* iterate(
  { asked, listed, exclusions }: AllTargets,
  io: InventoryIo,
): AsyncGenerator<TargetOutcome, void, undefined> {
  const askedRange = rangeFinder(asked.ranges);
  const scopeAt = (address: Ipv4): string => askedRange(address)?.scope ?? scopeOf(address);

  const ahead = await lookUpAhead(listed, io);
  for (const [address, phone] of listed.byAddress) {
    const target = targetAt(address, scopeAt(address), sourceOf(phone), phone.hint, true);
    // Set, not spread: V8 would keep a shape of its own for each.
    target.inventory = phone.path;
    yield { target: withNames(target, address, ahead) };
  }

  const byName = new Set<Ipv4>();
  // Addresses that a subnet holds, but that were also asked for by name.
  const alsoNamed = new Set<Ipv4>();
  for await (const { host, resolution } of inOrderAhead(hostsOf(asked, listed, exclusions), async (host) => ({
    host,
    resolution: ahead.resolved.get(host.name) ?? (await resolveHost(host.name, io)),
  }))) {
    const { addresses, error, reason } = resolution;
    const [address] = addresses;
    if (address === undefined) {
      const target: Target = {
        address: host.name,
        host: host.name,
        hint: { ...host.hint },
        ...inventoryOf(host),
        scope: '',
        named: true,
        source: host.source,
      };
      yield { target, error, reason };
      continue;
    }
    // All addresses of a name are one machine: excluding one of them excludes the machine.
    if (addresses.some((one) => exclusions.addresses.has(one))) continue;
    if (byName.has(address) || listed.byAddress.has(address)) continue;
    // A name without hints adds nothing to the subnet that holds it, except that it was named.
    if (host.inventory === null && asked.all.has(address)) {
      alsoNamed.add(address);
      continue;
    }
    byName.add(address);
    const target = targetAt(address, scopeAt(address), host.source, host.hint, true);
    yield { target: withNames({ ...target, host: host.name, ...inventoryOf(host) }, address, ahead) };
  }

  for (const range of asked.ranges) {
    for (const part of exclusions.addresses.without(range)) {
      for (let address = part.first; address <= part.last; address += 1) {
        if (listed.byAddress.has(address) || byName.has(address)) continue;
        const named = asked.named.has(address) || alsoNamed.has(address);
        yield { target: targetAt(address, range.scope, range.source, {}, named) };
      }
    }
  }
}

interface Host {
  name: string;
  hint: TargetHint;
  source: string;
  /** The inventory that lists it. */
  inventory: string | null;
}

function* hostsOf(
  asked: AskedAddresses,
  listed: ListedPhones,
  exclusions: Exclusions,
): Generator<Host, void, undefined> {
  for (const [name, phone] of listed.byHost)
    yield { name, hint: phone.hint, source: sourceOf(phone), inventory: phone.path };
  for (const [name, source] of asked.hosts) {
    if (!listed.byHost.has(name) && !exclusions.hosts.has(name)) yield { name, hint: {}, source, inventory: null };
  }
}

function targetAt(address: Ipv4, scope: string, source: string, hint: TargetHint, named: boolean): Target {
  return { address: formatIpv4(address), hint: { ...hint }, scope, named, source };
}

function inventoryOf({ inventory }: Host): { inventory?: string } {
  return inventory === null ? {} : { inventory };
}

/** How many targets would be contacted at most: a name that resolves to an address already counted is counted twice. */
function distinctTargets({ asked, listed, exclusions, limit }: AllTargets): number {
  let count = listed.byAddress.size + listed.byHost.size + listed.notKept;
  for (const range of asked.ranges) {
    for (const part of exclusions.addresses.without(range)) count += rangeSize(part);
  }
  for (const address of listed.byAddress.keys()) if (asked.all.has(address)) count -= 1;
  for (const name of asked.hosts.keys()) if (!listed.byHost.has(name) && !exclusions.hosts.has(name)) count += 1;
  return limit === null || limit.macs.size > 0 ? count : Math.min(count, limit.size);
}

function refuseTooMany(count: number, maxTargets: number): void {
  if (count <= maxTargets) return;
  throw new UsageError(
    `These are ${count} targets, more than the ${maxTargets} allowed; name fewer, or allow them with --max-targets ${count}.`,
  );
}
