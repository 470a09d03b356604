import { type AddressRange, indexFrom, parseAddressRange, parseIpv4 } from './ipv4.js';

/** A user name and its password. The password is behind a function, so that no log, report or message shows it by accident. */
export interface Credentials {
  username: string;
  password: () => string;
}

/** Credentials for the phones of these subnets (CIDR); without any, for the whole site or fleet that lists them. */
export interface ScopedCredentials extends Credentials {
  subnets: readonly string[];
  /** Where the password is, as `${NAME}` or `file:/path`; for those that no file of this machine names. */
  reference?: string;
}

/** A site's own limits; null and empty leave it to the setting of the run. */
interface SiteLimits {
  maxUpgrading: number | null;
  /** Windows as written, such as `22:00-05:00`. */
  window: readonly string[];
  timeZone: string | null;
}

/** A site of the configuration file. */
export interface Site {
  name: string;
  subnets: readonly string[];
  targets: readonly string[];
  inventories: readonly string[];
  tags: readonly string[];
  limits: SiteLimits;
  /** Its own file server; null: the run's. */
  files: string | null;
  credentials: readonly ScopedCredentials[];
}

/** What locates a target. */
export interface Sited {
  /** Dotted IPv4. */
  address: string;
  /** The host name it was given as. */
  host?: string;
  /** The inventory that lists it. */
  inventory?: string;
  /** The site named in that inventory. */
  hint: { site?: string };
}

type SitedRange = AddressRange & { site: Site };

interface SiteIndex {
  ranges: readonly SitedRange[];
  names: ReadonlyMap<string, Site>;
  hosts: ReadonlyMap<string, Site>;
  inventories: ReadonlyMap<string, Site>;
}

const indexes = new WeakMap<readonly Site[], SiteIndex>();

/**
 * The site of a target; null when it is in none. The most specific statement counts: first the site that its inventory names, then
 * the one that lists its host name, then the one that holds its address, then the one whose inventory lists it.
 */
export function siteOfTarget({ address, host, inventory, hint }: Sited, sites: readonly Site[]): Site | null {
  const { names, hosts, inventories } = indexed(sites);
  return (
    names.get(hint.site ?? '') ??
    hosts.get(host === undefined ? '' : hostKey(host)) ??
    siteOf(address, sites) ??
    inventories.get(inventory ?? '') ??
    null
  );
}

/**
 * The site whose subnets, addresses or ranges hold a dotted IPv4 address; null when there is none. Host names and inventories
 * are not considered. The sites must not overlap (such a configuration file is refused).
 */
export function siteOf(address: string, sites: readonly Site[]): Site | null {
  const { ranges } = indexed(sites);
  const wanted = ranges.length === 0 ? null : parseIpv4(address);
  if (wanted === null) return null;
  const range = ranges[indexFrom(ranges, wanted)];
  return range !== undefined && range.first <= wanted ? range.site : null;
}

/**
 * The credentials to try on a phone, best first: those of its site before those for the whole fleet, and within each the
 * narrowest subnet first. The same user name and password is not returned twice.
 * @param site the site's name, where the address does not show it
 */
export function credentialsFor(
  address: string,
  sites: readonly Site[],
  fleetWide: readonly ScopedCredentials[],
  site: string | null = null,
): Credentials[] {
  const wanted = parseIpv4(address);
  const own = indexed(sites).names.get(site ?? '') ?? siteOf(address, sites);
  const candidates = [own?.credentials ?? [], fleetWide].flatMap((group) =>
    group
      .map((one) => ({ one, size: scopeSize(one.subnets, wanted) }))
      .filter((sized): sized is { one: ScopedCredentials; size: number } => sized.size !== null)
      .sort((a, b) => (a.size === b.size ? 0 : a.size - b.size))
      .map(({ one }) => one),
  );
  return candidates
    .filter(
      (one, at) =>
        candidates.findIndex((other) => other.username === one.username && other.password() === one.password()) === at,
    )
    .map(({ username, password }) => ({ username, password }));
}

/** The size of the narrowest subnet that holds the address; Infinity without subnets, null when none holds it. */
function scopeSize(subnets: readonly string[], address: number | null): number | null {
  if (subnets.length === 0) return Number.POSITIVE_INFINITY;
  const sizes = subnets
    .map(parseAddressRange)
    .filter((range) => range !== null && address !== null && range.first <= address && address <= range.last)
    .map((range) => (range === null ? 0 : range.last - range.first));
  return sizes.length === 0 ? null : Math.min(...sizes);
}

/** A host name normalized for comparison. */
export function hostKey(name: string): string {
  return name.trim().replace(/\.$/, '').toLowerCase();
}

function indexed(sites: readonly Site[]): SiteIndex {
  const known = indexes.get(sites);
  if (known) return known;
  const index: SiteIndex = {
    ranges: rangesOf(sites),
    names: new Map(sites.map((site) => [site.name, site])),
    hosts: byText(sites, ({ targets }) => targets.filter((text) => parseAddressRange(text) === null).map(hostKey)),
    inventories: byText(sites, ({ inventories }) => inventories),
  };
  indexes.set(sites, index);
  return index;
}

function byText(sites: readonly Site[], textsOf: (site: Site) => readonly string[]): Map<string, Site> {
  return new Map(sites.flatMap((site) => textsOf(site).map((text): [string, Site] => [text, site])));
}

/** All ranges in ascending order, those of one site joined where they overlap, ready for a binary search. */
function rangesOf(sites: readonly Site[]): SitedRange[] {
  const ranges = sites
    .flatMap((site) => [...site.subnets, ...site.targets].map((text) => ({ site, range: parseAddressRange(text) })))
    .flatMap(({ site, range }) => (range === null ? [] : [{ ...range, site }]))
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const joined: SitedRange[] = [];
  for (const range of ranges) {
    const before = joined.at(-1);
    if (before?.site === range.site && range.first <= before.last) before.last = Math.max(before.last, range.last);
    else joined.push(range);
  }
  return joined;
}
