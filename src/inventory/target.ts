import type { ChosenColumn, HintName } from '../domain/network/chosen-column.js';
import { parseExclusion, parseSubnet } from '../domain/network/address-forms.js';
import { formatIpv4 } from '../domain/network/ipv4.js';
import type { LimitSpec } from '../domain/network/limit-spec.js';
import type { Mac } from '../domain/network/mac.js';

/**
 * What an inventory says about a phone beforehand. A hint, never a fact: the phone itself is read. The MAC has 12 upper-case hexadecimal
 * digits.
 */
export type TargetHint = Partial<Record<HintName, string>> & {
  /** What says a value (`phones.csv:17`), where that is another row than the target's source. */
  from?: Partial<Record<HintName, string>>;
};

/** Something about an inventory that its reader should know, as a sentence's end after the path. */
export interface ListWarning {
  path: string;
  text: string;
  /** So many rows may be phones, and do not say which. */
  unidentified?: number;
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
  /** Two rows say different things of its phone, which was known only once names were looked up or the phone was read. No full stop. */
  contradiction?: string;
}

/** A phone that is known beforehand, not from a file: of an earlier run, or of Unified CM. */
export interface KnownPhone {
  /** Dotted IPv4 or a host name; `null` where only its MAC is known. */
  address: string | null;
  hint: TargetHint;
}

/** The phones of an earlier run (`--from-run`). */
export interface OfRun {
  /** Its id. */
  run: string;
  phones: readonly KnownPhone[];
}

/** The same as targets. */
interface OfRunTargets extends OfRun {
  /** Some of them were chosen (`--only`): lists and Unified CM only tell more of these. Absent: they bring targets of their own. */
  isChoice?: boolean;
}

/** The phones of a Unified CM (`--ucm`). */
interface OfUcm {
  host: string;
  /** `null` until it has been asked. */
  phones: readonly KnownPhone[] | null;
}

/** A phone that a list gives by its MAC alone: it is looked for among the addresses that are read. */
export interface PhoneByMac {
  hint: TargetHint & { mac: Mac };
  /** The inventory that lists it. */
  inventory?: string;
  /** What asked for it: `phones.csv:17`. */
  source: string;
  /** It is listed in the report if it is not found. */
  isOwed: boolean;
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
  /** Absent: none. */
  ofRun?: OfRunTargets;
  /** Absent: none. */
  ofUcm?: OfUcm;
  /** Absent: all targets are taken. */
  limit?: LimitSpec;
  /** In any of these forms. Exclusions always win. */
  excludes: readonly string[];
  /** More distinct targets than this are refused. */
  maxTargets: number;
}

/** The targets of a run. Each iteration starts over; nothing is listed in memory beforehand. */
export interface TargetSource extends AsyncIterable<TargetOutcome> {
  /** How many were asked for: an upper bound, before duplicates and exclusions are removed. */
  readonly count: number;
  /** As many as there may be once duplicates and exclusions are removed: exact but for names, which may stand for the same address. */
  readonly atMost: number;
  /** At most this many phones are taken; `null`: all. */
  readonly most: number | null;
  /** Phones that are asked for by MAC alone, and where they are looked for: among all targets. */
  readonly byMac: ReadonlyMap<Mac, PhoneByMac>;
  /** The subnets and ranges that are scanned, as given; empty when only single targets are asked for. */
  readonly scanned: readonly string[];
  /** The same as scopes of a target: where a phone that moved may be. */
  readonly scopes: readonly string[];
  /** Whether `--limit` takes the phone that was read at a target, by its MAC. */
  takes(target: Target, mac: Mac | null): boolean;
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
