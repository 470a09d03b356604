import { packagePath } from '../../package-files.js';

/** The folder of the shipped profiles. */
export function shippedProfilesDir(): string {
  return packagePath('profiles');
}

/** The folder that says how phones' pages read. */
export function shippedPhonesDir(): string {
  return packagePath('profiles/phones');
}

/** The folder of the migration profiles that come with the package. */
export function shippedMigrationsDir(): string {
  return packagePath('profiles/migrations');
}
