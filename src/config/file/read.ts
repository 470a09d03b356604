import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { asGroup } from './checks/unknown-keys.js';
import { type ConfigOption, configKey, listed, optionsInFile } from '../settings/option.js';
import { pathFromFile } from './paths.js';
import { fleetConfigProblems } from './problems.js';
import type { ReadOptions } from './read-options.js';
import { readCredentials } from './secrets.js';
import { readSites } from './sites.js';
import { ConfigError, type Finding, findingAt, parseYaml, unreadable, wholeFile } from '../yaml/read.js';

/** What a file says. */
export interface FleetConfig {
  path: string;
  /** By option name; lists where an option may be given several times, paths absolute. */
  values: Readonly<Record<string, unknown>>;
  /** The line of each option that the file sets, and of `sites`. */
  lines: Readonly<Record<string, number>>;
  sites: readonly Site[];
  /** For phones of any site, and of none. */
  credentials: readonly ScopedCredentials[];
}

/** Reads the text of a configuration file. @throws ConfigError for the first of `fleetConfigProblems` */
export function readFleetConfig(text: string, path: string, options: ReadOptions): FleetConfig {
  const [first, ...others] = fleetConfigProblems(text, path, options);
  if (first) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more: fleet-migrate config check)`;
    throw new ConfigError(first.place, `${first.problem}${more}`);
  }
  const data = asGroup(parseYaml(text, path));
  const set = optionsInFile(options.options).filter(({ name }) => data[configKey(name)] !== undefined);
  return {
    path,
    values: Object.fromEntries(set.map((row) => [row.name, optionValue(row, data, path, options.home)])),
    lines: Object.fromEntries(
      [...set.map(({ name }) => name), 'sites'].map((name) => [
        name,
        findingAt(data, path, [configKey(name)], '').place.line ?? 1,
      ]),
    ),
    sites: readSites(data['sites'], path, options),
    credentials:
      options.secrets === null
        ? []
        : readCredentials(data['credentials'], options.secrets, { configPath: path, home: options.home }),
  };
}

function optionValue(row: ConfigOption, data: Record<string, unknown>, path: string, home: string): unknown {
  const texts = (value: unknown): unknown =>
    row.type === 'string' ? pathFromFile(String(value).trim(), row.value ?? '', path, home) : value;
  const value = data[configKey(row.name)];
  return row.many ? listed(value).map(texts) : texts(value);
}

/**
 * Everything that is wrong with a configuration file, for `config check`; empty when it is good. A file that cannot be read
 * is a problem too: it never throws.
 */
export function checkConfig(path: string, options: ReadOptions & { readFile: (path: string) => string }): Finding[] {
  let text: string;
  try {
    text = options.readFile(path);
  } catch (error) {
    return [{ place: wholeFile(path), problem: unreadable(error) }];
  }
  return fleetConfigProblems(text, path, options);
}
