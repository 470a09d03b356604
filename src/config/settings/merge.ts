import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { readFleetConfig, type FleetConfig } from '../file/read.js';
import type { ReadOptions } from '../file/read-options.js';
import { environmentValues } from './environment.js';
import { findConfig } from '../file/find.js';
import { type ConfigOption, configFileName, listed } from './option.js';
import { type Chooser, sitesNamed, unknownChoice } from '../file/checks/site-choice.js';

/** Where a setting comes from; the number is the line of the configuration file. */
export type Origin = 'flag' | 'env' | `file:${number}` | 'default';

/** All settings of one run of the command, from every source. */
export interface Settings {
  /** By option name, as the command line would have given them; options without value or default are absent. */
  values: Readonly<Record<string, unknown>>;
  /** For every option of the command. */
  origin: Readonly<Record<string, Origin>>;
  /** All sites that the file describes. */
  sites: readonly Site[];
  /** The sites whose subnets, targets and inventories are among the values. */
  chosenSites: readonly Site[];
  /** For phones of any site, and of none. */
  credentials: readonly ScopedCredentials[];
  configPath: string | null;
}

/** What settings are made from. */
export interface SettingsSources {
  /** The parsed command line, without any defaults: an option that was not given is undefined. `config: false` reads no file. */
  args: Readonly<Record<string, unknown>>;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  /** Reads a text file; throws an error with a `code` as Node's do. */
  readFile: (path: string) => string;
  /** The whole option table: every key that the file may hold. */
  table: readonly ConfigOption[];
  /** The options of this command; what others would set is left out. */
  options: readonly ConfigOption[];
  /** False for commands that talk to no phone: references to passwords are then not followed. */
  withSecrets: boolean;
  judges?: NonNullable<ReadOptions['judges']>;
}

/** Options that together say what to contact. One who names targets on the command line does not want those of the file too. */
const targetOptions: ReadonlySet<string> = new Set(['subnet', 'target', 'inventory', 'site', 'tag']);
/** An exclusion protects phones: no source takes back what another one protects. */
const addsUp: ReadonlySet<string> = new Set(['exclude']);

/** Flag before environment before file before default. @throws UsageError before anything is contacted */
export function mergeSettings(sources: SettingsSources): Settings {
  const { args, env, table, options } = sources;
  const fromEnv = environmentValues(table, env);
  const config = readConfig(sources, fromEnv['config']);
  const levels: Level[] = [
    { values: args, origin: () => 'flag' },
    { values: fromEnv, origin: () => 'env' },
    { values: config?.values ?? {}, origin: (name) => `file:${config?.lines[name] ?? 1}` },
  ];
  const targetLevel = levels.findIndex(({ values }) => [...targetOptions].some((name) => isGiven(values[name])));
  const values: Record<string, unknown> = { ...args };
  const origin: Record<string, Origin> = {};
  for (const option of options) {
    const { name } = option;
    const given = levels.filter(
      (level, at) => isGiven(level.values[name]) && (!targetOptions.has(name) || at === targetLevel),
    );
    origin[name] = given[0]?.origin(name) ?? 'default';
    const value = addsUp.has(name)
      ? joined(given.map((level) => level.values[name]))
      : (given[0]?.values[name] ?? option.default);
    if (value === undefined) delete values[name];
    else values[name] = value;
  }
  if (config !== null) origin['config'] = 'config' in args ? 'flag' : isGiven(fromEnv['config']) ? 'env' : 'default';
  const sites = config?.sites ?? [];
  const chosenSites = chosen(sites, { values, origin, targetLevel, path: config?.path ?? null });
  for (const name of addSiteTargets(values, chosenSites, options)) {
    if (origin[name] === 'default') origin[name] = `file:${config?.lines['sites'] ?? 1}`;
  }
  return {
    values,
    origin,
    sites,
    chosenSites,
    credentials: config?.credentials ?? [],
    configPath: config?.path ?? null,
  };
}

interface Level {
  values: Readonly<Record<string, unknown>>;
  origin: (name: string) => Origin;
}

function readConfig(sources: SettingsSources, fromEnv: unknown): FleetConfig | null {
  const { args, env, home, readFile, table, withSecrets, judges } = sources;
  const given = args['config'] ?? fromEnv;
  if (Array.isArray(given)) throw new UsageError(`--config was given ${given.length} times; give it once.`);
  if (given === true || given === '') throw new UsageError('--config needs the path of a file.');
  const asked = given === false ? false : given === undefined ? undefined : String(given);
  const file = findConfig({ ...sources, asked });
  if (!file) return null;
  return readFleetConfig(file.text, file.path, {
    options: table,
    home,
    secrets: withSecrets ? { env, readFile } : null,
    ...(judges ? { judges } : {}),
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function joined(lists: readonly unknown[]): unknown[] | undefined {
  return lists.length === 0 ? undefined : [...new Set(lists.flatMap(listed))];
}

/** The sites that are named or have a named tag; without other targets from a stronger source, all that the file describes. */
function chosen(
  sites: readonly Site[],
  {
    values,
    origin,
    targetLevel,
    path,
  }: Pick<Settings, 'values' | 'origin'> & { targetLevel: number; path: string | null },
): readonly Site[] {
  const fileLevel = 2;
  const choosers = (['site', 'tag'] as const).filter((chooser) => isGiven(values[chooser]));
  if (choosers.length === 0) return targetLevel === -1 || targetLevel === fileLevel ? sites : [];
  const named = new Set(
    choosers.flatMap((chooser) => listed(values[chooser]).flatMap((name) => found(chooser, String(name)))),
  );
  return sites.filter((site) => named.has(site));

  function found(chooser: Chooser, name: string): readonly Site[] {
    const all = sitesNamed(chooser, name, sites);
    if (all.length > 0) return all;
    const where = path === null ? `; sites are described in ${configFileName}` : ` in ${path}`;
    const option = origin[chooser] === 'env' ? `FLEET_MIGRATE_${chooser.toUpperCase()}` : `--${chooser}`;
    throw new UsageError(`${option} ${name}: ${unknownChoice(chooser, name, sites)}${where}.`);
  }
}

/** Adds what the sites hold to the values, and answers the names of the options that grew. */
function addSiteTargets(
  values: Record<string, unknown>,
  sites: readonly Site[],
  options: readonly ConfigOption[],
): string[] {
  const known = new Set(options.map(({ name }) => name));
  const more = {
    subnet: sites.flatMap((site) => site.subnets),
    target: sites.flatMap((site) => site.targets),
    inventory: sites.flatMap((site) => site.inventories),
  };
  const grown = Object.entries(more).filter(([name, texts]) => texts.length > 0 && known.has(name));
  for (const [name, texts] of grown) values[name] = [...listed(values[name]), ...texts];
  return grown.map(([name]) => name);
}
