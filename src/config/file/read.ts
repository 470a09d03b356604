import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { type ConfigOption, configKey, listed, optionsInFile, type Scalar, type Written } from '../settings/option.js';
import type { Where } from '../settings/where.js';
import type { ConfigPlace } from '../yaml/config-error.js';
import { findingAt } from '../yaml/read.js';
import type { KeyPath } from '../yaml/position.js';
import { pathFromFile } from './paths.js';
import { asGroup } from './key-groups.js';
import { type FileFinding, type ReadOptions, readText } from './problems.js';
import { readCredentials } from './secrets.js';
import { readSites } from './sites.js';

/** The usable settings of a file. */
export interface FleetConfig {
  path: string;
  /** By option name; lists where an option may be given several times, paths absolute. */
  values: Readonly<Record<string, Written>>;
  /** The line of each option that the file sets. */
  lines: Readonly<Record<string, number>>;
  /** The place of each value of an option, in the order of its values. */
  where: Readonly<Record<string, readonly Where[]>>;
  /** Options with an invalid value in the file, `sites` and `credentials` included. */
  broken: ReadonlySet<string>;
  sites: readonly Site[];
  /** For phones of any site and of none. */
  credentials: readonly ScopedCredentials[];
  /** The place of a path of keys and positions. */
  placeOf: (path: KeyPath) => ConfigPlace;
  /** The path of the nth usable entry of the list, or of the one value, at a path. */
  listIn: (path: KeyPath, at: number) => KeyPath;
}

/** Reads the text of a configuration file: its settings, and everything that is wrong with it in the order of its lines. */
export function readFleetConfig(
  text: string,
  path: string,
  options: ReadOptions,
): { config: FleetConfig; findings: readonly FileFinding[] } {
  const { data, whole, findings } = readText(text, path, options);
  const table = optionsInFile(options.options);
  const set = table.filter(({ name }) => data[configKey(name)] !== undefined);
  const placeOf = (at: KeyPath): ConfigPlace => findingAt(whole, path, at, '').place;
  // Whether these are wrong depends on what is asked for, and on the store.
  const surely = findings.filter(({ secretOf, chooses }) => secretOf === undefined && !chooses);
  const brokenKeys = new Set(surely.map(({ at = [] }) => at[0]));
  // Without valid YAML any option may have been meant.
  const isUnreadable = findings.some(({ at }) => at === undefined);
  const brokenPlaces = new Set(surely.map(({ at }) => JSON.stringify(at)));
  const usable = (path: KeyPath): KeyPath[] =>
    pathsAt(valueAt(whole, path), path).filter((at) => !brokenPlaces.has(JSON.stringify(at)));
  const config: FleetConfig = {
    path,
    values: Object.fromEntries(set.map((row) => [row.name, optionValue(row, data, path, options.home)])),
    lines: Object.fromEntries(set.map(({ name }) => [name, placeOf([configKey(name)]).line ?? 1])),
    where: Object.fromEntries(
      set.map(({ name }) => {
        const key = configKey(name);
        return [name, usable([key]).map((at): Where => ({ from: 'file', place: placeOf(at) }))];
      }),
    ),
    broken: new Set([
      ...table.map(({ name }) => name).filter((name) => isUnreadable || brokenKeys.has(configKey(name))),
      ...['sites', 'credentials'].filter((key) => isUnreadable || brokenKeys.has(key)),
      ...(findings.some(({ secretOf }) => secretOf !== undefined) ? ['credentials'] : []),
    ]),
    sites: readSites(data['sites'], path, options),
    credentials:
      options.secrets === null
        ? []
        : readCredentials(data['credentials'], options.secrets, { configPath: path, home: options.home }),
    placeOf,
    listIn: (path, at) => usable(path)[at] ?? path,
  };
  return { config, findings };
}

function valueAt(data: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((group, key) => asGroup(group)[key], data);
}

/** The path of each entry where there is a list, else of the one value. */
function pathsAt(value: unknown, path: KeyPath): KeyPath[] {
  return Array.isArray(value) ? value.map((_, at) => [...path, at]) : [path];
}

function optionValue(row: ConfigOption, data: Readonly<Record<string, unknown>>, path: string, home: string): Written {
  const one = (value: unknown): Scalar =>
    row.form.type === 'string'
      ? pathFromFile(String(value).trim(), row.form.value ?? '', path, home)
      : row.form.type === 'number'
        ? Number(value)
        : value === true;
  const value = data[configKey(row.name)];
  return row.many ? listed(value).map(one) : one(value);
}
