import { listed, type Written } from '../../config/settings/option.js';
import { configKey } from '../../config/settings/option.js';
import { listRows, type OptionRow, type Rows, type ValuesOf } from './row.js';
import { runRows } from './rows/run-rows.js';
import { surroundingRows } from './rows/surrounding-rows.js';

export type { OptionRow };

const rows = { ...runRows, ...surroundingRows };

/** The name of an option. */
export type OptionName = keyof typeof rows;

/** Everything that can be said of a run, each value as its row reads it. */
export type RunSettings = ValuesOf<typeof rows>;

type TakenAnew = {
  [Name in OptionName]: (typeof rows)[Name] extends { resume: 'anew' | 'both' } ? Name : never;
}[OptionName];

/** What a resume takes from its own command line, environment and configuration file. */
export type ResumeSettings = ValuesOf<Pick<typeof rows, TakenAnew>>;

/** All options of `migrate` and `audit`; docs/options.md and the configuration file's keys are made from this. */
export const optionTable: readonly OptionRow[] = listRows(rows);

/** The options of a command. */
export const optionsOf = {
  migrate: optionTable,
  audit: optionTable.filter(({ writes }) => writes !== true),
  resume: optionTable.filter(({ resume }) => resume !== undefined),
  /** Of commands that only look into the store. */
  store: optionTable.filter(({ name }) => name === 'db' || name === 'config'),
  /** Of `report`: what a configuration file sets for runs but for the reports, which an earlier one must not replace. */
  report: optionTable.filter(({ name }) => ['db', 'config', 'output'].includes(name)),
} as const;

/** The values of a run as their rows read them; what was not given, or is none of the command's, is as by default. @throws UsageError */
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
  // The one place where what rows read becomes the type that they say; each entry was read by its own row.
  return Object.fromEntries(entries) as ValuesOf<R>;
}
