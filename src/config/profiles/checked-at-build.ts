import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { deserialize } from 'node:v8';

/** What the build made of shipped profiles, by `hashOf` the files that each was made from. */
export type CheckedProfiles = ReadonlyMap<string, unknown>;

/** One hash for these files: their texts, and their names, which a profile bears. @throws Error when one cannot be read */
export function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(basename(path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/**
 * Finds what was made of files when the command was built, one object for all who ask: reading and checking them anew took a third of a short command. `undefined`: one of
 * them was edited or is gone, or these are sources that run unbundled.
 */
export const checkedAtBuild = checkedIn(new URL('profiles.data', import.meta.url));

/** The same in a file as `scripts/build.mjs` writes it (a map that V8 has serialized); nothing where there is none that this Node can read. */
export function checkedIn(file: URL): (paths: readonly string[]) => unknown {
  let checked: CheckedProfiles | undefined;
  return (paths) => {
    checked ??= read(file);
    // Most often, as tests and scripts run unbundled.
    if (checked.size === 0) return undefined;
    try {
      return checked.get(hashOf(paths));
    } catch {
      return undefined;
    }
  };
}

function read(file: URL): CheckedProfiles {
  try {
    return deserialize(readFileSync(file)) as CheckedProfiles;
  } catch {
    return new Map();
  }
}
