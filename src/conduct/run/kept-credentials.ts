import type { KeptSite } from '../../config/settings/kept.js';
import { join } from 'node:path';
import { readCredentials as readListed, unresolvedSecrets } from '../../config/file/secrets.js';
import { isAllButCredentialsOpen } from '../../config/sites/both.js';
import { shareAddresses } from '../../config/sites/needed.js';
import { type CredentialsFor, readCredentials } from '../options/access/credentials.js';
import type { Given } from '../options/sources.js';

/**
 * The passwords for an earlier run: of the sites that are described now, and of those that its store described when it began, where that run
 * found them then. What the store says of sites by now does not matter. Passwords that cannot be read are added to `problems`.
 */
export function credentialsOfRun(
  { settings, written, surroundings }: Given,
  kept: readonly KeptSite[],
  problems: string[],
): CredentialsFor {
  const { sites } = written;
  const isNew = (site: KeptSite): boolean => sites.every((one) => one.name !== site.name && !shareAddresses(one, site));
  const { env, readFile, home, cwd } = surroundings;
  // What is kept of a run is absolute.
  const from = { configPath: join(cwd, 'command-line'), home };
  const ofStore = kept.filter((site) => site.references !== undefined && isNew(site));
  for (const { name, references: credentials } of ofStore)
    for (const { problem } of unresolvedSecrets({ credentials }, { env, readFile }, from))
      problems.push(`The site ${name} of the run: ${problem}.`);
  // An entry that says no more than how one signs in is of the addresses that the run has.
  const completed = sites.map((own) => {
    const ofRun = kept.find(({ name }) => name === own.name);
    return ofRun !== undefined && isAllButCredentialsOpen(own) ? { ...ofRun, credentials: own.credentials } : own;
  });
  const restored = ofStore.map(({ references, ...site }) => ({
    ...site,
    credentials: readListed(references, { env, readFile }, from),
  }));
  return readCredentials(settings, { ...written, sites: [...completed, ...restored] }, surroundings, problems);
}
