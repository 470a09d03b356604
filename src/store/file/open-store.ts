import { Kysely } from 'kysely';
import type { Clock } from '../../domain/ports/clock.js';
import { borrowedSettings, borrowSetting, settingIsBack } from '../write/borrowed.js';
import { BatchWriter } from '../write/batch-writer.js';
import { diffRuns } from '../read/diff.js';
import {
  allDeferrals,
  rememberedPhones,
  rememberWriteMethod,
  stepTimes,
  usualDuration,
  writeMethodsKnown,
} from '../read/learned.js';
import { Lives } from '../locks/life.js';
import { RunLock } from '../locks/run-lock.js';
import { bringUpToDate, migrate } from '../schema/migrate.js';
import { type Owner, type Processes, systemProcesses, thisProcess } from '../locks/owner.js';
import { pruneRuns } from '../write/prune.js';
import { findRehearsal, keepRehearsal } from '../rehearsals.js';
import { Recorder } from '../write/recorder.js';
import { makeWish, wishOf } from '../write/wishes.js';
import { beginRun, findRun, finishRun, listRuns, reopenRun, unfinishedRuns } from '../read/runs.js';
import type { StoreTables } from '../schema/tables.js';
import { SqliteFileDialect } from '../sqlite/dialect.js';
import { openSqlite, openSqliteToRead } from '../sqlite/open-sqlite.js';
import type { SqliteFile } from '../sqlite/sqlite-file.js';
import { toOpenError } from '../sqlite/sqlite-problem.js';
import type { Store } from '../store.js';
import { standingRun } from '../read/standing.js';
import { storyOf } from '../read/story.js';
import { storedReport } from '../read/stored-report.js';
import { runFigures } from '../read/figures.js';
import { heldLicenses, keepLicenses, licenseFiles } from '../read/licenses.js';
import {
  endCutOffTransfers,
  firmwareFetchedSince,
  forgetTransfers,
  keepTransfers,
  transfersSince,
} from '../read/transfers.js';
import { knownPhones, phoneHistory } from '../read/history.js';
import { eventsOf, forgetTargets, targetsOf } from '../read/targets.js';

export interface StoreOptions {
  path: string;
  clock: Clock;
  /** The running processes; this machine's, except in tests. */
  processes?: Processes;
  /** The owner of new locks; this process, except in tests. */
  owner?: Owner;
  /** The most pages (of 4 KiB) that the file may have: a full disk, for tests. */
  maxPages?: number;
  /** See `gatherMs` of the recorder; without it every intent is committed in its tick. */
  gatherMs?: number;
  /** Whether the whole file is checked first. Default: no. */
  thorough?: boolean;
  /** How long to wait for another process's write (ms). Default 5 s. */
  busyTimeoutMs?: number;
}

/** Opens a store; makes it or brings it up to date where needed. @throws StoreOpenError with a sentence for the user */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock, maxPages, busyTimeoutMs } = options;
  return storeIn(await openSqlite(options.path, clock, { maxPages, busyTimeoutMs }), options, (db, { path }) =>
    migrate(db, path),
  );
}

/**
 * Opens an existing store to read it; the right to read is enough. Only one that an older version wrote is written to, to bring it up to
 * date. @throws StoreOpenError with a sentence for the user
 */
export async function openStoreToRead(options: Pick<StoreOptions, 'path' | 'clock' | 'thorough'>): Promise<Store> {
  return storeIn(await openSqliteToRead(options.path, options.clock), options, bringUpToDate);
}

async function storeIn(
  file: SqliteFile,
  { clock, processes = systemProcesses, owner = thisProcess(processes), thorough = false, gatherMs }: StoreOptions,
  prepare: (db: Kysely<StoreTables>, file: SqliteFile) => Promise<void>,
): Promise<Store> {
  const db = new Kysely<StoreTables>({ dialect: new SqliteFileDialect(file) });
  try {
    if (thorough) file.assertSound();
    await prepare(db, file);
  } catch (error) {
    file.close();
    throw toOpenError(error, file.path);
  }
  return storeOver(db, file, owner, {
    lock: new RunLock(db, owner, processes, clock),
    lives: new Lives(owner, processes, clock),
    clock,
    gatherMs,
  });
}

