import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { phonesOfRun, type SelectedPhones } from '../../fleet/memory/phones-of-run.js';
import { placed } from '../../config/settings/where.js';
import { runNamed } from './run-named.js';
import { isMissing, readStore, storePath } from '../options/store-option.js';
import type { Given } from '../options/sources.js';

/**
 * The phones that `--from-run` and `--only` select from the store; null without the option, or when there are none: then the problem is
 * added. Nothing is written, and no store is made.
 */
export async function selectFromRun(
  { settings, written, surroundings }: Given,
  problems: string[],
): Promise<SelectedPhones | null> {
  const { fromRun, only } = settings;
  // A store that cannot be used is told as such.
  if (fromRun === null || written.broken.has('db') || written.broken.has('only')) return null;
  const path = storePath(settings, surroundings.env);
  try {
    if (isMissing(path))
      throw new UsageError(
        `--from-run ${fromRun}: there is no store at ${path} to take it from; --db names the store of that run.`,
      );
    return await readStore({ ...settings, db: path }, async (store) =>
      phonesOfRun(store, await runNamed(store, fromRun), only.flat()),
    );
  } catch (error) {
    if (!isUsageError(error)) throw error;
    problems.push(placed('from-run', written.where['from-run']?.[0], error.message));
    return null;
  }
}
