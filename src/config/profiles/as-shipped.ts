import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { type ProfileFor, profileFinder } from '../../domain/report/moves.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { checkedAtBuild, type CheckedProfiles, hashOf } from './checked-at-build.js';
import { shippedMigrationsDir, shippedPhonesDir, shippedProfilesDir } from './shipped.js';

// What reads and checks files is only loaded where a file is not as it was shipped.

/** Data made from shipped files. */
interface MadeFrom<T> {
  paths: readonly string[];
  make: () => Promise<T>;
}

const modelsPath = join(shippedProfilesDir(), 'models.yaml');

const models: MadeFrom<Models> = {
  paths: [modelsPath],
  make: async () => (await import('./models/read.js')).loadModels(),
};

const phones: MadeFrom<PhoneProfiles> = {
  paths: ['multiplatform.yaml', 'enterprise.yaml'].map((name) => join(shippedPhonesDir(), name)),
  make: async () => (await import('./phone-pages.js')).loadPhoneProfiles(shippedPhonesDir()),
};

const unifiedCm: MadeFrom<UcmKnowledge> = {
  paths: [join(shippedProfilesDir(), 'unified-cm.yaml'), modelsPath],
  make: async () => (await import('./unified-cm.js')).loadUnifiedCm(await shippedModels()),
};

const migration = (name: string): MadeFrom<MigrationProfile> => ({
  // What is wrong with it depends on the models.
  paths: [join(shippedMigrationsDir(), `${name}.yaml`), modelsPath],
  make: async () =>
    (await import('./migration-profile.js')).loadMigrationProfile(name, { models: await shippedModels() }),
});

/** Which models may move and what they need first. @throws ConfigError */
export const shippedModels = (): Promise<Models> => read(models);

/** What is known of Unified CM. @throws ConfigError */
export const shippedUnifiedCm = (): Promise<UcmKnowledge> => read(unifiedCm);

/** How phones' pages read. @param added a folder of a user's own, see `loadPhoneProfiles`; `null`: none. @throws ConfigError */
export async function phoneProfiles(added: string | null): Promise<PhoneProfiles> {
  if (added === null) return read(phones);
  return (await import('./phone-pages.js')).loadPhoneProfiles(shippedPhonesDir(), added);
}

/** A migration profile, as `loadMigrationProfile` finds it. @throws UsageError @throws ConfigError */
export async function migrationProfile(nameOrFile: string): Promise<MigrationProfile> {
  if (/^[\w-]+$/.test(nameOrFile)) return read(migration(nameOrFile));
  return (await import('./migration-profile.js')).loadMigrationProfile(nameOrFile, { models: await shippedModels() });
}

/** Which shipped profile moves a phone; `null` where they cannot be read: what a run has found is shown anyway. */
export async function shippedMoves(): Promise<ProfileFor | null> {
  try {
    const files = readdirSync(shippedMigrationsDir()).filter((name) => name.endsWith('.yaml'));
    const profiles = await Promise.all(files.map((name) => read(migration(basename(name, '.yaml')))));
    return profileFinder(profiles, await shippedModels());
  } catch {
    return null;
  }
}

async function read<T>({ paths, make }: MadeFrom<T>): Promise<T> {
  // The build has made it by the same function; a file that was edited since is made anew.
  return (checkedAtBuild(paths) as T | undefined) ?? (await make());
}

/** For the build: all of them, made anew. @throws ConfigError for the first that is not good */
export async function allShipped(): Promise<CheckedProfiles> {
  const { listMigrationProfiles } = await import('./migration-profile.js');
  const names = listMigrationProfiles().map(({ name }) => name);
  const all: MadeFrom<unknown>[] = [models, phones, unifiedCm, ...names.map(migration)];
  const made = new Map<string, unknown>();
  for (const { paths, make } of all) made.set(hashOf(paths), await make());
  return made;
}
