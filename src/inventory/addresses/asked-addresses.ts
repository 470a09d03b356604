import { type AddressRange, indexFrom, type Ipv4 } from '../../domain/network/ipv4.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { parseSubnet, parseTarget } from '../../domain/network/address-forms.js';
import { RangeSet, rangeSize } from './range-set.js';
import { shown } from '../../domain/text/printable.js';
import type { TargetSpec } from '../target.js';

/** Addresses that no earlier option asked for, and the option that asked for them. */
export interface AskedRange extends AddressRange {
  scope: string;
  source: string;
}

/** What `--subnet` and `--target` ask for, with duplicates removed by range arithmetic. */
export interface AskedAddresses {
  /** Ranges that do not overlap, in the order they were asked for. */
  ranges: AskedRange[];
  /** All of their addresses. */
  all: RangeSet;
  /** Those of `--target`, even if a subnet asked for them first. */
  named: RangeSet;
  /** Host names and the option that gave each. */
  hosts: Map<string, string>;
  /** How many were asked for, duplicates included. */
  count: number;
}

/** Reads `--subnet` and `--target`. @throws UsageError */
export function readAskedAddresses(spec: Pick<TargetSpec, 'subnets' | 'targets'>): AskedAddresses {
  const asked: AskedAddresses = { ranges: [], all: new RangeSet(), named: new RangeSet(), hosts: new Map(), count: 0 };
  const options = [
    ...spec.subnets.map((text) => ({ text, option: '--subnet', parse: parseSubnet })),
    ...spec.targets.map((text) => ({ text, option: '--target', parse: parseTarget })),
  ];
  for (const { text, option, parse } of options) {
    const source = `${option} ${shown(text.trim())}`;
    const form = parse(text, source);
    asked.count += form.kind === 'host' ? 1 : rangeSize(form.range);
    if (form.kind === 'addresses') {
      if (option === '--target') asked.named.add(form.range);
      for (const part of asked.all.add(form.range)) asked.ranges.push({ ...part, scope: form.scope, source });
    } else if (!asked.hosts.has(form.name)) asked.hosts.set(form.name, source);
  }
  return asked;
}

/** @returns a function that finds the range in which an address was asked for, by binary search; undefined for an address in none */
export function rangeFinder(ranges: readonly AskedRange[]): (address: Ipv4) => AskedRange | undefined {
  const sorted = ranges.toSorted((a, b) => a.first - b.first);
  return (address) => {
    const range = sorted[indexFrom(sorted, address)];
    return range && range.first <= address ? range : undefined;
  };
}

/** @throws UsageError when no targets are given at all */
export function refuseNothing(spec: TargetSpec): void {
  if (spec.subnets.length + spec.targets.length + spec.inventories.length > 0 || spec.ofRun || spec.ofUcm) return;
  throw new UsageError('No targets are given; name them with --subnet, --target, --inventory, --from-run or --ucm.');
}
