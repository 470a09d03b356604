import { refuseProblems } from '../../domain/text/usage-error.js';
import { homedir } from 'node:os';
import { mergeSettings, type Settings, type SettingsSources } from '../../config/settings/merge.js';
import { readTextFile } from '../../config/yaml/read-text.js';
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

/**
 * The settings of a command with these options: flag before `FLEET_MIGRATE_*` before `fleet-migrate.yaml` before default. What is wrong
 * with them is in `written.problems`; broken values are replaced by defaults.
 * @param withSecrets false for commands that talk to no phone: no password is looked up for them
 * @param withVariables false where `FLEET_MIGRATE_*` is not for this run
 */
export async function give(
  words: Words,
  options: readonly OptionRow[],
  {
    withSecrets = true,
    withVariables = true,
    secretsOf,
    surroundings = processSurroundings(),
  }: {
    withSecrets?: boolean;
    withVariables?: boolean;
    secretsOf?: (site: string) => boolean;
    surroundings?: Surroundings;
  } = {},
): Promise<Given> {
  const written = await mergeSettings({
    args: words,
    ...surroundings,
    table: optionTable,
    options,
    withSecrets,
    withVariables,
    ...(secretsOf ? { secretsOf } : {}),
  });
  const settings = strongerPassword(readSettings(written.values), written);
  return { settings, written, surroundings, noConfig: words['config'] === false };
}

/** The same for commands that cannot start with problems. @throws UsageError with all of them */
export async function giveSound(...given: Parameters<typeof give>): Promise<Given> {
  const result = await give(...given);
  refuseProblems(result.written.problems);
  return result;
}
