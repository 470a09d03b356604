import { isAbsolute, win32 } from 'node:path';
import { pathFromFile } from '../../config/file/paths.js';
import { readText } from '../../config/file/problems.js';
import { findConfig } from '../../config/file/find.js';
import { writtenSites } from '../../config/file/sites.js';
import { ConfigError, placedSentence, wholeFile } from '../../config/yaml/config-error.js';
import type { NamedSite } from '../../domain/network/written-site.js';
import { printable } from '../../domain/text/printable.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import type { Given } from '../options/sources.js';
import { storePath } from '../options/store-option.js';
import { optionTable } from '../options/table.js';

/** What stands for all sites. */
const everySite = 'all';

/** The sites of a configuration file, for a store. */
export interface SitesFile {
  path: string;
  sites: readonly NamedSite[];
  /** The other keys of its outermost level. */
  left: readonly string[];
  /** Paths that mean another file on each machine. */
  relative: readonly string[];
}

/**
 * Reads the sites of a configuration file, and checks all of it as any configuration file is; where passwords are is not followed, as others will
 * need them.
 * @throws UsageError with all that is wrong
 */
export function readSitesFile(file: string, { settings, written, surroundings }: Given): SitesFile {
  const { home, env } = surroundings;
  if (file === '' || file === '-')
    throw new UsageError(
      'sites import reads a configuration file, not its standard input; name it: fleet-migrate sites import FILE.',
    );
  const found = findConfig({ ...surroundings, asked: file });
  if (found === null) throw new Error('a file that is named is read, or refused');
  const { path, text } = found;
  const { data, findings } = readText(text, path, { options: optionTable, home, secrets: null });
  refuseProblems(findings.map(({ place, problem }) => placedSentence(place, problem)));
  if (data['sites'] === undefined)
    throw new ConfigError(wholeFile(path), 'it has no sites; write them below "sites" (docs/configuration.md)');
  const { db } = data;
  const meant = typeof db === 'string' ? pathFromFile(db, 'PATH|URL', path, home) : null;
  const used = storePath(settings, env);
  const origin = written.origin['db'];
  if (meant !== null && meant !== used && origin !== 'flag' && origin !== 'env')
    throw new UsageError(
      `${path} is for the store ${printable(meant)}, and its sites would go into ${printable(used)}; name the one that is meant with --db.`,
    );
  const sites = writtenSites(data['sites']);
  if (sites.some(({ name }) => name === everySite))
    throw new ConfigError(
      wholeFile(path),
      `no site of a store can be called "${everySite}", as --sites ${everySite} means every site; give it another name`,
    );
  const left = Object.keys(data).filter((key) => key !== 'sites');
  return { path, sites, left, relative: sites.flatMap(({ site }) => relativePaths(site)) };
}

function relativePaths({ inventories = [], credentials = [] }: NamedSite['site']): string[] {
  const passwords = credentials.map(({ password }) => password).filter((text) => /^file:\.{1,2}\//.test(text));
  return [
    ...inventories.filter((path) => !isAbsolute(path) && !win32.isAbsolute(path) && !/^~[/\\]/.test(path)),
    ...passwords,
  ];
}
