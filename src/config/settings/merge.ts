import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { type Chooser, sitesNamed, unknownChoice } from '../file/checks/site-choice.js';
import { findConfig } from '../file/find.js';
import type { FleetConfig } from '../file/read.js';
import { placedSentence } from '../yaml/config-error.js';
import type { KeyPath } from '../yaml/position.js';
import { environmentValues } from './environment.js';
import { flagValues, type SourceValues } from './flags.js';
import { type ConfigOption, configFileName, listed, type Scalar, type Written } from './option.js';
import { placed, type Where } from './where.js';

/** Where a setting comes from; the number is the line of the configuration file. */
export type Origin = 'flag' | 'env' | `file:${number}` | 'default';

/** All settings of one run of the command, from every source. */
export interface Settings {
  /** By option name, as they were written; options without value or default are absent. */
  values: Readonly<Record<string, Written>>;
  /** The place of each value, in the order of an option's values. */
  where: Readonly<Record<string, readonly Where[]>>;
  /** For every option of the command. */
  origin: Readonly<Record<string, Origin>>;
  /** Options with an invalid value in some source: what was meant is unknown. */
  broken: ReadonlySet<string>;
  /** All sites of the file. */
  sites: readonly Site[];
  /** For phones of any site and of none. */
  credentials: readonly ScopedCredentials[];
  configPath: string | null;
  /** The place of a path of keys in the file; undefined without one. */
  placeInFile: (path: KeyPath) => Where | undefined;
  /** All problems, one sentence each with its place. With any, the settings are incomplete. */
  problems: readonly string[];
}

/** The sources of settings. */
export interface SettingsSources {
  /** The parsed command line without defaults: an option that was not given is undefined. `config: false` reads no file. */
  args: Readonly<Record<string, unknown>>;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  /** Reads a text file; throws an error with a `code` as Node's do. */
  readFile: (path: string) => string;
  /** The whole option table: every key allowed in the file. */
  table: readonly ConfigOption[];
  /** The options of this command; others are left out. */
  options: readonly ConfigOption[];
  /** False for commands that contact no phone: references to passwords are then not followed. */
  withSecrets: boolean;
  /** Whose passwords are looked up. Absent: of all sites. */
  secretsOf?: (site: string) => boolean;
  /** False where nobody has set the variables of options for this run: a program has an environment of its own. Absent: true. */
  withVariables?: boolean;
}

/** Options that together say what to contact. Targets on the command line replace those of the file. */
const targetOptions: ReadonlySet<string> = new Set(['subnet', 'target', 'inventory', 'from-run', 'site', 'tag']);
/** An exclusion protects phones: no source overrides the exclusions of another. */
const addsUp: ReadonlySet<string> = new Set(['exclude']);

/** Flag before environment before file before default. Never throws for their content: see `problems`. */
export async function mergeSettings(sources: SettingsSources): Promise<Settings> {
  const { args, env, table, options, withVariables = true } = sources;
  const problems: string[] = [];
  const flags = flagValues(options, args);
  const variables = environmentValues(table, withVariables ? env : {});
  const config = await readConfig(sources, flags, variables, problems);
  const file = config === 'unreadable' ? null : config;
  problems.push(...variables.problems, ...flags.problems);
  const levels: Level[] = [
    { values: flags.values, where: always({ from: 'flag' }) },
    { values: variables.values, where: always({ from: 'env' }) },
    { values: file?.values ?? {}, where: (name) => file?.where[name] ?? [] },
  ];
  // A broken value counts only if no stronger source sets the option.
  const brokenInFile = config === 'unreadable' ? [...table.map(({ name }) => name), 'sites'] : (config?.broken ?? []);
  const broken = new Set([
    ...flags.broken,
    ...[...variables.broken].filter((name) => !isGiven(flags.values[name])),
    ...[...brokenInFile].filter((name) => !isGiven(flags.values[name]) && !isGiven(variables.values[name])),
  ]);
  const targetLevel = levels.findIndex(({ values }) => [...targetOptions].some((name) => isGiven(values[name])));
  const values: Record<string, Written> = {};
  const where: Record<string, readonly Where[]> = {};
  for (const option of options) {
    const { name } = option;
    const given = levels.filter(
      (level, at) => isGiven(level.values[name]) && (!targetOptions.has(name) || at === targetLevel),
    );
    const wanted = addsUp.has(name) ? joined(name, given) : strongest(name, given, option.default);
    if (wanted === null) continue;
    values[name] = wanted.value;
    where[name] = wanted.where;
  }
  const sites = file?.sites ?? [];
  const path = file?.path ?? null;
  const chosenSites = chosen(sites, { values, where, targetLevel, path, isWhole: !broken.has('sites') }, problems);
  if (file) addSiteTargets(values, where, chosenSites, options, file);
  return {
    ...{ values, where, broken, sites, problems },
    origin: Object.fromEntries(options.map(({ name }) => [name, originOf(where[name]?.[0], file?.lines[name])])),
    credentials: file?.credentials ?? [],
    configPath: path,
    placeInFile: (at) => (file ? { from: 'file', place: file.placeOf(at) } : undefined),
  };
}

