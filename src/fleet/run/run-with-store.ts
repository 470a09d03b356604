import type { Log } from '../../domain/ports/log.js';
import { siteOf } from '../../domain/network/site.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { type StepName, stepNames } from '../../domain/plan/plan.js';
import { mayBeResumed } from '../../domain/failures/failure-codes.js';
import type { RunReport, RunStart } from '../../domain/report/report.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { Recorder } from '../../store/write/recorder.js';
import type { Store } from '../../store/store.js';
import type { UsualDuration } from '../../store/read/learned.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import type { UcmAtWork } from '../unified-cm/ucm-at-work.js';
import { type WebAccess, webAccessLeft, webAccessOf } from '../unified-cm/web-access.js';
import type { RunRow } from '../../store/store-rows.js';
import type { RunContext } from '../context.js';
import { type RunHooks, runFleet } from './run-fleet.js';
import { type PreviousRun, previousRun } from '../memory/resume.js';
import { heedWishes } from './heed-wishes.js';
import { keepProgress } from './keep-progress.js';
import { onceStoreAnswers, StoreOutage } from './store-outage.js';
import { keepBeating, type RunLocks, takeRunLocks } from './run-locks.js';
import { PauseControl } from '../pause-control.js';
import type { StopControl } from '../stop-control.js';
import type { Window } from '../pacing/window/window.js';
import type { RunMemory } from '../memory/memory.js';
import { storeMemory, type StoreMemoryParts } from '../memory/store-memory.js';

/** A run that is recorded in a store. */
export interface StoredRun {
  store: Store;
  summary: RunStart;
  /** What a resume needs to set the run up again, as JSON. */
  settings: unknown;
  /** On resume: the run as it is in the store. */
  resumes: RunRow | null;
  context: Omit<RunContext, 'memory' | 'usually'>;
  /** The folder of the phone locks; `null`: the usual one of this machine. */
  lockFolder: string | null;
  stop: StopControl;
  hooks: RunHooks;
  exitCodeOf: (report: RunReport) => number;
  /** On resume: untouched phones end with the interrupted run, instead of being planned anew. */
  abandonUntouched: boolean;
}

/** The stop reason of a run that lost its store. */
const storeIsBroken = 'the store cannot be written';

/** With fewer proven steps than this, the fleet's own history says too little. */
const enoughHistory = 5;

/**
 * Runs with everything recorded in the store as it happens. A run that may write holds the store's run lock until it ends.
 * @throws UsageError if another run has the store
 */
export async function runStored(run: StoredRun): Promise<RunReport> {
  const { store, context, resumes } = run;
  const { clock, log, options } = context;
  const runId = run.summary.id;
  const { ucm = null } = context;
  const writes = (options.profile !== null && !options.dryRun) || (ucm?.webAccess.isAllowed ?? false);
  const locks = writes ? await beforeAnyPhone(locksFor(run)) : null;
  const heart = locks ? keepBeating(locks, clock, log, (error) => lostLocks(error, log, run.stop)) : null;
  const pause = new PauseControl(clock);
  const outage = new StoreOutage({
    ...{ pause, clock, log },
    onTooLong: (error) => storeTrouble(error, log, run.stop),
    // Others may have taken it for dead meanwhile.
    onBack: () => heart?.beat(),
  });
  let recorder: Recorder | null = null;
  let stopTelling = (): void => {};
  let stopHeeding = (): void => {};
  try {
    const startedAt = resumes?.startedAt ?? new Date(clock.now()).toISOString();
    const begun = { startedAt, summary: run.summary, settings: run.settings };
    await beforeAnyPhone(resumes ? store.reopenRun(runId) : store.beginRun(begun));
    recorder = store.recorder(runId, {
      onError: (error) => (isStoreAway(error) ? outage.goesOn(error) : storeTrouble(error, log, run.stop)),
      onBack: () => outage.over(),
      ...{ locked: locks !== null, plans: context.workers !== undefined },
    });
    const { workers } = context;
    const planned = {
      ...{ id: runId, isResumed: resumes !== null, isLocked: locks !== null },
      sites: options.sites.map(({ name }) => name),
    };
    await beforeAnyPhone(workers?.begin(planned, run.stop) ?? Promise.resolve());
    const memory = besideWorkers(workers, {
      recorder,
      profile: options.profile?.name ?? null,
      models: context.models,
      ucm: context.ucm ?? null,
      clock,
      random: context.random,
      // Workers lock the phones that they write to.
      phoneLocks: workers ? null : (locks?.phones ?? null),
      deferrals: new Map((await beforeAnyPhone(store.deferrals())).map(({ mac, ...deferral }) => [mac, deferral])),
    });
    const full: RunContext = {
      ...{ ...context, pause },
      ...(ucm ? { webAccess: writes ? webAccessIn(run, ucm, pause) : webAccessLeft({ ucm, store, log }) } : {}),
      memory,
      ...(await beforeAnyPhone(knownDurations(store, options.profile))),
      notify: (event) => {
        memory.event(event);
        context.notify(event);
      },
    };
    const readPrevious = async (of: RunContext): Promise<PreviousRun | null> => {
      const previous = resumes ? await beforeAnyPhone(previousRun(store, resumes, of, run.abandonUntouched)) : null;
      if (previous) await beforeAnyPhone(store.forgetTargets(runId, previous.anew));
      return previous;
    };
    const into = recorder;
    const hooks: RunHooks = {
      ...run.hooks,
      onProgress: (progress) => {
        stopTelling = keepProgress(progress, into, clock);
        stopHeeding = heedWishes({ store, runId, clock, log, stop: run.stop, pause });
        run.hooks.onProgress(progress);
      },
    };
    const report = await runFleet({ ...run.summary, startedAt }, full, run.stop, hooks, readPrevious);
    stopHeeding();
    stopTelling();
    try {
      const { stop } = run;
      await onceStoreAnswers(() => into.flush(), { clock, log, stop });
      await recorder.close();
      // A run that only finishes its phones under way leaves the others to the next run.
      // Nor is a run to be resumed to which somebody said no before it wrote anything: a job might do so unasked.
      const isRefused = report.run.declined === true && resumes === null;
      const mayGoOn = report.phones.some(mayBeResumed) && !run.abandonUntouched && !isRefused;
      const open = report.run.interrupted !== null || mayGoOn;
      const state = open ? 'interrupted' : 'finished';
      const end = { state, report, exitCode: run.exitCodeOf(report) } as const;
      await onceStoreAnswers(() => store.finishRun(runId, end), { clock, log, stop });
      return report;
    } catch (error) {
      if (!isStoreError(error)) throw error;
      // The report is complete anyway and must be returned; in the store the run has not ended.
      log.error('the end of the run could not be recorded', { error: error.message });
      return { ...report, run: { ...report.run, interrupted: report.run.interrupted ?? storeIsBroken } };
    }
  } finally {
    stopHeeding();
    stopTelling();
    heart?.stop();
    outage.end();
    await context.workers?.close();
    await recorder
      ?.close()
      .catch((error: unknown) =>
        log.error('the last events of the run could not be recorded', { error: String(error) }),
      );
    await locks?.release();
  }
}

