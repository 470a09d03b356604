/** How the value of an option is written: in help and docs, and in a JSON Schema. */
export interface ValueForm<Value> {
  /** What it is in the file. */
  type: 'string' | 'number' | 'boolean';
  /** How it is shown, such as `CIDR`, `DURATION` or `NAME|FILE`. */
  value?: string;
  choices?: readonly string[];
  /** The end of "expected …", for something in the file that is no value at all, such as a list within a list. */
  expected: string;
  /**
   * The one reader of its text, wherever it stands.
   * @param flag what the message of an error begins with: `--subnet`
   * @throws UsageError whose message is a whole sentence
   */
  read: (text: string, flag: string) => Value;
  /** For editors: never narrower than `read`. */
  schema: Readonly<Record<string, unknown>>;
  /** Where a variable that holds several is cut; at commas unless given. */
  cut?: RegExp;
}

/** What configuration needs to know of an option of the command line: a row of its option table. */
export interface ConfigOption<Value = unknown> {
  name: string;
  group: string;
  form: ValueForm<Value>;
  /** May be given several times. */
  many?: boolean;
  text: string;
  /** As the user would write it. */
  default?: string | number | boolean;
}

/** One value as the sources of settings hold it: texts of the command line and the environment, YAML's scalars of the file. */
export type Scalar = string | number | boolean;

/** What was given for an option; a list where it may be given several times. */
export type Written = Scalar | readonly Scalar[];

/** The name of the file that is looked for. */
export const configFileName = 'fleet-migrate.yaml';

/** The options that a file can set: all but the one that names the file. */
export function optionsInFile<T extends ConfigOption>(options: readonly T[]): T[] {
  return options.filter(({ name }) => name !== 'config');
}

/** How an option is written in the file: `http-port` as `httpPort`. */
export function configKey(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** How an option is written in the environment: `http-port` as `FLEET_MIGRATE_HTTP_PORT`. */
export function environmentVariable(name: string): string {
  return `FLEET_MIGRATE_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** Several of something, however it was written: one value, a list, or nothing. */
export function listed(value: Written | undefined): readonly Scalar[];
export function listed(value: unknown): readonly unknown[];
export function listed(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The options that a file can set, under their groups, in the order of the table. */
export function byGroup<T extends ConfigOption>(options: readonly T[]): [group: string, rows: T[]][] {
  const groups = new Map<string, T[]>();
  for (const option of optionsInFile(options)) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups];
}
