import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { readCredentials } from '../../../conduct/options/access/credentials.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { openLog } from '../../../conduct/monitoring/open-log.js';
import type { Given } from '../../../conduct/options/sources.js';
import { placeOf } from '../../../conduct/options/store-option.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { packageVersion } from '../../../conduct/version.js';
import { openRunAtWorker } from '../../../conduct/worker/run-at-worker.js';
import { Worker } from '../../../conduct/worker/worker.js';
import type { Log } from '../../../domain/ports/log.js';
import type { Site } from '../../../domain/network/site.js';
import { refuseProblems, UsageError } from '../../../domain/text/usage-error.js';
import { newPool } from '../../../fleet/worker/run-job.js';
import { StopControl } from '../../../fleet/stop-control.js';
import { openStore } from '../../../store/open-store.js';
import { defaultStorePath } from '../../../store/file/default-path.js';
import { isAddress } from '../../../store/place.js';
import type { Store } from '../../../store/store.js';
import { isStoreOpenError } from '../../../store/store-error.js';
import type { WorkedSite } from '../../../store/work.js';
import type { WorkerWords } from '../../options/sharing-rows.js';
import { stopOnSignals } from '../../run/signals.js';
import { say } from '../../terminal/until-stopped.js';

/** Between two tries to open a database that does not answer (ms): at first, and at most. */
const tryAgain = { firstMs: 1_000, mostMs: 30_000 };

const longestLeaseMs = 3_600_000;

/** The sites that a worker is for. @throws UsageError for one that its configuration does not have */
export function workedSites(sites: readonly Site[], { site, tag }: Pick<WorkerWords, 'site' | 'tag'>): WorkedSite[] {
  if (site.length + tag.length === 0)
    throw new UsageError('worker needs --site NAME, the site whose phones it reaches (or --tag).');
  const tagged = tag.flatMap((one) => {
    const found = sites.filter(({ tags }) => tags.includes(one));
    if (found.length === 0) throw new UsageError(`--tag ${one}: no site of the configuration file has that tag.`);
    return found;
  });
  const named = site.map((name): WorkedSite => {
    const found = sites.find((one) => one.name === name);
    // Without a configuration file its planner alone describes the site.
    if (found === undefined && sites.length > 0)
      throw new UsageError(
        `--site ${name}: the configuration file has no such site; known are ${sites.map((one) => one.name).join(', ')}.`,
      );
    return { name, subnets: found?.subnets ?? [] };
  });
  const all = [...named, ...tagged.map(({ name, subnets }) => ({ name, subnets }))];
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** `worker`: reaches the phones of its sites for runs that are planned elsewhere, until it is stopped. @throws UsageError */
export async function workerCommand(given: Given, words: WorkerWords): Promise<number> {
  const { settings, written, surroundings } = given;
  const problems = [...written.problems];
  const credentialsFor = readCredentials(settings, written, surroundings, problems);
  refuseProblems(problems);
  const sites = workedSites(written.sites, words);
  if (settings.db === null || !isAddress(settings.db))
    throw new UsageError('worker needs the database that its planner uses: name it with --db postgres://USER@HOST/DB.');
  if (words.lease > longestLeaseMs)
    throw new UsageError(
      '--lease may be an hour at most: for so long nobody else takes up the phones of a worker that died.',
    );
  const { logLevel, logFormat, logFile, logTo, quiet, reportMode } = settings;
  const log = await openLog({ logLevel, logFormat, logFile, logTo, quiet, reportMode }, process.stderr);
  const stop = new StopControl();
  const remove = stopOnSignals(stop, (text) => void process.stderr.write(`${text}\n`), process);
  try {
    const store = await openWaiting(given, words, log, stop);
    if (store === null) return exitCodes.ok;
    try {
      if (store.work === null) return exitCodes.internal;
      const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
      const pool = newPool(settings.concurrency);
      const asideIn = join(dirname(defaultStorePath(process.env)), 'aside');
      say(`Working for ${sites.map(({ name }) => name).join(', ')}; ctrl-C ends it.`);
      await new Worker({
        ...{ id, version: packageVersion(), store, work: store.work, sites, clock: systemClock, log, stop, asideIn },
        leaseMs: words.lease,
        openRun: (run) => openRunAtWorker(store, run, { id, settings, credentialsFor, pool, log, asideIn }),
      }).run();
      return exitCodes.ok;
    } finally {
      await store.close();
    }
  } finally {
    remove();
    await log.close();
  }
}

/** The store, once its database answers; `null`: the worker was stopped before. @throws UsageError for one that answers with no */
async function openWaiting(
  { settings }: Given,
  { wait }: WorkerWords,
  log: Log,
  stop: StopControl,
): Promise<Store | null> {
  const place = placeOf(settings);
  for (let ms = tryAgain.firstMs; !stop.gently.aborted; ms = Math.min(tryAgain.mostMs, ms * 2)) {
    try {
      return await openStore({ ...place, clock: systemClock });
    } catch (error) {
      if (!wait || !isStoreOpenError(error) || error.problem !== 'away') throw error;
      if (ms === tryAgain.firstMs) log.warn(`${error.message} The worker waits for it.`);
      await stop.sleep(systemClock, ms, 'gently');
    }
  }
  return null;
}