/** The memory of a run; what workers write of phones just now is theirs to write. */
function besideWorkers(workers: RunContext['workers'], parts: StoreMemoryParts): RunMemory {
  const memory = storeMemory(parts);
  if (!workers) return memory;
  return { ...memory, recordChanged: (record) => (workers.has(record) ? undefined : memory.recordChanged(record)) };
}

/** How long a phone may take to restart, and between two looks (ms): guesses, as for other restarts. */
const restart = { deadlineMs: 5 * 60_000, pollMs: 10_000 };

function webAccessIn(
  { store, summary, context, abandonUntouched, stop }: StoredRun,
  ucm: UcmAtWork,
  pause: PauseControl,
): WebAccess {
  const { clock, log, options } = context;
  const { pacing, sites } = options;
  const addresses = new Map(
    [...ucm.phones.values()].map(({ phone, registration }) => [phone.name, registration.address]),
  );
  // Where a phone is not known to be, its window may be any of them.
  const everywhere = [pacing.window, ...[...pacing.sites.values()].map(({ window }) => window)];
  const windowsOf = (name: string): (Window | null | undefined)[] => {
    const address = addresses.get(name) ?? null;
    if (address === null) return everywhere;
    const site = siteOf(address, sites);
    return [(site && pacing.sites.get(site.name)?.window) ?? pacing.window];
  };
  const pollMs = Math.min(restart.pollMs, options.profile?.timing.pollInterval ?? restart.pollMs);
  // A run that only finishes its phones under way reads no others.
  const isAllowed = ucm.webAccess.isAllowed && !abandonUntouched;
  return webAccessOf({
    ucm: { ...ucm, webAccess: { ...ucm.webAccess, isAllowed } },
    ...{ runId: summary.id, clock, log, pause, deadlineMs: restart.deadlineMs, pollMs },
    store: {
      borrow: (setting) => store.borrow(setting),
      // What Unified CM has again must be forgotten here, or nobody would know.
      borrowed: () => onceStoreAnswers(() => store.borrowed(), { clock, log, stop }),
      isBack: (setting) => onceStoreAnswers(() => store.isBack(setting), { clock, log, stop }),
    },
    mayRestart: (name, ms) => windowsOf(name).every((window) => window?.fits(clock.now(), ms) ?? true),
  });
}

/** Turns a store error before anything is contacted into a usage error, like that of a store that cannot be opened. */
async function beforeAnyPhone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isStoreError(error) ? new UsageError(error.message, { cause: error }) : error;
  }
}

function locksFor({ store, summary, lockFolder, context, stop }: StoredRun): Promise<RunLocks> {
  const { clock, log } = context;
  const say = (text: string): void => log.warn(text);
  return takeRunLocks(store, { runId: summary.id, folder: lockFolder, clock, say, signal: stop.gently });
}

function lostLocks(error: Error | null, log: Log, stop: StopControl): void {
  if (error) return storeTrouble(error, log, stop);
  log.error('another run has taken the store over; this one stops');
  stop.request('the run lock was lost');
}

/** A run that lost its store winds down: it starts no more phones and watches the touched ones for a short while. */
function storeTrouble(error: unknown, log: Log, stop: StopControl): void {
  log.error('nothing more can be recorded', { error: messageOf(error) });
  if (!stop.gently.aborted) stop.request(storeIsBroken);
}

/** What the fleet's own history says of steps, where it says enough. */
export async function knownDurations(
  store: Pick<Store, 'durations'>,
  profile: MigrationProfile | null,
): Promise<Required<Pick<RunContext, 'usually' | 'soonest'>>> {
  const known = new Map<StepName, UsualDuration>();
  for (const step of profile ? stepNames : []) {
    const durations = await store.durations(profile?.name ?? '', step);
    if (durations.count >= enoughHistory) known.set(step, durations);
  }
  return {
    usually: (step) => known.get(step)?.p95Ms ?? profile?.timing.usual ?? 0,
    soonest: (step) => known.get(step)?.p05Ms ?? null,
  };
}
