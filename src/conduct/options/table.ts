import { listed, type Written } from '../../config/settings/option.js';
import { configKey } from '../../config/settings/option.js';
import { listRows, type OptionRow, type Rows, type ValuesOf } from './row.js';
import { memoryRows } from './rows/memory-rows.js';
import { runRows } from './rows/run-rows.js';
import { surroundingRows } from './rows/surrounding-rows.js';
import { toldRows } from './rows/told-rows.js';
import { ucmRows } from './rows/ucm-rows.js';

export type { OptionRow };

/** Every option of a run, by its name. @public for the test of the library's types */
export const rows = { ...runRows, ...ucmRows, ...surroundingRows, ...toldRows, ...memoryRows };

/** The name of an option. */
export type OptionName = keyof typeof rows;

/** All settings of a run, each value as its row reads it. */
export type RunSettings = ValuesOf<typeof rows>;

type TakenAnew = {
  [Name in OptionName]: (typeof rows)[Name] extends { resume: 'anew' | 'both' } ? Name : never;
}[OptionName];

/** What a resume takes from its own command line, environment and configuration file. */
export type ResumeSettings = ValuesOf<Pick<typeof rows, TakenAnew>>;

/** All options of `migrate` and `audit`; docs/options.md and the configuration file's keys are made from this. */
export const optionTable: readonly OptionRow[] = listRows(rows);

const ofFiles: ReadonlySet<string> = new Set(['profile', 'files', 'files-ca', 'ca', 'insecure', 'timeout', 'config']);

const ofUcm: ReadonlySet<string> = new Set([
  ...['ucm', 'ucm-port', 'ucm-username', 'ucm-password-env', 'ucm-password-file', 'ucm-ca', 'ucm-insecure'],
  ...['timeout', 'config'],
]);
const ofUcmList: ReadonlySet<string> = new Set([...ofUcm, 'device-pool', 'match']);
const ofStore: ReadonlySet<string> = new Set(['db', 'db-password-env', 'db-password-file', 'db-ca']);
const ofUcmCheck: ReadonlySet<string> = new Set([
  ...ofUcmList,
  ...ofStore,
  ...['ucm-files-port', 'load-server', 'profile'],
]);

const ofWorker: ReadonlySet<string> = new Set([
  ...ofStore,
  ...['config', 'concurrency', 'probe-concurrency', 'username', 'password-env', 'password-file', 'try-passwords', 'ca'],
  ...['phone-profiles', 'serve-at', 'lock-folder', 'quiet', 'log-file', 'log-level', 'log-format', 'log-to'],
]);

/** What of a run a rehearsal has no use for, besides what it connects, outputs and remembers with: it asks nobody, and contacts nothing. */
const notRehearsed: ReadonlySet<string> = new Set([
  ...['dry-run', 'yes', 'set-initial-password', 'skip-preflight', 'serve', 'serve-http-port', 'serve-tftp-port'],
  ...[
    'serve-at',
    'files-ca',
    'ucm-port',
    'ucm-username',
    'ucm-password-env',
    'ucm-password-file',
    'ucm-ca',
    'ucm-insecure',
  ],
  ...['enable-web-access', 'keep', 'lock-folder'],
]);

/** In a rehearsal a zone is of use without a window: its clocks are those of `--at`, and of the hours of calls. */
function alsoOfAt({ needs: _window, ...row }: OptionRow): OptionRow {
  return { ...row, text: row.text.replace('--window', '--window, --at and --assume busy:') };
}

/** The options of a command. */
export const optionsOf = {
  migrate: optionTable,
  audit: optionTable.filter(({ writes }) => writes !== true),
  resume: optionTable.filter(({ resume }) => resume !== undefined),
  rehearse: optionTable
    .filter(
      ({ name, group }) =>
        (group !== 'Connection' && group !== 'Output' && !notRehearsed.has(name)) || name === 'timeout',
    )
    .map((row) => (row.name === 'time-zone' ? alsoOfAt(row) : row)),
  /** Of commands that look at one phone. */
  phone: optionTable.filter(({ name, group }) => group === 'Connection' || name === 'config'),
  /** Of commands that look at files on a file server. */
  files: optionTable.filter(({ name }) => ofFiles.has(name)),
  /** Of the one that looks there for the licenses of phones in the store. */
  licenses: optionTable.filter(({ name }) => ofFiles.has(name) || name === 'authorization-rule' || ofStore.has(name)),
  /** Of commands that speak to Unified CM. */
  ucm: optionTable.filter(({ name }) => ofUcm.has(name)),
  /** Of those that ask for its phones. */
  ucmList: optionTable.filter(({ name }) => ofUcmList.has(name)),
  /** Of the one that puts back what runs have left. */
  ucmRestore: optionTable.filter(({ name }) => ofUcm.has(name) || ofStore.has(name)),
  /** Of the one that asks for all that a move takes. */
  ucmCheck: optionTable.filter(({ name }) => ofUcmCheck.has(name)),
  /** Of a worker: what is its own, whatever run it works for. */
  worker: optionTable.filter(({ name }) => ofWorker.has(name)),
  /** Of commands that only read the store. */
  store: optionTable.filter(({ name }) => ofStore.has(name) || name === 'config'),
  /** Of `report`: without the report files set for runs, which an earlier report must not overwrite. */
  report: optionTable.filter(({ name }) => ofStore.has(name) || ['config', 'output', 'csv-for'].includes(name)),
} as const;

/** The values of a run as their rows read them; defaults for those not given or not of this command. @throws UsageError */
export function readSettings(values: Readonly<Record<string, Written>>): RunSettings {
  return readRows(rows, values);
}

/** The same for any table. @throws UsageError */
export function readRows<R extends Rows>(table: R, values: Readonly<Record<string, Written>>): ValuesOf<R> {
  const entries = listRows(table).map(({ name, form, many, default: standard }) => {
    const read = (value: unknown): unknown => form.read(String(value), `--${name}`);
    const value = values[name] ?? standard;
    return [configKey(name), many ? listed(value).map(read) : value === undefined ? null : read(value)];
  });
  // The one cast from what rows read to their declared types; each entry was read by its own row.
  return Object.fromEntries(entries) as ValuesOf<R>;
}
