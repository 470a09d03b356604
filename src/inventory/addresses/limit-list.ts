import type { ChosenColumns } from '../lists/columns/chosen-columns.js';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../domain/network/ipv4.js';
import type { Mac } from '../../domain/network/mac.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { Remarks } from '../lists/remarks.js';
import { withMore } from '../hint.js';
import { readListedPhones } from '../lists/listed-phones.js';
import type { InventoryIo } from '../io.js';
import type { ListWarning, Target, TargetOutcome } from '../target.js';
import { Exclusions } from './exclusions.js';
import { type PlainForm, plainLines } from './plain-list.js';
import { RangeSet, rangeSize } from './range-set.js';

/** The phones that `--limit FILE` lists. */
export interface LimitList {
  path: string;
  addresses: RangeSet;
  hosts: Set<string>;
  /** Those listed by MAC alone, with their lines: where they are is seen when they are read. */
  macs: Map<Mac, number>;
  /** The MAC that the list gives with an address, and its line. */
  macAt: Map<Ipv4, { mac: Mac; line: number }>;
  /** Addresses listed one by one, not by a range. */
  single: Set<Ipv4>;
  /** How many addresses and names are listed. */
  size: number;
  warnings: ListWarning[];
}

/**
 * Reads the list of `--limit FILE`: addresses, ranges, subnets and MACs, one a line, with comments after `#`; or any inventory.
 * @throws UsageError for a file that cannot be used, and for one that lists nothing
 */
export async function readLimitList(
  path: string,
  keepAtMost: number,
  io: InventoryIo,
  chosen: ChosenColumns,
): Promise<LimitList> {
  const list: LimitList = {
    ...{ path, addresses: new RangeSet(), hosts: new Set<string>(), macs: new Map<Mac, number>() },
    ...{ macAt: new Map<Ipv4, { mac: Mac; line: number }>(), single: new Set<Ipv4>(), size: 0, warnings: [] },
  };
  const lines = await plainLines(path, io, '--limit');
  const remarks = new Remarks();
  if (lines === null) await addInventory(list, keepAtMost, io, chosen);
  else
    for (const { form, line } of lines)
      if (form.kind === 'ipv6') remarks.skip('ipv6', line);
      else addForm(list, form, line);
  const said = remarks.text();
  if (said !== null) list.warnings.push({ path, text: said });
  if (list.size + list.macs.size === 0)
    throw new UsageError(`--limit ${path}: no phone is listed in the file; write an address or a MAC on each line.`);
  return list;
}

/** Whether the list has a target's address or host name. */
export function isListed(list: LimitList, { address, host }: Pick<Target, 'address' | 'host'>): boolean {
  const known = parseIpv4(address);
  return (known !== null && list.addresses.has(known)) || (host !== undefined && list.hosts.has(host));
}

/**
 * The targets that the list may take. A phone that is listed by MAC may be anywhere, and is told by its MAC when it is read. What the
 * list says of a phone's MAC is a hint like that of an inventory.
 */
export async function* withinLimit(
  outcomes: AsyncIterable<TargetOutcome>,
  list: LimitList,
): AsyncGenerator<TargetOutcome, void, undefined> {
  for await (const outcome of outcomes) {
    const { target } = outcome;
    if (list.macs.size === 0 && !isListed(list, target)) continue;
    const known = list.macAt.get(parseIpv4(target.address) ?? -1);
    if (known === undefined) yield outcome;
    else {
      const hint = withMore(target.hint, { mac: known.mac }, `${list.path}:${known.line}`);
      yield { ...outcome, target: { ...target, hint } };
    }
  }
}

function addForm(list: LimitList, form: PlainForm, line: number): void {
  if (form.kind === 'mac') {
    if (!list.macs.has(form.mac)) list.macs.set(form.mac, line);
  } else if (form.kind === 'host') {
    list.hosts.add(form.name);
    list.size += 1;
  } else {
    if (rangeSize(form.range) === 1) list.single.add(form.range.first);
    for (const part of list.addresses.add(form.range)) list.size += rangeSize(part);
  }
}

async function addInventory(
  list: LimitList,
  keepAtMost: number,
  io: InventoryIo,
  chosen: ChosenColumns,
): Promise<void> {
  const { path } = list;
  const listed = await readListedPhones([path], new Exclusions(), keepAtMost, io, chosen);
  if (listed.notKept > 0)
    throw new UsageError(
      `--limit ${path}: the file lists ${keepAtMost + listed.notKept} phones; list fewer, or allow more with --max-targets.`,
    );
  list.warnings.push(...listed.warnings);
  for (const [address, { hint, line }] of listed.byAddress) {
    list.addresses.add({ first: address, last: address });
    list.single.add(address);
    if (hint.mac !== undefined) list.macAt.set(address, { mac: hint.mac, line });
  }
  for (const name of listed.byHost.keys()) list.hosts.add(name);
  for (const [mac, { line }] of listed.byMac) list.macs.set(mac, line);
  list.size = listed.byAddress.size + listed.byHost.size;
}

/** The most addresses that a warning names. */
const mostNamed = 5;

/**
 * The addresses that are listed one by one and are no target of the run, for a warning; empty when all are.
 * @throws UsageError when nothing that is listed is a target
 */
export function notAmong(list: LimitList, isTarget: (address: Ipv4) => boolean): string {
  const missing = [...list.single].filter((address) => !isTarget(address));
  if (missing.length === 0) return '';
  const named = missing.slice(0, mostNamed).map(formatIpv4).join(', ');
  const text = missing.length > mostNamed ? `${named} and ${missing.length - mostNamed} more` : named;
  if (missing.length < list.size || list.macs.size > 0) return text;
  throw new UsageError(
    `--limit ${list.path}: none of its addresses is a target of this run (${text}); correct the list, or name them with --subnet, --target or --inventory.`,
  );
}
