import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../domain/ports/clock.js';
import { borrowedSettings, borrowSetting, settingIsBack } from './write/borrowed.js';
import { Aside } from './write/aside.js';
import { BatchWriter } from './write/batch-writer.js';
import { diffRuns } from './read/diff.js';
import {
  allDeferrals,
  rememberedPhones,
  rememberWriteMethod,
  stepTimes,
  usualDuration,
  writeMethodsKnown,
} from './read/learned.js';
import { Lives } from './locks/life.js';
import { RunLock } from './locks/run-lock.js';
import type { Owner, Processes } from './locks/owner.js';
import { pruneRuns } from './write/prune.js';
import { findRehearsal, keepRehearsal } from './rehearsals.js';
import type { Entry, Refusals } from './write/entry.js';
import { JobRecorders } from './write/job-recorders.js';
import { recorderOf } from './write/recorder.js';
import { replaceSites, storedSites } from './sites.js';
import { makeWish, wishOf } from './write/wishes.js';
import { beginRun, findRun, finishRun, listRuns, reopenRun, unfinishedRuns } from './read/runs.js';
import type { StoreTables } from './schema/tables.js';
import type { Transact } from './transact.js';
import type { Store } from './store.js';
import type { SharedWork } from './work.js';
import { standingRun } from './read/standing.js';
import { storyOf } from './read/story.js';
import { storedReport } from './read/stored-report.js';
import { runFigures } from './read/figures.js';
import { heldLicenses, keepLicenses, licenseFiles } from './read/licenses.js';
import {
  endCutOffTransfers,
  firmwareFetchedSince,
  forgetTransfers,
  keepTransfers,
  transfersSince,
} from './read/transfers.js';
import { knownPhones, phoneHistory } from './read/history.js';
import { eventsOf, forgetTargets, targetsAt, targetsOf } from './read/targets.js';

/** What holds a store's tables: a file, or a database on a server. */
export interface Backing {
  db: Kysely<StoreTables>;
  /** Does what a run writes down, of which each writes only what is its own, beside others that do. In a file one writes at a time. */
  beside: Transact;
  /** So many numbers for events, in their order, where others write events of the same run; `null`: nobody does. */
  eventNumbers: ((trx: Transaction<StoreTables>, count: number) => Promise<number[]>) | null;
  /** As it is named to people, and with `--db`. */
  path: string;
  /** See {@link Store.isCurrent}. */
  isCurrent: () => boolean;
  /** Gives up to this many free pages back, where that is ours to do. @returns how many are still free */
  vacuum: (pages: number) => number;
  close: () => Promise<void>;
  /** What several machines share in it; `null`: a file. */
  sharing: Sharing | null;
}

/** What workers share, and what holds them back. */
export interface Sharing {
  /** @param assertPlans throws, within a transaction, where a run is not planned here any more */
  workFor: (assertPlans: (trx: Transaction<StoreTables>, run: string) => Promise<void>) => SharedWork;
  /**
   * Within what a worker writes of a run: refuses jobs that another one has (`store-lost`), and intents of those whose lease is over, or while nothing
   * may be written (`store-held`).
   */
  refusals: (trx: Transaction<StoreTables>, run: string, entries: readonly Entry[]) => Promise<Refusals>;
}

/** Who works with a store, and by which clock. */
export interface Worker {
  owner: Owner;
  processes: Processes;
  clock: Clock;
  /** See `gatherMs` of the recorder; without it every intent is committed in its tick. */
  gatherMs: number | undefined;
}

