/** What an inventory says about a phone beforehand. Never a fact: the phone itself is asked. */
export interface TargetHint {
  /** 12 upper-case hexadecimal digits. */
  mac?: string;
  model?: string;
  vid?: string;
  site?: string;
  note?: string;
}

/** One address to look at. */
export interface Target {
  /** Dotted IPv4; the host name only when it could not be resolved. */
  address: string;
  /** The host name it was given by, if it was. */
  host?: string;
  hint: TargetHint;
  /**
   * Where to look for a phone that came back at another address: the CIDR or range that holds it, for a single address its
   * /24, empty for a host that did not resolve. {@link addressesInScope} reads it.
   */
  scope: string;
  /** The inventory that lists it, by its path as given. */
  inventory?: string;
  /**
   * Somebody named it: a row of an inventory, or `--target`, each address of a range included. It is owed an answer and listed whatever
   * came of it; an address that only a subnet holds is counted where nobody is there.
   */
  named: boolean;
  /** Where it was asked for: `--subnet 10.0.0.0/24` or `phones.csv:17`. */
  source: string;
}

/** A target, or the reason why there is nothing to contact. `reason` is a resolver's code or a few words. */
export type TargetOutcome =
  | { target: Target; error?: undefined }
  | { target: Target; error: 'unresolved-host' | 'name-lookup-failed'; reason: string };

/** What was asked for, as given on the command line or in the config file. */
export interface TargetSpec {
  /** CIDRs. */
  subnets: readonly string[];
  /** Addresses, host names, ranges `10.0.0.5-40`. */
  targets: readonly string[];
  /** Paths of .csv or .json files. */
  inventories: readonly string[];
  /** All of these forms; they always win. */
  excludes: readonly string[];
  /** More distinct targets than this are refused. */
  maxTargets: number;
}

/** The outside world as the inventory needs it. */
export interface InventoryIo {
  /** The bytes (or UTF-8 text) of a file, in pieces. Rejections with a `code` such as ENOENT become a UsageError. */
  readFile(path: string): AsyncIterable<Uint8Array | string>;
  /** The IPv4 addresses of a host name; rejects when it has none, or when nobody says. */
  lookup(host: string): Promise<readonly string[]>;
  /** Resolves after so many milliseconds: between two lookups of a name that nobody has said anything about. */
  pause(ms: number): Promise<void>;
}

/** The targets of a run. Each iteration starts anew; nothing is listed in memory beforehand. */
export interface TargetSource extends AsyncIterable<TargetOutcome> {
  /** How many were asked for: an upper bound, before duplicates and exclusions are taken off. */
  readonly count: number;
  /** Whether an IPv4 address is excluded: it must not be contacted in any way, also not in search of a phone that moved. */
  isExcluded(address: string): boolean;
}
