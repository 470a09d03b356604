import { printable } from '../../domain/text/printable.js';
import { isAddress } from '../../store/place.js';
import type { Given } from '../options/sources.js';

/** What a run with workers cannot do (yet), by the option that asks for it. */
const notShared: readonly (readonly [name: string, why: string])[] = [
  ['ucm', 'phones of a Unified CM are moved by a run of its own'],
  [
    'serve',
    'phones take their files from servers that they reach from their sites: name one with --files, or one a site in the configuration file',
  ],
  ['set-initial-password', 'workers give no first passwords'],
  ['enable-web-access', 'workers do not speak to Unified CM'],
  ['limit', 'its phones are divided among workers before they are read'],
];

/** Why workers cannot be given this run, one sentence each. */
export function sharedProblems({ settings, written }: Given): string[] {
  const { db } = settings;
  const problems: string[] = [];
  if (db === null || !isAddress(db))
    problems.push('--sites needs a database that its workers share: name it with --db postgres://USER@HOST/DB.');
  if (written.sites.length === 0 && !written.broken.has('sites'))
    problems.push(
      written.ofStore.store === null
        ? '--sites needs sites, and the configuration file describes none; docs/configuration.md shows how.'
        : `--sites needs sites, and neither a configuration file nor ${printable(written.ofStore.store)} has any; write them into a file (docs/configuration.md), and import it there for all machines: fleet-migrate sites import FILE.`,
    );
  for (const name of ['subnet', 'target', 'inventory', 'from-run', 'tag'])
    if (written.where[name]?.some(({ from }) => from === 'flag' || from === 'env'))
      problems.push(`--${name} cannot be combined with --sites: its targets are those of the sites.`);
  for (const [name, why] of notShared) {
    const value = written.values[name];
    if (value !== undefined && value !== false) problems.push(`--${name} cannot be combined with --sites: ${why}.`);
  }
  return problems;
}
