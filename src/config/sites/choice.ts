import { printable } from '../../domain/text/printable.js';
import type { Site } from '../../domain/network/site.js';
import { type Chooser, sitesNamed, unknownChoice } from '../file/checks/site-choice.js';
import type { FleetConfig } from '../file/read.js';
import { type ConfigOption, configFileName, listed, type Written } from '../settings/option.js';
import { placed, type Where } from '../settings/where.js';
import { placeInStore } from './of-store.js';

/** What the sites are chosen from, and by. */
export interface Choice {
  values: Record<string, Written>;
  /** The place of each value, in the order of an option's values. */
  where: Record<string, readonly Where[]>;
  /** Without a choice, the sites of the file are targets: no stronger source names others. */
  takesFile: boolean;
  /** `--sites`, which names sites as `--site` does. */
  workers: 'all' | 'named' | null;
  file: FleetConfig | null;
  /** The store whose sites are among them; `null`: none was read. */
  store: string | null;
  /** The names of those that it describes. */
  ofStore: ReadonlySet<string>;
  /** Whether all sites could be read. */
  isWhole: boolean;
}

/**
 * The sites chosen by name or tag. Without a choice, and without other targets from a stronger source, all sites of the file: those of a store
 * are only contacted when somebody asks for them, as others may add to them.
 */
export function chosenSites(sites: readonly Site[], choice: Choice, problems: string[]): readonly Site[] {
  const { values, where, workers } = choice;
  if (workers === 'all') return sites;
  const choosers = (['site', 'tag'] as const).filter((chooser) => listed(values[chooser]).length > 0);
  if (choosers.length === 0) return choice.takesFile ? sites.filter(({ name }) => !choice.ofStore.has(name)) : [];
  const named = new Set(
    choosers.flatMap((chooser) =>
      listed(values[chooser]).flatMap((name, at) => found(chooser, String(name), where[chooser]?.[at])),
    ),
  );
  return sites.filter((site) => named.has(site));

  function found(chooser: Chooser, name: string, from: Where | undefined): readonly Site[] {
    const all = sitesNamed(chooser, name, sites);
    // Without a store, the file's own choice is among its problems already.
    if (all.length > 0 || !choice.isWhole || (from?.from === 'file' && choice.store === null)) return all;
    const flag = chooser === 'site' && workers === 'named' ? 'sites' : chooser;
    const problem = `--${flag} ${name}: ${unknownChoice(chooser, name, sites)}`;
    problems.push(placed(chooser, from, missed(problem, { path: choice.file?.path ?? null, store: choice.store })));
    return [];
  }
}

/**
 * The sentence about a site or a tag that is nowhere, with where it was looked for.
 * @param path of the file; `null`: there is none
 * @param store its path or its address; `null`: none was looked at
 */
export function missed(problem: string, { path, store }: { path: string | null; store: string | null }): string {
  if (store === null)
    return `${problem}${path === null ? `; sites are described in ${configFileName}` : ` in ${path}`}.`;
  const places = `${path === null ? '' : `${path} and in `}${printable(store)}`;
  return `${problem}${problem.endsWith('?') ? '' : '.'} Sites are looked for in ${places}, where fleet-migrate sites import puts them.`;
}

/** The lists of a site, by the option they add to. */
const siteLists = { subnet: 'subnets', target: 'targets', inventory: 'inventories' } as const;

/** Adds the lists of the sites to the values, each with its place. */
export function addSiteTargets(
  { values, where, file, store, ofStore }: Choice,
  sites: readonly Site[],
  options: readonly ConfigOption[],
): void {
  for (const { name } of options) {
    const list = siteLists[name as keyof typeof siteLists] as (typeof siteLists)[keyof typeof siteLists] | undefined;
    if (list === undefined) continue;
    const more = sites.flatMap((site) => site[list].map((text, at) => ({ text, place: placeOf(site.name, list, at) })));
    if (more.length === 0) continue;
    values[name] = [...listed(values[name]), ...more.map(({ text }) => text)];
    where[name] = [...(where[name] ?? []), ...more.map(({ place }) => place)];
  }

  function placeOf(site: string, list: string, at: number): Where {
    if (file === null || ofStore.has(site)) return { from: 'store', place: placeInStore(site, store ?? '') };
    return { from: 'file', place: file.placeOf(file.listIn(['sites', site, list], at)) };
  }
}