interface Level {
  values: Readonly<Record<string, Written>>;
  /** The places of an option's values, in their order. */
  where: (name: string, count: number) => readonly Where[];
}

const always =
  (where: Where) =>
  (_: string, count: number): readonly Where[] =>
    Array.from({ length: count }, () => where);

interface Wanted {
  value: Written;
  where: readonly Where[];
}

function strongest(name: string, [level]: readonly Level[], standard: Scalar | undefined): Wanted | null {
  const value = level?.values[name];
  if (level && value !== undefined) return { value, where: level.where(name, listed(value).length) };
  return standard === undefined ? null : { value: standard, where: [{ from: 'default' }] };
}

/** For a value in two sources, the place in the stronger one. */
function joined(name: string, levels: readonly Level[]): Wanted | null {
  const all = new Map<Scalar, Where>();
  for (const level of levels) {
    const list = listed(level.values[name]);
    const places = level.where(name, list.length);
    for (const [at, value] of list.entries()) if (!all.has(value)) all.set(value, places[at] ?? { from: 'default' });
  }
  return all.size === 0 ? null : { value: [...all.keys()], where: [...all.values()] };
}

/** @param line of the option's own key; null when its values come from sites, each with its own line */
function originOf(where: Where | undefined, line: number | undefined): Origin {
  if (where?.from === 'file') return `file:${line ?? where.place.line ?? 1}`;
  return where?.from ?? 'default';
}

/** The file, null if there is none; what is wrong with it is added to `problems`. */
async function readConfig(
  sources: SettingsSources,
  flags: SourceValues,
  variables: SourceValues,
  problems: string[],
): Promise<FleetConfig | 'unreadable' | null> {
  const { args, env, home, readFile, table, withSecrets } = sources;
  if (flags.broken.has('config')) return 'unreadable';
  const given = flags.values['config'] ?? variables.values['config'];
  const asked = args['config'] === false ? false : given === undefined ? undefined : String(given);
  let file: ReturnType<typeof findConfig>;
  try {
    file = findConfig({ ...sources, asked });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    problems.push(error.message);
    return 'unreadable';
  }
  if (!file) return null;
  const { secretsOf } = sources;
  const secrets = withSecrets ? { env, readFile, ...(secretsOf ? { ofSite: secretsOf } : {}) } : null;
  // What reads and checks it takes longer than what most commands do without one.
  const { readFleetConfig } = await import('../file/read.js');
  const { config, findings } = readFleetConfig(file.text, file.path, { options: table, home, secrets });
  problems.push(...findings.map(({ place, problem }) => placedSentence(place, problem)));
  return config;
}

function isGiven(value: Written | undefined): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

interface Choice extends Pick<Settings, 'values' | 'where'> {
  targetLevel: number;
  path: string | null;
  /** Whether all sites could be read. */
  isWhole: boolean;
}

/** The sites chosen by name or tag; without other targets from a stronger source, all sites of the file. */
function chosen(
  sites: readonly Site[],
  { values, where, targetLevel, path, isWhole }: Choice,
  problems: string[],
): readonly Site[] {
  const fileLevel = 2;
  const choosers = (['site', 'tag'] as const).filter((chooser) => isGiven(values[chooser]));
  if (choosers.length === 0) return targetLevel === -1 || targetLevel === fileLevel ? sites : [];
  const named = new Set(
    choosers.flatMap((chooser) =>
      listed(values[chooser]).flatMap((name, at) => found(chooser, String(name), where[chooser]?.[at])),
    ),
  );
  return sites.filter((site) => named.has(site));

  function found(chooser: Chooser, name: string, from: Where | undefined): readonly Site[] {
    const all = sitesNamed(chooser, name, sites);
    // The file's own choice of sites is among its problems already.
    if (all.length > 0 || !isWhole || from?.from === 'file') return all;
    const lookedAt = path === null ? `; sites are described in ${configFileName}` : ` in ${path}`;
    problems.push(placed(chooser, from, `--${chooser} ${name}: ${unknownChoice(chooser, name, sites)}${lookedAt}.`));
    return [];
  }
}

/** The lists of a site, by the option they add to. */
const siteLists = { subnet: 'subnets', target: 'targets', inventory: 'inventories' } as const;

/** Adds the lists of the sites to the values, each with its place. */
function addSiteTargets(
  values: Record<string, Written>,
  where: Record<string, readonly Where[]>,
  sites: readonly Site[],
  options: readonly ConfigOption[],
  { placeOf, listIn }: FleetConfig,
): void {
  for (const { name } of options) {
    const list = siteLists[name as keyof typeof siteLists] as (typeof siteLists)[keyof typeof siteLists] | undefined;
    if (list === undefined) continue;
    const more = sites.flatMap((site) =>
      site[list].map((text, at) => ({
        text,
        place: placeOf(listIn(['sites', site.name, list], at)),
      })),
    );
    if (more.length === 0) continue;
    values[name] = [...listed(values[name]), ...more.map(({ text }) => text)];
    where[name] = [...(where[name] ?? []), ...more.map(({ place }): Where => ({ from: 'file', place }))];
  }
}
