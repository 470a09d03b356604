import { refuseProblems } from '../../domain/text/usage-error.js';
import { homedir } from 'node:os';
import { mergeSettings, type Settings, type SettingsSources } from '../../config/settings/merge.js';
import type { SitesOfStore, UnreadSites } from '../../config/sites/of-store.js';
import { readTextFile } from '../../config/yaml/read-text.js';
import { isAddress } from '../../store/place.js';
import { strongerPassword } from './access/store-access.js';
import { type OptionRow, optionTable, readSettings, type RunSettings } from './table.js';

/** The parsed command line, by option name: the last place where a value has no type. */
export type Words = Readonly<Record<string, unknown>>;

/** Where settings come from besides the command line. */
export type Surroundings = Pick<SettingsSources, 'env' | 'cwd' | 'home' | 'readFile'>;

/** This process and its files. */
function processSurroundings(): Surroundings {
  return { env: process.env, cwd: process.cwd(), home: homedir(), readFile: readTextFile };
}

/** The settings of a command, each read by its row and with its origin. */
export interface Given {
  settings: RunSettings;
  /** The same as written: text, place and problems. */
  written: Settings;
  /** `--no-config` was given. */
  noConfig?: boolean;
  surroundings: Surroundings;
}

/** How settings are read. */
export interface GiveOptions {
  /** False for commands that talk to no phone: no password is looked up for them. Default: true. */
  withSecrets?: boolean;
  /** False where `FLEET_MIGRATE_*` is not for this run. Default: true. */
  withVariables?: boolean;
  /** Whose passwords are looked up. Absent: of all sites. */
  secretsOf?: SettingsSources['secretsOf'];
  /**
   * Whether the store has sites, too: `needed` for commands that cannot do without it, `told` for those that only say what would be. Or these,
   * which were read of it. Absent: sites are those of the file.
   */
  sites?: 'needed' | 'told' | SitesOfStore;
  /** Sites are named by `--sites`, or all of them are meant. Absent: by `--site`. */
  workers?: 'all' | 'named' | null;
  surroundings?: Surroundings;
}

/**
 * The settings of a command with these options: flag before `FLEET_MIGRATE_*` before `fleet-migrate.yaml` before default. What is wrong
 * with them is in `written.problems`; broken values are replaced by defaults.
 */
export async function give(
  words: Words,
  options: readonly OptionRow[],
  { withSecrets = true, withVariables = true, sites, surroundings = processSurroundings(), ...more }: GiveOptions = {},
): Promise<Given> {
  const written = await mergeSettings({
    args: words,
    ...surroundings,
    table: optionTable,
    options,
    withSecrets,
    withVariables,
    ...more,
    ...(sites === undefined ? {} : { sitesOfStore: (given) => sitesFor(sites, given, surroundings) }),
    // A planner has no passwords. Whether it is one is not known before it is started.
    ...(sites === 'told' ? { mayHaveWorkers: ({ db }) => typeof db === 'string' && isAddress(db) } : {}),
  });
  const settings = strongerPassword(readSettings(written.values), written);
  return { settings, written, surroundings, noConfig: words['config'] === false };
}

async function sitesFor(
  sites: NonNullable<GiveOptions['sites']>,
  { values, origin }: Pick<Settings, 'values' | 'origin'>,
  { env }: Surroundings,
): Promise<SitesOfStore | UnreadSites | null> {
  if (typeof sites !== 'string') return sites;
  const settings = strongerPassword(readSettings(values), { origin });
  const { sitesOfStore } = await import('./sites-of-store.js');
  const found = await sitesOfStore(settings, env);
  return found !== null && 'problem' in found && sites === 'told' ? { ...found, isWarning: true } : found;
}

/** The same for commands that cannot start with problems. @throws UsageError with all of them */
export async function giveSound(...given: Parameters<typeof give>): Promise<Given> {
  const result = await give(...given);
  refuseProblems(result.written.problems);
  return result;
}