function storeOver(
  db: Kysely<StoreTables>,
  file: SqliteFile,
  owner: Owner,
  { lock, lives, clock, gatherMs }: { lock: RunLock; lives: Lives; clock: Clock; gatherMs: number | undefined },
): Store {
  return {
    path: file.path,
    isCurrent: () => file.isCurrent(),
    beginRun: (run) => beginRun(db, run, owner),
    reopenRun: (id) => reopenRun(db, id, owner),
    finishRun: (id, end) => finishRun(db, id, end),
    run: (idOrPrefix) => findRun(db, idOrPrefix),
    runs: (options = {}) => listRuns(db, options),
    unfinishedRuns: () => unfinishedRuns(db),
    cutOffRuns: () => lock.cutOff(),
    recorder: (runId, { onError, locked = false }) => {
      const writer = new BatchWriter(db, runId, locked ? (trx) => lock.assertHeld(trx, runId) : undefined);
      return new Recorder({ runId, clock, onError, write: (operations) => writer.write(operations), gatherMs });
    },
    targetsOf: (runId) => targetsOf(db, runId),
    forgetTargets: (runId, keys) => forgetTargets(db, runId, keys),
    eventsOf: (runId) => eventsOf(db, runId),
    standing: (runId) => standingRun(db, runId, clock.now()),
    report: async (runId) => storedReport(db, runId, await lock.cutOff()),
    story: (report) => storyOf(db, report),
    figures: async (runId) => runFigures(db, runId, await lock.cutOff()),
    diff: (from, to) => diffRuns(db, from, to),
    wish: async (runId, wish, by) =>
      makeWish(db, runId, { wish, by, at: new Date(clock.now()).toISOString() }, await lock.cutOff()),
    wishFor: (runId) => wishOf(db, runId),
    prune: (keep) => pruneRuns(db, keep, (pages) => file.vacuum(pages)),
    durations: (profile, step) => usualDuration(db, profile, step),
    stepTimes: (profile) => stepTimes(db, profile),
    keepRehearsal: (rehearsal) => keepRehearsal(db, rehearsal),
    rehearsal: (idOrPrefix) => findRehearsal(db, idOrPrefix, file.path),
    deferrals: () => allDeferrals(db),
    writeMethodsKnown: () => writeMethodsKnown(db),
    rememberWriteMethod: (key, way) => rememberWriteMethod(db, key, way, new Date(clock.now()).toISOString()),
    phones: () => rememberedPhones(db),
    knownPhones: () => knownPhones(db),
    phoneHistory: async (mac) => phoneHistory(db, mac, await lock.cutOff()),
    licenses: () => heldLicenses(db),
    keepLicenses: (licenses) => keepLicenses(db, licenses),
    licenseFiles: (mac) => licenseFiles(db, mac),
    keepTransfers: (transfers) => keepTransfers(db, lives, transfers),
    transfersSince: (at, mac) => transfersSince(db, lives, at, mac),
    endCutOffTransfers: () => endCutOffTransfers(db, lives),
    firmwareFetchedSince: (at) => firmwareFetchedSince(db, at),
    forgetTransfers: (before) => forgetTransfers(db, before),
    borrowed: () => borrowedSettings(db),
    borrow: (setting) => borrowSetting(db, setting),
    isBack: (setting) => settingIsBack(db, setting),
    acquireRunLock: ({ runId, ...watch }) => lock.acquire(runId, watch),
    // Kysely itself has nothing to close.
    close: () => new Promise((resolve) => resolve(file.close())),
  };
}
