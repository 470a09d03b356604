import { type AddressRange, parseAddressRange } from '../../../domain/network/ipv4.js';
import { hostKey } from '../../../domain/network/site.js';
import { asGroup, groupAt } from '../key-groups.js';
import { listed } from '../../settings/option.js';
import type { KeyPath, PathProblem } from '../../yaml/position.js';

interface Claim extends AddressRange {
  site: string;
  text: string;
  path: KeyPath;
}

/** What two sites both have: the problem stands at the later one. */
interface SharedBy extends PathProblem {
  /** The name of the earlier one. */
  other: string;
}

/**
 * Addresses that two sites claim: their limits, files and passwords would be chosen silently. The later one in
 * the file is reported, with the place of the earlier one from `where`, as ` (line 3)`.
 */
export function overlappingSites(data: unknown, where: (path: KeyPath) => string): SharedBy[] {
  const order = new Map<Claim, number>();
  const claims = claimsOf(data);
  claims.forEach((claim, at) => order.set(claim, at));
  const sorted = [...claims].sort((a, b) => a.first - b.first || b.last - a.last);
  const problems: SharedBy[] = [];
  // For each site the claim that reaches furthest so far: the one that a later claim can overlap.
  const reach = new Map<string, Claim>();
  for (const claim of sorted) {
    for (const other of reach.values()) {
      if (other.last < claim.first) reach.delete(other.site);
      if (other.site === claim.site || other.last < claim.first) continue;
      const [earlier, later] = (order.get(other) ?? 0) < (order.get(claim) ?? 0) ? [other, claim] : [claim, other];
      problems.push({
        path: later.path,
        other: earlier.site,
        problem: `${later.text} overlaps ${earlier.text} of the site ${earlier.site}${where(earlier.path)}; a phone can be in one site only`,
      });
    }
    const furthest = reach.get(claim.site);
    if (!furthest || furthest.last < claim.last) reach.set(claim.site, claim);
  }
  return problems;
}

/** Host names and inventories that two sites list: the site of their phones would be chosen silently. */
export function sharedNames(data: unknown, where: (path: KeyPath) => string): SharedBy[] {
  const first = new Map<string, { site: string; path: KeyPath }>();
  const problems: SharedBy[] = [];
  for (const [site, body] of Object.entries(groupAt(data, 'sites'))) {
    for (const { text, key, path } of namesIn(site, body)) {
      const earlier = first.get(key);
      if (!earlier) first.set(key, { site, path });
      else if (earlier.site !== site) {
        const by = `the site ${earlier.site}${where(earlier.path)}`;
        problems.push({
          ...{ path, other: earlier.site },
          problem: `${text} is listed by ${by} too; a phone can be in one site only`,
        });
      }
    }
  }
  return problems;
}

/** Credentials for a subnet outside their site: they would never be used. */
export function uselessCredentials(data: unknown): PathProblem[] {
  return Object.entries(groupAt(data, 'sites')).flatMap(([name, site]) => {
    const own = claimsIn(name, site);
    // A host name or an inventory may lead to any address.
    const { credentials, inventories, targets, subnets: subnetsOfSite } = asGroup(site);
    // Its phones are those of lists that name it, or of the store's site of that name.
    if ([inventories, targets, subnetsOfSite].every((list) => listed(list).length === 0)) return [];
    if (listed(inventories).length > 0 || listed(targets).some((target) => !parseAddressRange(String(target))))
      return [];
    return listed(credentials).flatMap((entry, at) => {
      const { subnets } = asGroup(entry);
      return rangesIn(subnets, ['sites', name, 'credentials', at, 'subnets'])
        .filter(({ first, last }) => !own.some((range) => range.first <= last && first <= range.last))
        .map(({ text, path }) => ({ path, problem: `no address of the site ${name} is in ${text}` }));
    });
  });
}

function namesIn(site: string, body: unknown): { text: string; key: string; path: KeyPath }[] {
  return (['targets', 'inventories'] as const).flatMap((list) => {
    const value = asGroup(body)[list];
    return listed(value).flatMap((one, at) => {
      const text = String(one).trim();
      if (list === 'targets' && parseAddressRange(text) !== null) return [];
      const path: KeyPath = ['sites', site, list];
      const key = `${list} ${list === 'targets' ? hostKey(text) : text}`;
      return [{ text, key, path: Array.isArray(value) ? [...path, at] : path }];
    });
  });
}

function claimsOf(data: unknown): Claim[] {
  return Object.entries(groupAt(data, 'sites')).flatMap(([name, site]) => claimsIn(name, site));
}

function claimsIn(name: string, site: unknown): Claim[] {
  const { subnets, targets } = asGroup(site);
  return [...rangesIn(subnets, ['sites', name, 'subnets']), ...rangesIn(targets, ['sites', name, 'targets'])].map(
    (range) => ({ ...range, site: name }),
  );
}

function rangesIn(value: unknown, path: KeyPath): Omit<Claim, 'site'>[] {
  return listed(value).flatMap((text, at) => {
    const range = typeof text === 'string' ? parseAddressRange(text) : null;
    return range === null ? [] : [{ ...range, text: String(text), path: Array.isArray(value) ? [...path, at] : path }];
  });
}
