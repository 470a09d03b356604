import { type AddressRange, parseAddressRange } from '../../domain/network/ipv4.js';
import type { Site } from '../../domain/network/site.js';
import { overlappingSites, sharedNames } from '../file/checks/overlapping-sites.js';
import type { FleetConfig } from '../file/read.js';
import { type NamingFile, type SecretSources, unresolvedSecrets } from '../file/secrets.js';
import { readSites } from '../file/sites.js';
import { placedSentence } from '../yaml/config-error.js';
import { type KeyPath, pathText } from '../yaml/position.js';
import { placeInStore, type SitesOfStore } from './of-store.js';

/** The sites of the configuration file and, for those that it does not describe, of the store. */
export interface SitesOfBoth {
  /** Those of the file first. */
  sites: readonly Site[];
  /** The names of those that the store describes. */
  ofStore: ReadonlySet<string>;
  /** One sentence each: an address, a host name or a list that would be in two sites. */
  problems: readonly string[];
  /** References of the store's sites without a password behind them, one sentence each. */
  unresolved: readonly { site: string; sentence: string }[];
}

/**
 * The sites of both. One that the file describes too is as the file has it, as its passwords may be elsewhere on this machine; an entry of the
 * file that holds nothing but credentials adds these to the site of the store.
 * @param from stands for the file that the store's sites might have been written in here: relative paths start at its folder
 */
export function sitesOfBoth(
  file: FleetConfig | null,
  { store, sites: imported }: SitesOfStore,
  { secrets, from }: { secrets: SecretSources | null; from: NamingFile },
): SitesOfBoth {
  const ours = new Map((file?.sites ?? []).map((site) => [site.name, site]));
  const data = Object.fromEntries(imported.map(({ name, site }) => [name, site]));
  const stored = readSites(data, from.configPath, { home: from.home, secrets, keepsReferences: true });
  const [completed, alone] = [new Map<string, Site>(), [] as Site[]];
  const problems: string[] = [];
  for (const site of stored) {
    const own = ours.get(site.name);
    if (own === undefined) alone.push(site);
    else if (isAllButCredentialsOpen(own)) completed.set(site.name, { ...site, credentials: own.credentials });
    else if (file !== null && !haveSameSubnets(own, site))
      problems.push(placedSentence(file.placeOf(['sites', site.name, 'subnets']), twice(own, site, store)));
  }
  const inFile = [...ours.values()].map((site) => completed.get(site.name) ?? site);
  const ofStore = new Set([...completed.keys(), ...alone.map(({ name }) => name)]);
  problems.push(...betweenBoth([...completed.values(), ...alone], inFile, { file, store, ofStore }));
  // Passwords of sites that the file names are the file's matter.
  const unread = secrets === null ? [] : unresolvedSecrets({ sites: data }, secrets, from);
  const unresolved = unread.flatMap(({ path: [, name, ...rest], problem }) => {
    const site = String(name);
    return ours.has(site) ? [] : [{ site, sentence: `${placeInStore(site, store)}: ${pathText(rest)}: ${problem}.` }];
  });
  return { sites: [...inFile, ...alone], ofStore, problems, unresolved };
}

/** Whether an entry of the file says at most how one signs in. */
export function isAllButCredentialsOpen({ subnets, targets, inventories, tags, limits, files }: Site): boolean {
  const { maxUpgrading, window, timeZone } = limits;
  const lists = [subnets, targets, inventories, tags, window];
  return [maxUpgrading, timeZone, files].every((one) => one === null) && lists.every((list) => list.length === 0);
}

function twice(own: Site, stored: Site, store: string): string {
  const texts = ({ subnets }: Site): string => (subnets.length === 0 ? 'no subnets' : subnets.join(', '));
  return `the site ${own.name} has ${texts(own)} here, and ${texts(stored)} in ${store}; give both the same, or leave all but the credentials out here`;
}

function haveSameSubnets(one: Site, other: Site): boolean {
  return addressesOf(one) === addressesOf(other);
}

/** All addresses of its subnets, however they are divided among them. */
function addressesOf({ subnets }: Site): string {
  const ranges = subnets.flatMap((text) => parseAddressRange(text) ?? []).sort((a, b) => a.first - b.first);
  const joined: AddressRange[] = [];
  for (const { first, last } of ranges) {
    const before = joined.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else joined.push({ first, last });
  }
  return joined.map(({ first, last }) => `${first}-${last}`).join();
}

/** What a site of the file and one of the store both list. */
function betweenBoth(
  stored: readonly Site[],
  inFile: readonly Site[],
  { file, store, ofStore }: { file: FleetConfig | null; store: string; ofStore: ReadonlySet<string> },
): string[] {
  const own = inFile.filter(({ name }) => !ofStore.has(name));
  const sites = Object.fromEntries([...stored, ...own].map((site) => [site.name, site]));
  const isStored = (path: KeyPath): boolean => ofStore.has(String(path[1]));
  const where = (path: KeyPath): string => ` in ${isStored(path) || file === null ? store : file.path}`;
  return [...overlappingSites({ sites }, where), ...sharedNames({ sites }, where)].flatMap(
    ({ path, problem, other }) => {
      // Each is consistent by itself, or was told so.
      if (isStored(path) === ofStore.has(other)) return [];
      const [, site, list = '', at = 0] = path;
      if (isStored(path) || file === null)
        return [`${placeInStore(String(site), store)}: ${pathText(path.slice(2))}: ${problem}.`];
      return [placedSentence(file.placeOf(file.listIn(['sites', String(site), list], Number(at))), problem)];
    },
  );
}
