import { statSync } from 'node:fs';
import { isPhonePagesFile, lintAddedPages } from '../../config/profiles/added-pages.js';
import { loadPhoneProfiles } from '../../config/profiles/phone-pages.js';
import { shippedPhonesDir } from '../../config/profiles/shipped.js';
import { UsageError } from '../../domain/text/usage-error.js';
import {
  lintMigrationProfile,
  listMigrationProfiles,
  loadMigrationProfile,
} from '../../config/profiles/migration-profile.js';
import { loadModels } from '../../config/profiles/models/read.js';
import { renderProfile } from '../../config/profiles/render-profile.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { writeOut } from '../terminal/write-out.js';

/** `profiles list`: the profiles that come with the tool. */
export async function profilesList(): Promise<number> {
  const profiles = listMigrationProfiles();
  const width = Math.max(...profiles.map(({ name }) => name.length));
  await writeOut(
    process.stdout,
    profiles.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`),
  );
  return exitCodes.ok;
}

/** `profiles show NAME`: one profile with all its defaults. @throws UsageError */
export async function profilesShow(name: string): Promise<number> {
  await writeOut(process.stdout, [renderProfile(loadMigrationProfile(name))]);
  return exitCodes.ok;
}

/** `profiles lint FILE|DIR…`: every problem of these migration profiles and phone profiles. Exit code 2 when there is an error. */
export async function profilesLint(files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new UsageError('profiles lint needs the files to check, such as my-profile.yaml.');
  const models = loadModels();
  let errors = 0;
  for (const file of files) {
    const problems = isOfPhones(file)
      ? lintAddedPages(loadPhoneProfiles(shippedPhonesDir()), file).map(
          (text) => ({ severity: 'error', text }) as const,
        )
      : lintMigrationProfile(file, models);
    errors += problems.filter(({ severity }) => severity === 'error').length;
    await writeOut(
      process.stdout,
      problems.length === 0 ? [`${file}: good\n`] : problems.map(({ severity, text }) => `${severity}: ${text}\n`),
    );
  }
  return errors > 0 ? exitCodes.usage : exitCodes.ok;
}

/** A folder holds phone profiles; of a file its name says so. */
function isOfPhones(path: string): boolean {
  return isPhonePagesFile(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}
