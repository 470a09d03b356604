import { configKey, listed } from '../../settings/option.js';
import { credentialsSchema, limitsSchema, siteSchema } from '../schema.js';
import { nearMiss } from '../../../domain/text/near-miss.js';
import type { KeyPath, PathProblem } from '../../yaml/position.js';
import { asGroup, groupAt, isGroup } from '../key-groups.js';

const siteKeys = Object.keys(siteSchema.shape);
const limitKeys = Object.keys(limitsSchema.shape);
const credentialKeys = Object.keys(credentialsSchema.shape);

/** Every unknown key, with the one that was probably meant. `topKeys` are those of the file's outermost level. */
export function unknownKeys(data: object, topKeys: readonly string[]): PathProblem[] {
  const sites = Object.entries(groupAt(data, 'sites'));
  return [
    ...unknownIn(data, [], topKeys, 'docs/configuration.md lists all keys'),
    ...unknownInCredentials(data, []),
    ...sites.flatMap(([name, site]) => {
      const path = ['sites', name];
      return [
        ...unknownIn(site, path, siteKeys),
        ...unknownIn(groupAt(site, 'limits'), [...path, 'limits'], limitKeys),
        ...unknownInCredentials(site, path),
      ];
    }),
  ];
}

function unknownInCredentials(group: unknown, path: KeyPath): PathProblem[] {
  return listed(asGroup(group)['credentials']).flatMap((entry, at) =>
    unknownIn(entry, [...path, 'credentials', at], credentialKeys),
  );
}

function unknownIn(
  group: unknown,
  path: KeyPath,
  known: readonly string[],
  where = `known are ${known.join(', ')}`,
): PathProblem[] {
  if (!isGroup(group)) return [];
  return Object.keys(group)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = meantBy(key, path, known);
      return { path: [...path, key], problem: `unknown key, ${meant === null ? where : `did you mean ${meant}?`}` };
    });
}

/** Also `http-port` for httpPort, `subnet` for subnets and `inventories` for inventory, and a limit left beside `limits`. */
function meantBy(key: string, path: KeyPath, known: readonly string[]): string | null {
  const spellings = [
    configKey(key),
    key.replace(/s$/, ''),
    key.replace(/ies$/, 'y'),
    `${key}s`,
    key.replace(/y$/, 'ies'),
  ];
  const spelled = spellings.find((spelling) => known.includes(spelling)) ?? nearMiss(configKey(key), known);
  if (spelled !== null && spelled !== undefined) return JSON.stringify(spelled);
  if (/^pass(?:word|wd|phrase)?$/i.test(key)) return '"password" in an entry of "credentials"';
  if (path.length === 0 && /^ucm-?pass(?:word|wd|phrase)?$/i.test(key)) return '"ucmPasswordEnv" or "ucmPasswordFile"';
  const limit = path.length === 2 ? nearMiss(key, limitKeys) : null;
  return limit === null ? null : `"${limit}" below "limits"`;
}
