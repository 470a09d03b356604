import type { SitesOfStore } from '../../../config/sites/of-store.js';
import { type CredentialsFor, readCredentials } from '../../../conduct/options/access/credentials.js';
import type { Given } from '../../../conduct/options/sources.js';
import type { Log } from '../../../domain/ports/log.js';
import { isUsageError, refuseProblems } from '../../../domain/text/usage-error.js';
import type { Store } from '../../../store/store.js';

/** The passwords of a worker's sites. @throws UsageError with what is wrong with the settings, and each that cannot be read */
export function credentialsIn({ settings, written, surroundings }: Given): CredentialsFor {
  const problems = [...written.problems];
  const credentialsFor = readCredentials(settings, written, surroundings, problems);
  refuseProblems(problems);
  return credentialsFor;
}

/** The passwords as the configuration and the store have them now: sites may be imported anew while a worker is there. */
export class PasswordsNow {
  #imported = '';
  #last: CredentialsFor = () => [];

  constructor(
    private readonly store: Store,
    private readonly give: (sites: SitesOfStore) => Promise<Given>,
    private readonly log: Log,
  ) {}

  /** The settings with the sites of the store. @throws UsageError with what is wrong with them */
  async first(): Promise<Given> {
    const sites = await this.store.sites();
    const given = await this.give({ store: this.store.path, sites });
    this.#last = credentialsIn(given);
    this.#imported = JSON.stringify(sites);
    return given;
  }

  /** For a run that begins: those that it had go on where something is wrong with the new ones. */
  async forRun(): Promise<CredentialsFor> {
    const sites = await this.store.sites();
    if (JSON.stringify(sites) === this.#imported) return this.#last;
    try {
      await this.first();
    } catch (error) {
      if (!isUsageError(error)) throw error;
      this.log.warn(`The sites were imported anew, and cannot be used here: ${error.message}`);
    }
    return this.#last;
  }
}
