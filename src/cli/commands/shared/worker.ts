import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { type Chooser, sitesNamed, unknownChoice } from '../../../config/file/checks/site-choice.js';
import { missed } from '../../../config/sites/choice.js';
import type { SitesOfStore } from '../../../config/sites/of-store.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { openLog } from '../../../conduct/monitoring/open-log.js';
import type { Given } from '../../../conduct/options/sources.js';
import { placeOf } from '../../../conduct/options/store-option.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { packageVersion } from '../../../conduct/version.js';
import { keptRun } from '../../../conduct/run/kept-run.js';
import { openRunAtWorker } from '../../../conduct/worker/run-at-worker.js';
import { Worker } from '../../../conduct/worker/worker.js';
import type { Log } from '../../../domain/ports/log.js';
import type { Site } from '../../../domain/network/site.js';
import { isUsageError, UsageError } from '../../../domain/text/usage-error.js';
import { newPool } from '../../../fleet/worker/run-job.js';
import { StopControl } from '../../../fleet/stop-control.js';
import { openStore } from '../../../store/open-store.js';
import { defaultStorePath } from '../../../store/file/default-path.js';
import { isAddress } from '../../../store/place.js';
import type { Store } from '../../../store/store.js';
import { isStoreAway, isStoreOpenError } from '../../../store/store-error.js';
import type { WorkedSite } from '../../../store/work.js';
import type { WorkerWords } from '../../options/sharing-rows.js';
import { stopOnSignals } from '../../run/signals.js';
import { credentialsIn, PasswordsNow } from './passwords-now.js';
import { say } from '../../terminal/until-stopped.js';

/** Between two tries to open a database that does not answer (ms): at first, and at most. */
const tryAgain = { firstMs: 1_000, mostMs: 30_000 };

const longestLeaseMs = 3_600_000;

/** What is described of sites, and where. */
type Described = Pick<Given['written'], 'sites' | 'ofStore' | 'configPath'>;

/** The names of sites of runs that have not ended: those have the sites that they began with, whatever is described by now. */
async function sitesOfRuns(store: Store): Promise<ReadonlySet<string>> {
  const names = (await store.unfinishedRuns()).flatMap((run) => {
    try {
      return keptRun(run).sites.map(({ name }) => name);
    } catch (error) {
      if (isUsageError(error)) return [];
      throw error;
    }
  });
  return new Set(names);
}

/** The sites that a worker is for. @param ofRuns names of sites that runs still have @throws UsageError for one that neither its configuration nor the store has */
export function workedSites(
  { sites, ofStore, configPath }: Described,
  { site, tag }: Pick<WorkerWords, 'site' | 'tag'>,
  ofRuns: ReadonlySet<string> = new Set(),
): WorkedSite[] {
  const found = (chooser: Chooser, name: string): readonly Site[] => {
    const all = sitesNamed(chooser, name, sites);
    // Where none are described, its planner alone does it.
    if (all.length > 0 || (chooser === 'site' && (sites.length === 0 || ofRuns.has(name)))) return all;
    const problem = `--${chooser} ${name}: ${unknownChoice(chooser, name, sites)}`;
    throw new UsageError(missed(problem, { path: configPath, store: ofStore.store }));
  };
  const tagged = tag.flatMap((one) => found('tag', one).map(({ name }) => name));
  for (const name of site) found('site', name);
  return [...new Set([...site, ...tagged])].map((name) => {
    const own = sites.find((one) => one.name === name);
    // Those of the store are the same for its planner.
    return { name, subnets: own === undefined || ofStore.names.has(name) ? [] : own.subnets };
  });
}

/**
 * `worker`: reaches the phones of its sites for runs that are planned elsewhere, until it is stopped.
 * @param give the settings, once the store has told which sites it has
 * @throws UsageError
 */
export async function workerCommand(
  given: Given,
  words: WorkerWords,
  give: (sites: SitesOfStore) => Promise<Given>,
): Promise<number> {
  const { settings } = given;
  if (words.site.length + words.tag.length === 0)
    throw new UsageError('worker needs --site NAME, the site whose phones it reaches (or --tag).');
  // What is wrong here need not wait for the database.
  credentialsIn(given);
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
    const place = placeOf(settings);
    const store = await onceItAnswers(() => openStore({ ...place, clock: systemClock }), words, log, stop);
    if (store === null) return exitCodes.ok;
    try {
      if (store.work === null) return exitCodes.internal;
      const passwords = new PasswordsNow(store, give, log);
      const described = async (): Promise<WorkedSite[]> =>
        workedSites((await passwords.first()).written, words, await sitesOfRuns(store));
      const sites = await onceItAnswers(described, words, log, stop);
      if (sites === null) return exitCodes.ok;
      const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
      const pool = newPool(settings.concurrency);
      const asideIn = join(dirname(defaultStorePath(process.env)), 'aside');
      say(`Working for ${sites.map(({ name }) => name).join(', ')}; ctrl-C ends it.`);
      await new Worker({
        ...{ id, version: packageVersion(), store, work: store.work, sites, clock: systemClock, log, stop, asideIn },
        leaseMs: words.lease,
        openRun: async (run) => {
          const credentialsFor = await passwords.forRun();
          return openRunAtWorker(store, run, { id, settings, credentialsFor, pool, log, asideIn });
        },
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

/** What a database is asked for, once it answers; `null`: the worker was stopped before. @throws UsageError for one that answers with no */
async function onceItAnswers<T>(
  ask: () => Promise<T>,
  { wait }: WorkerWords,
  log: Log,
  stop: StopControl,
): Promise<T | null> {
  for (let ms = tryAgain.firstMs; !stop.gently.aborted; ms = Math.min(tryAgain.mostMs, ms * 2)) {
    try {
      return await ask();
    } catch (error) {
      if (!wait || !(isStoreAway(error) || (isStoreOpenError(error) && error.problem === 'away'))) throw error;
      if (ms === tryAgain.firstMs) log.warn(`${error.message} The worker waits for it.`);
      await stop.sleep(systemClock, ms, 'gently');
    }
  }
  return null;
}
