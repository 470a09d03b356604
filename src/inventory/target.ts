import type { ChosenColumn } from '../domain/network/chosen-column.js';
import { parseExclusion, parseSubnet } from '../domain/network/address-forms.js';
import { formatIpv4 } from '../domain/network/ipv4.js';

/** What an inventory says about a phone beforehand. A hint, never a fact: the phone itself is read. */
export interface TargetHint {
  /** 12 upper-case hexadecimal digits. */
  mac?: string;
  model?: string;
  vid?: string;
  serial?: string;
  site?: string;
  note?: string;
}

/** Something about an inventory that its reader should know, as a sentence's end after the path. */
export interface ListWarning {
  path: string;
  text: string;
}

/** One address to read. */
export interface Target {
  /** Dotted IPv4; the host name only when it could not be resolved. */
  address: string;
  /** The host name it was given by, if it was. */
  host?: string;
  hint: TargetHint;
  /**
   * Where to look for the phone if it comes back at another address: the CIDR or range that holds it; for a single address its /24; empty
   * for a host that did not resolve. {@link addressesInScope} reads it.
   */
  scope: string;
  /** The inventory that lists it, by its path as given. */
  inventory?: string;
  /**
   * It was named: by a row of an inventory or by `--target`, which includes each address of a range. A named target is always listed in the
   * report; an address that only a subnet holds is merely counted if nothing responds there.
   */
  named: boolean;
  /** What asked for it: `--subnet 10.0.0.0/24` or `phones.csv:17`. */
  source: string;
}

/** A target, or why there is nothing to contact. `reason` is the resolver's code or a few words. */
export type TargetOutcome =
  | { target: Target; error?: undefined }
  | { target: Target; error: 'unresolved-host' | 'name-lookup-failed'; reason: string };

/** What was asked for, as given on the command line or in the config file. */
export interface TargetSpec {
  /** CIDRs. */
  subnets: readonly string[];
  /** Addresses, host names, ranges `10.0.0.5-40`. */
  targets: readonly string[];
  /** Paths of lists of phones. */
  inventories: readonly string[];
  /** Columns of these lists that go by names of their own. Absent: none. */
  columns?: readonly ChosenColumn[];
  /** In any of these forms. Exclusions always win. */
  excludes: readonly string[];
  /** More distinct targets than this are refused. */
  maxTargets: number;
}

/** The targets of a run. Each iteration starts over; nothing is listed in memory beforehand. */
export interface TargetSource extends AsyncIterable<TargetOutcome> {
  /** How many were asked for: an upper bound, before duplicates and exclusions are removed. */
  readonly count: number;
  /** Whether an IPv4 address is excluded: it must not be contacted at all, not even in search of a phone that moved. */
  isExcluded(address: string): boolean;
  /** What was ignored or skipped in the inventories: at most one per file and kind. */
  readonly warnings: readonly ListWarning[];
}

/**
 * Yields the addresses of a target's `scope`, lowest first: where a phone that moved may be. Yields nothing for the empty scope of a host
 * that did not resolve. Does not apply exclusions: see `TargetSource.isExcluded`.
 */
export function* addressesInScope(scope: string): Generator<string, void, undefined> {
  if (scope === '') return;
  const form = scope.includes('/') ? parseSubnet(scope, scope) : parseExclusion(scope, scope);
  if (form.kind !== 'addresses') return;
  for (let address = form.range.first; address <= form.range.last; address += 1) yield formatIpv4(address);
}
