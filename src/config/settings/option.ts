/** What configuration needs to know of an option of the command line: a row of its option table. */
export interface ConfigOption {
  name: string;
  group: string;
  type: 'string' | 'number' | 'boolean';
  /** May be given several times. */
  many?: boolean;
  /** How its value is written, such as `CIDR`, `DURATION` or `NAME|FILE`. */
  value?: string;
  text: string;
  default?: string | number | boolean;
  choices?: readonly string[];
  /** Bounds of a number, both included. */
  least?: number;
  most?: number;
}

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
export function listed(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : [value].flat();
}

/** The options that a file can set, under their groups, in the order of the table. */
export function byGroup(options: readonly ConfigOption[]): [group: string, rows: ConfigOption[]][] {
  const groups = new Map<string, ConfigOption[]>();
  for (const option of optionsInFile(options)) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups];
}
