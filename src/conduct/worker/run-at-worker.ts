import { phoneProfiles, shippedModels } from '../../config/profiles/as-shipped.js';
import type { Log } from '../../domain/ports/log.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { assembleRun, type FleetSettings, openRunTargets } from '../../fleet/run/assemble.js';
import { storedMethods } from '../../fleet/memory/write-methods.js';
import { knownDurations } from '../../fleet/run/run-with-store.js';
import { type RunAtWorker, runAtWorker } from '../../fleet/worker/run-job.js';
import { openPhoneLocks } from '../../store/locks/phones/open-phone-locks.js';
import type { Store } from '../../store/store.js';
import { fleetSettings } from '../options/fleet-settings.js';
import { settingsServerFor } from '../options/serve-at.js';
import type { RunSettings } from '../options/table.js';
import { keptRun } from '../run/kept-run.js';
import { logEvent } from '../run/log-event.js';
import { fetchedFrom } from '../serving/fetched.js';
import { systemClock } from '../system-clock.js';

/** What a worker brings to every run: what is its own, and that of its site. */
export interface OwnOfWorker {
  id: string;
  settings: RunSettings;
  /** The passwords of its sites; those of others it does not have. */
  credentialsFor: FleetSettings['credentialsFor'];
  pool: RunAtWorker['pool'];
  log: Log;
  /** The folder of what could not be stored yet. */
  asideIn: string;
}

/** A run at a worker, and what ends it there. */
export interface OpenedRun {
  run: RunAtWorker;
  /** Says that phones which it has locked on this machine are still worked on. */
  beat: () => void;
  close: () => Promise<void>;
}

/** What of a run is this machine's own: files, passwords, and how much is done at once. */
const own = [
  'ca',
  'concurrency',
  'probeConcurrency',
  'phoneProfiles',
  'serveAt',
  'username',
  'passwordEnv',
  'passwordFile',
  'tryPasswords',
] as const;

/** Sets up a run at a worker from what is on record of it. @throws UsageError where that cannot be done here */
export async function openRunAtWorker(
  store: Store,
  runId: string,
  { id, settings: said, credentialsFor, pool, log, asideIn }: OwnOfWorker,
): Promise<OpenedRun> {
  const row = await store.run(runId);
  if (row === null) throw new UsageError(`There is no run ${runId} in the store any more.`);
  const kept = keptRun(row);
  const ours = Object.fromEntries(own.map((name) => [name, said[name]])) as Pick<RunSettings, (typeof own)[number]>;
  const beside = {
    profile: kept.profile,
    sites: kept.sites,
    credentialsFor,
    ucmCredentials: null,
    confirmed: false,
    ofRun: null,
  };
  // Its lists of phones lie where it was planned; the targets of a job are in the job.
  const settings = await fleetSettings({ ...kept.settings, ...ours, inventory: [], exclude: [], limit: null }, beside);
  const scopes = kept.sites.flatMap(({ subnets }) => subnets);
  const targets = await openRunTargets(
    {
      targets: {
        ...settings.targets,
        subnets: scopes,
        targets: [],
        inventories: [],
        excludes: [],
        maxTargets: Number.MAX_SAFE_INTEGER,
      },
    },
    systemClock,
    { looksUp: false },
  );
  const models = await shippedModels();
  const offers = await settingsServerFor(settings, 1, log);
  const locks = await openPhoneLocks({
    folder: said.lockFolder,
    runId: `${runId} (worker ${id})`,
    clock: systemClock,
  }).catch(async (error: unknown) => {
    await offers?.close();
    throw error;
  });
  const methods = await storedMethods(store, log);
  const context = assembleRun(settings, targets, {
    ...{ models, phoneProfiles: await phoneProfiles(settings.phoneProfiles), clock: systemClock, random: Math.random },
    // A server at the site may have told the store what its phones fetch.
    ...{ log, offers, methodMemory: methods, ucm: null, fetched: fetchedFrom(store, null) },
    notify: (event) => logEvent(log, event),
  });
  const durations = await knownDurations(store, context.options.profile);
  const recorders = store.jobRecorders(runId, { asideIn });
  const deferrals = new Map((await store.deferrals()).map(({ mac, ...deferral }) => [mac, deferral]));
  return {
    run: runAtWorker({
      id: runId,
      store,
      context: { ...context, ...durations },
      pool,
      phoneLocks: locks,
      deferrals,
      recorders,
    }),
    beat: () => locks.heartbeat(),
    close: async () => {
      await recorders.close();
      await methods.settled();
      await offers?.close();
      locks.close();
    },
  };
}
