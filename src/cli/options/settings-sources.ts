import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { mergeSettings, type Settings, type SettingsSources } from '../../config/settings/merge.js';
import type { Arguments } from './arguments.js';
import { checkFilesUrl } from '../../domain/network/files-url.js';
import { optionTable } from './table.js';
import { parseAcceptable } from '../../domain/progress/grades.js';
import { parseThreshold } from '../../domain/pacing/thresholds.js';
import { parseWaves } from '../../domain/pacing/waves.js';
import { parseWindow } from '../../fleet/pacing/window/window.js';
import { checkNotifyUrl } from '../../report/notify/notify.js';

/** What the rooms that know better say of a value in the configuration file. */
export const judges: NonNullable<SettingsSources['judges']> = {
  waves: (text) => parseWaves(text),
  'abort-after': (text) => parseThreshold(text),
  accept: (text) => parseAcceptable(text),
  window: (text) => parseWindow(text, 'UTC'),
  notify: checkNotifyUrl,
  files: (text) => checkFilesUrl(text),
};

/** Where the settings of a command come from. Without `options` they are those of `migrate`. */
export type CommandSources = Omit<SettingsSources, 'table' | 'options' | 'withSecrets'> &
  Partial<Pick<SettingsSources, 'options' | 'withSecrets'>>;

/**
 * The settings of a command: flag before `FLEET_MIGRATE_*` before `fleet-migrate.yaml` before default, each with its origin.
 * @throws UsageError (ConfigError for the file, with line and column) before anything is contacted
 */
export function resolveSettings(sources: CommandSources): Settings {
  return mergeSettings({ options: optionTable, withSecrets: true, ...sources, table: optionTable });
}

/** This process as a source of settings. */
export function processSources(args: Arguments): Pick<SettingsSources, 'args' | 'env' | 'cwd' | 'home' | 'readFile'> {
  return { args, env: process.env, cwd: process.cwd(), home: homedir(), readFile: readText };
}

/** Reads a text file, for `processSources` and `config check`. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
