/** The form of an option's value: in help, docs and JSON Schema. */
export interface ValueForm<Value> {
  /** Its type in the file. */
  type: 'string' | 'number' | 'boolean';
  /** How it is shown, such as `CIDR`, `DURATION` or `NAME|FILE`. */
  value?: string;
  choices?: readonly string[];
  /** A value as somebody would write it; for every form that refuses some, and its errors name it. */
  example?: string;
  /** The end of "expected …", for a value of the wrong kind in the file, such as a list within a list. */
  expected: string;
  /**
   * Reads its text from any source.
   * @param flag begins the message of an error: `--subnet`
   * @throws UsageError whose message is a whole sentence
   */
  read: (text: string, flag: string) => Value;
  /** For editors: never narrower than `read`. */
  schema: Readonly<Record<string, unknown>>;
  /** Separates several values in a variable; default: commas. */
  cut?: RegExp;
}

/** A row of the option table, as far as configuration needs it. */
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

/** An option's value as given; a list where it may be given several times. */
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

/** A list from one value, a list, or nothing. */
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
