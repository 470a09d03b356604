import { stringify } from 'yaml';
import type { NamedSite } from '../../domain/network/written-site.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns } from '../plain-text.js';

/** What became of the sites of a store. */
interface Changes {
  added: readonly string[];
  changed: readonly { name: string; keys: readonly string[] }[];
  removed: readonly string[];
  unchanged: readonly string[];
}

/** What an import has changed, a line for each site, and in numbers. */
export function renderChanges({ added, changed, removed, unchanged }: Changes, store: string): string {
  const lines = alignColumns([
    ...added.map((name) => ['added', name, '']),
    ...changed.map(({ name, keys }) => ['changed', name, keys.join(', ')]),
    ...removed.map((name) => ['removed', name, '']),
    ...unchanged.map((name) => ['unchanged', name, '']),
  ]);
  const now = added.length + changed.length + unchanged.length;
  const numbers = `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged.length} unchanged`;
  const has = now === 0 ? 'no sites' : now === 1 ? '1 site' : `${now} sites`;
  return `${[...lines, ...(lines.length > 0 ? [''] : []), `${printable(store)} has ${has} now: ${numbers}.`].join('\n')}\n`;
}

/** The sites of a store as a configuration file would have them, which can be imported again. */
export function renderSites(sites: readonly NamedSite[], store: string): string {
  const text = stringify({ sites: Object.fromEntries(sites.map(({ name, site }) => [name, site])) }, { lineWidth: 0 });
  const of = sites.length === 0 ? 'No sites yet in' : 'Sites of';
  return `# ${of} ${printable(store)} (fleet-migrate sites import FILE replaces all of them)\n${text}`;
}

/** The same in JSON, schema `fleet-migrate/sites@1`. */
export function renderSitesJson(sites: readonly (NamedSite & { changedAt: string })[]): string {
  const document = {
    schema: 'fleet-migrate/sites@1',
    sites: sites.map(({ name, changedAt, site }) => ({ name, changedAt, ...site })),
  };
  return `${safeJson(document, 2)}\n`;
}
