import type { Site } from '../../domain/network/site.js';
import { asGroup, groupAt } from './key-groups.js';
import { listed } from '../settings/option.js';
import { pathFromFile } from './paths.js';
import { readCredentials, type SecretSources } from './secrets.js';

/** The sites of a checked document, with absolute paths and, where wanted, their passwords at hand. */
export function readSites(
  sites: unknown,
  configPath: string,
  { home, secrets }: { home: string; secrets: SecretSources | null },
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
        secrets === null || secrets.ofSite?.(name) === false
          ? []
          : readCredentials(credentials, secrets, { configPath, home }),
    };
  });
}

function texts(value: unknown): string[] {
  return listed(value).map((one) => String(one).trim());
}
