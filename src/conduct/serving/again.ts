import type { Models } from '../../domain/phone/models.js';
import { isUsageError, refuseProblems } from '../../domain/text/usage-error.js';
import type { Store } from '../../store/store.js';
import type { NamedFile } from '../check/distinct-files.js';
import { offeredProblems } from '../check/private-files.js';
import type { Aside } from '../run/aside.js';
import type { KeptRun } from '../run/kept-run.js';
import { serveForRun, type Serving } from './for-run.js';

/**
 * Starts the file server of an earlier run again, at the same port: its phones were told to fetch there.
 * @param files of this command, which may not lie in the folder
 * @returns `null` for a run that had none
 * @throws UsageError for a folder or a port that cannot be had any more
 */
export async function serveAgain(
  { settings, profile }: Pick<KeptRun, 'settings' | 'profile'>,
  store: Store,
  models: Models,
  aside: Aside,
  files: readonly NamedFile[],
): Promise<Serving | null> {
  if (settings.serve === null || profile === null) return null;
  refuseProblems(offeredProblems(settings.serve, files));
  const host = settings.files !== null && URL.canParse(settings.files) ? new URL(settings.files).hostname : null;
  return serveForRun(settings, profile, store, host, models, aside);
}

/** The same where phones under way are to be watched, whether or not there is a server: what is wrong is told, and the watch goes on. */
export async function serveAgainIfPossible(
  ...[kept, store, models, aside, files]: Parameters<typeof serveAgain>
): Promise<Serving | null> {
  try {
    return await serveAgain(kept, store, models, aside, files);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    aside.tell(`The files of this run are not served again, and phones under way may miss them. ${error.message}`);
    return null;
  }
}
