import { UsageError } from '../domain/text/usage-error.js';

/**
 * The error for a run that is asked for and not there.
 * @param path the store's file, where it may be the wrong one that was asked
 */
export function noSuchRun(name: string, path: string | null = null): UsageError {
  const [store, other] = path === null ? ['the store', ''] : [`the store ${path}`, ', and --db names another store'];
  return new UsageError(`There is no run ${name} in ${store}; fleet-migrate runs lists them${other}.`);
}