/** The store over its tables. */
export function storeOver({ db, ...backing }: Backing, { owner, processes, clock, gatherMs }: Worker): Store {
  const lock = new RunLock(db, owner, processes, clock);
  const lives = new Lives(owner, processes, clock);
  const { beside, eventNumbers } = backing;
  const alone: Transact = (work) => db.transaction().execute(work);
  const jobsWriter = (runId: string): BatchWriter =>
    new BatchWriter(db, runId, {
      ...{ alone, beside, eventNumbers },
      refusals: (trx, entries) => {
        if (backing.sharing === null) throw new Error('a file has no workers');
        return backing.sharing.refusals(trx, runId, entries);
      },
    });
  return {
    path: backing.path,
    isCurrent: () => backing.isCurrent(),
    beginRun: (run) => beginRun(db, run, owner),
    reopenRun: (id) => reopenRun(db, id, owner),
    finishRun: (id, end) => finishRun(db, id, end),
    run: (idOrPrefix) => findRun(db, idOrPrefix),
    runs: (options = {}) => listRuns(db, options),
    unfinishedRuns: () => unfinishedRuns(db),
    cutOffRuns: () => lock.cutOff(),
    recorder: (runId, { onError, onBack, locked = false, plans = false }) => {
      const writer = new BatchWriter(db, runId, {
        ...{ alone, beside, eventNumbers },
        refusals: async (trx, entries) => {
          if (locked && (plans || entries.some(({ ofIntent }) => ofIntent))) await lock.assertHeld(trx, runId);
          return new Map();
        },
      });
      return recorderOf(runId, { clock, gatherMs, onError, onBack, write: (entries) => writer.write(entries) });
    },
    jobRecorders: (runId, { asideIn }) => {
      const writer = jobsWriter(runId);
      const aside = asideIn === undefined ? undefined : new Aside(asideIn);
      return new JobRecorders(runId, { clock, gatherMs, aside, write: (entries) => writer.write(entries) });
    },
    storeAside: async (left) => {
      const run = left[0]?.taken.job.run;
      if (run === undefined) return new Set();
      const entries = left.flatMap(({ taken, operations }) =>
        operations.map((operation): Entry => ({ operation, ofIntent: false, job: taken })),
      );
      return new Set((await jobsWriter(run).write(entries)).keys());
    },
    targetsOf: (runId) => targetsOf(db, runId),
    forgetTargets: (runId, keys) => forgetTargets(db, runId, keys),
    eventsOf: (runId, mac) => eventsOf(db, runId, mac),
    targetsAt: (runId, keys) => targetsAt(db, runId, keys),
    work: backing.sharing?.workFor((trx, run) => lock.assertHeld(trx, run)) ?? null,
    standing: (runId) => standingRun(db, runId, clock.now()),
    report: async (runId) => storedReport(db, runId, await lock.cutOff()),
    story: (report) => storyOf(db, report),
    figures: async (runId) => runFigures(db, runId, await lock.cutOff()),
    diff: (from, to) => diffRuns(db, from, to),
    wish: async (runId, wish, by) =>
      makeWish(db, runId, { wish, by, at: new Date(clock.now()).toISOString() }, await lock.cutOff()),
    wishFor: (runId) => wishOf(db, runId),
    prune: (keep) => pruneRuns(db, keep, (pages) => backing.vacuum(pages)),
    durations: (profile, step) => usualDuration(db, profile, step),
    stepTimes: (profile) => stepTimes(db, profile),
    keepRehearsal: (rehearsal) => keepRehearsal(db, rehearsal),
    rehearsal: (idOrPrefix) => findRehearsal(db, idOrPrefix, backing.path),
    deferrals: () => allDeferrals(db),
    writeMethodsKnown: () => writeMethodsKnown(db),
    rememberWriteMethod: (key, way) => rememberWriteMethod(db, key, way, new Date(clock.now()).toISOString()),
    phones: () => rememberedPhones(db),
    knownPhones: () => knownPhones(db),
    phoneHistory: async (mac) => phoneHistory(db, mac, await lock.cutOff()),
    licenses: () => heldLicenses(db),
    keepLicenses: (licenses) => keepLicenses(db, licenses),
    licenseFiles: (mac) => licenseFiles(db, mac),
    sites: () => storedSites(db),
    replaceSites: (sites) => replaceSites(db, sites, new Date(clock.now()).toISOString()),
    keepTransfers: (transfers) => keepTransfers(db, lives, transfers),
    transfersSince: (at, mac) => transfersSince(db, lives, at, mac),
    endCutOffTransfers: () => endCutOffTransfers(db, lives),
    firmwareFetchedSince: (at) => firmwareFetchedSince(db, at),
    forgetTransfers: (before) => forgetTransfers(db, before),
    borrowed: () => borrowedSettings(db),
    borrow: (setting) => borrowSetting(db, setting),
    isBack: (setting) => settingIsBack(db, setting),
    acquireRunLock: ({ runId, ...watch }) => lock.acquire(runId, watch),
    close: () => backing.close(),
  };
}
