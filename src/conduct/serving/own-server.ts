import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { placed } from '../../config/settings/where.js';
import type { TargetSource } from '../../fleet/run/assemble.js';
import type { Store } from '../../store/store.js';
import type { Given } from '../options/sources.js';
import type { Aside } from '../run/aside.js';
import { hostForPhones, serveForRun, type Serving } from './for-run.js';

/** The run's own file server, and what follows from it. */
export interface OwnServer {
  serving: Serving | null;
  /** What phones are told instead of `--files`; `null`: nothing else. */
  files: string | null;
  /** What a resume has to find as it is now. */
  keptToo: Record<string, string | number>;
}

/** Starts the run's own file server if it is to have one. @throws UsageError */
export async function startServing(
  { settings, written }: Given,
  profile: MigrationProfile,
  targets: TargetSource,
  { store, models, aside }: { store: Store; models: Models; aside: Aside },
): Promise<OwnServer> {
  const where = written.where['serve']?.[0];
  try {
    const host = settings.files === null ? await hostForPhones(settings, targets) : null;
    const serving = await serveForRun(settings, profile, store, host, models, aside);
    const files = host === null ? null : `http://${host}:${serving.httpPort}`;
    if (files !== null) aside.say(`Phones are told to fetch from ${files}.`);
    const keptToo = {
      'serve-http-port': serving.httpPort,
      ...(serving.tftpPort === null ? {} : { 'serve-tftp-port': serving.tftpPort }),
      ...(files === null ? {} : { files }),
    };
    return { serving, files, keptToo };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    throw new UsageError(placed('serve', where, error.message), { cause: error });
  }
}
