import { stringify } from 'yaml';
import type { ScopedCredentials, Site } from '../../domain/network/site.js';
import { byGroup, type ConfigOption, configKey } from './option.js';
import type { Origin, Settings } from './merge.js';
import { hideUserInUrl } from '../../domain/text/printable.js';

const hidden = '[secret]';

/** The effective settings, each with its origin, as YAML for `config show`. Passwords are not shown. */
export function renderEffectiveConfig(settings: Settings, options: readonly ConfigOption[]): string {
  const sections = byGroup(options).map(([group, rows]) => [`# ${group}`, ...rows.map((row) => line(row, settings))]);
  const { configPath, credentials, sites, ofStore } = settings;
  return [
    [`# ${configPath === null ? 'No configuration file was found.' : `From ${JSON.stringify(configPath)}`}`],
    ...sections,
    ...(credentials.length === 0 ? [] : [[block({ credentials: credentials.map(shownCredentials) })]]),
    ...(sites.length === 0
      ? []
      : [
          [
            ...whereSites(ofStore),
            block({ sites: Object.fromEntries(sites.map((site) => [site.name, shownSite(site)])) }),
          ],
        ]),
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** Which sites the store describes. */
function whereSites({ store, names }: Settings['ofStore']): string[] {
  return store === null || names.size === 0 ? [] : [`# From ${JSON.stringify(store)}: ${[...names].join(', ')}`];
}

function line({ name }: ConfigOption, { values, origin }: Settings): string {
  const value = values[name];
  if (value === undefined) return `# ${configKey(name)}:`;
  const text = stringify(withoutUsers(value), { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  return `${configKey(name)}: ${text}  # ${originText(origin[name] ?? 'default')}`;
}

function originText(origin: Origin): string {
  return origin.startsWith('file:') ? `line ${origin.slice('file:'.length)}` : origin;
}

function block(value: object): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

function shownSite({ name: _, limits, credentials, files, ...lists }: Site): Record<string, unknown> {
  const held = Object.entries(limits).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(held.length === 0 ? {} : { limits: Object.fromEntries(held) }),
    ...(files === null ? {} : { files: hideUserInUrl(files) }),
    ...(credentials.length === 0 ? {} : { credentials: credentials.map(shownCredentials) }),
  };
}

function shownCredentials({ username, subnets }: ScopedCredentials): Record<string, unknown> {
  return { username, password: hidden, ...(subnets.length === 0 ? {} : { subnets }) };
}

function withoutUsers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUsers);
  return typeof value === 'string' ? hideUserInUrl(value) : value;
}
