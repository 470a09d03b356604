import type { Site } from '../../domain/network/site.js';
import type { NamedSite, WrittenCredentials, WrittenSite } from '../../domain/network/written-site.js';
import { asGroup, groupAt } from './key-groups.js';
import { listed } from '../settings/option.js';
import { pathFromFile } from './paths.js';
import { readCredentials, type SecretSources, usernameOf } from './secrets.js';

/** The sites of a checked document, with absolute paths and, where wanted, their passwords at hand. */
export function readSites(
  sites: unknown,
  configPath: string,
  {
    home,
    secrets,
    keepsReferences = false,
  }: { home: string; secrets: SecretSources | null; keepsReferences?: boolean },
): Site[] {
  return Object.entries(asGroup(sites)).map(([name, body]): Site => {
    const { subnets, targets, inventories, tags, files, credentials } = asGroup(body);
    const { maxUpgrading, window, timeZone } = groupAt(body, 'limits');
    return {
      name,
      subnets: texts(subnets),
      targets: texts(targets),
      inventories: texts(inventories).map((path) => pathFromFile(path, 'FILE', configPath, home)),
      tags: texts(tags),
      limits: {
        maxUpgrading: typeof maxUpgrading === 'number' ? maxUpgrading : null,
        window: texts(window),
        timeZone: typeof timeZone === 'string' ? timeZone : null,
      },
      files: typeof files === 'string' ? files : null,
      credentials:
        secrets === null || secrets.ofSite?.(name, texts(tags)) === false
          ? []
          : readCredentials(credentials, secrets, { configPath, home, keepsReferences }),
    };
  });
}

/** The sites of a checked document as they were written, each list a list, and without what says nothing. */
export function writtenSites(sites: unknown): NamedSite[] {
  return Object.entries(asGroup(sites)).map(([name, body]) => {
    const { files, credentials } = asGroup(body);
    const { maxUpgrading, window, timeZone } = groupAt(body, 'limits');
    const limits = {
      ...(typeof maxUpgrading === 'number' ? { maxUpgrading } : {}),
      ...listAt({ window }, 'window'),
      ...(typeof timeZone === 'string' ? { timeZone } : {}),
    };
    const ways = listed(credentials).map((one): WrittenCredentials => {
      const { username, password } = asGroup(one);
      return {
        ...(username === undefined ? {} : { username: usernameOf(username) }),
        password: String(password),
        ...listAt(one, 'subnets'),
      };
    });
    const site: WrittenSite = {
      ...listAt(body, 'subnets'),
      ...listAt(body, 'targets'),
      ...listAt(body, 'inventories'),
      ...listAt(body, 'tags'),
      ...(Object.keys(limits).length === 0 ? {} : { limits }),
      ...(typeof files === 'string' ? { files: files.trim() } : {}),
      ...(ways.length === 0 ? {} : { credentials: ways }),
    };
    return { name, site };
  });
}

type ListAt<Key extends string> = Partial<Record<Key, readonly string[]>>;

function listAt<Key extends string>(group: unknown, key: Key): ListAt<Key> {
  const list = texts(asGroup(group)[key]);
  const at: ListAt<Key> = {};
  if (list.length > 0) at[key] = list;
  return at;
}

function texts(value: unknown): string[] {
  return listed(value).map((one) => String(one).trim());
}
