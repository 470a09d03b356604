import { join } from 'node:path';
import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { configHome, findConfig } from '../file/find.js';
import type { FileFinding } from '../file/problems.js';
import type { FleetConfig } from '../file/read.js';
import type { SecretSources } from '../file/secrets.js';
import type { SitesOfBoth } from '../sites/both.js';
import { addSiteTargets, type Choice, chosenSites } from '../sites/choice.js';
import { missingSecrets } from '../sites/missing-secrets.js';
import { placeInStore, type SitesOfStore, type UnreadSites, wereRead } from '../sites/of-store.js';
import type { KeyPath } from '../yaml/position.js';
import { environmentValues } from './environment.js';
import { flagValues, type SourceValues } from './flags.js';
import { type ConfigOption, configFileName, listed, type Scalar, type Written } from './option.js';
import type { Where } from './where.js';

/** Where a setting comes from; the number is the line of the configuration file. */
export type Origin = 'flag' | 'env' | 'store' | `file:${number}` | 'default';

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
  /** All sites of the file, then those of the store alone. */
  sites: readonly Site[];
  /** What the store adds to the file's. */
  ofStore: {
    /** Its path or its address; `null`: it was not looked at, or is not there. */
    store: string | null;
    /** The names of the sites that it describes. */
    names: ReadonlySet<string>;
  };
  /** For phones of any site and of none. */
  credentials: readonly ScopedCredentials[];
  configPath: string | null;
  /** The place of a path of keys in the file, or of a site in the store; undefined without them. */
  placeOf: (path: KeyPath) => Where | undefined;
  /** All problems, one sentence each with its place. With any, the settings are incomplete. */
  problems: readonly string[];
  /** Passwords that are not here, and may not be needed here. */
  warnings: readonly string[];
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
  secretsOf?: ((site: string, tags: readonly string[]) => boolean) | undefined;
  /** Whether others may be the ones who sign in at the sites, with these values. Absent: no. */
  mayHaveWorkers?: (values: Settings['values']) => boolean;
  /** The sites of the store that these settings name; `null`: there is none. Absent: only the file has sites. */
  sitesOfStore?: (given: Pick<Settings, 'values' | 'origin'>) => Promise<SitesOfStore | UnreadSites | null>;
  /** Sites are named by `--sites`, or all of them are meant. Absent: by `--site`. */
  workers?: 'all' | 'named' | null;
  /** False where nobody has set the variables of options for this run: a program has an environment of its own. Absent: true. */
  withVariables?: boolean;
}

/** Options that together say what to contact. Targets on the command line replace those of the file. */
const targetOptions: ReadonlySet<string> = new Set(['subnet', 'target', 'inventory', 'from-run', 'site', 'tag']);
/** An exclusion protects phones: no source overrides the exclusions of another. */
const addsUp: ReadonlySet<string> = new Set(['exclude']);

/** Flag before environment before file before default. Never throws for their content: see `problems`. */
export async function mergeSettings(sources: SettingsSources): Promise<Settings> {
  const { args, env, table, options, withVariables = true, workers = null } = sources;
  const problems: string[] = [];
  const flags = flagValues(options, args);
  const variables = environmentValues(table, withVariables ? env : {});
  const { config, findings } = await readConfig(sources, flags, variables, problems);
  const file = config === 'unreadable' ? null : config;
  const later: string[] = [...variables.problems, ...flags.problems];
  const warnings: string[] = [];
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
  const origin = Object.fromEntries(
    options.map(({ name }) => [name, originOf(where[name]?.[0], file?.lines[name])] as const),
  );
  // Another store is not asked in place of one that is not understood.
  const stored = broken.has('db') ? { problem: null } : ((await sources.sitesOfStore?.({ values, origin })) ?? null);
  const both = await sitesOf(sources, file, stored);
  if (wereRead(stored)) later.push(...both.problems);
  else if (stored !== null) {
    broken.add('sites');
    if (stored.problem !== null) (stored.isWarning ? warnings : later).push(stored.problem);
  }
  const choice: Choice = {
    ...{ values, where, workers, file, ofStore: both.ofStore },
    store: wereRead(stored) ? stored.store : null,
    takesFile: targetLevel === -1 || targetLevel === fileLevel,
    isWhole: !broken.has('sites'),
  };
  const chosen = chosenSites(both.sites, choice, later);
  addSiteTargets(choice, chosen, options);
  const secrets = missingSecrets({ ...sources, both, findings, values, chosen, store: choice.store });
  if (secrets.isMissing) broken.add('sites');
  return {
    ...{ values, where, broken, sites: both.sites, warnings: [...warnings, ...secrets.warnings] },
    ofStore: { store: choice.store, names: both.ofStore },
    problems: [...problems, ...secrets.ofFile, ...later, ...secrets.ofStore],
    // With what sites have added.
    origin: Object.fromEntries(options.map(({ name }) => [name, originOf(where[name]?.[0], file?.lines[name])])),
    credentials: file?.credentials ?? [],
    configPath: file?.path ?? null,
    placeOf: (at) => placeIn(choice, at),
  };
}

function placeIn({ file, store, ofStore }: Choice, path: KeyPath): Where | undefined {
  const [group, site] = path.map(String);
  if (group === 'sites' && site !== undefined && ofStore.has(site))
    return { from: 'store', place: placeInStore(site, store ?? '') };
  return file ? { from: 'file', place: file.placeOf(path) } : undefined;
}

/** The weakest of the levels but for defaults. */
const fileLevel = 2;

/** The sites of the file, and of the store where it was read. */
async function sitesOf(
  sources: SettingsSources,
  file: FleetConfig | null,
  stored: SitesOfStore | UnreadSites | null,
): Promise<SitesOfBoth> {
  if (!wereRead(stored) || stored.sites.length === 0)
    return { sites: file?.sites ?? [], ofStore: new Set(), problems: [], unresolved: [] };
  const { sitesOfBoth } = await import('../sites/both.js');
  const configPath = file?.path ?? join(configHome(sources), configFileName);
  return sitesOfBoth(file, stored, { secrets: secretSources(sources), from: { configPath, home: sources.home } });
}

function secretSources({ env, readFile, withSecrets, secretsOf }: SettingsSources): SecretSources | null {
  return withSecrets ? { env, readFile, ...(secretsOf ? { ofSite: secretsOf } : {}) } : null;
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

/** The file, null if there is none, and what is wrong in it; why it cannot be read is added to `problems`. */
async function readConfig(
  sources: SettingsSources,
  flags: SourceValues,
  variables: SourceValues,
  problems: string[],
): Promise<{ config: FleetConfig | 'unreadable' | null; findings: readonly FileFinding[] }> {
  const { args, home, table } = sources;
  const nothing = (config: 'unreadable' | null) => ({ config, findings: [] });
  if (flags.broken.has('config')) return nothing('unreadable');
  const given = flags.values['config'] ?? variables.values['config'];
  const asked = args['config'] === false ? false : given === undefined ? undefined : String(given);
  let file: ReturnType<typeof findConfig>;
  try {
    file = findConfig({ ...sources, asked });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    problems.push(error.message);
    return nothing('unreadable');
  }
  if (!file) return nothing(null);
  // What reads and checks it takes longer than what most commands do without one.
  const { readFleetConfig } = await import('../file/read.js');
  return readFleetConfig(file.text, file.path, { options: table, home, secrets: secretSources(sources) });
}

function isGiven(value: Written | undefined): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
