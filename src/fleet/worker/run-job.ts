import type { TargetOutcome, TargetSource } from '../../inventory/target.js';
import type { PhoneLocks } from '../../store/locks/phones/phone-locks.js';
import type { Deferral, TargetRow } from '../../store/store-rows.js';
import type { Store } from '../../store/store.js';
import type { JobRecorders } from '../../store/write/job-recorders.js';
import type { JobResult } from '../../store/work.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import DataLoader from 'dataloader';
import PQueue from 'p-queue';
import type { RunContext, UpgradeTools } from '../context.js';
import { cutOffAtItsPost, recordOf } from '../memory/resume.js';
import { storeMemory } from '../memory/store-memory.js';
import { type Since, sinceIntents } from '../record/snapshot.js';
import type { Mac } from '../../domain/network/mac.js';
import { PauseControl } from '../pause-control.js';
import { StopControl } from '../stop-control.js';
import { newSurvey } from '../survey/found.js';
import { survey } from '../survey/survey.js';
import { MovedPhoneSearch } from '../upgrade/moved-phone-search.js';
import { upgradePhone } from '../upgrade/upgrade-phone.js';
import { searchAfter } from '../upgrade/watch-step.js';
import { type JobsMemory, jobsMemory, type Left } from './jobs-memory.js';
import type { Lease } from './lease.js';

/** A run at a worker: its part in all jobs of the run. */
export interface RunAtWorker {
  id: string;
  store: Pick<Store, 'eventsOf'>;
  /** What is on record of a phone of the run, by its key. */
  rowOf: (key: string) => Promise<TargetRow | undefined>;
  context: Omit<RunContext, 'memory'>;
  /** Limits how many phones are talked to at once, of all runs of the worker. */
  pool: PQueue;
  phoneLocks: PhoneLocks;
  recorders: Pick<JobRecorders, 'of'>;
  deferrals: ReadonlyMap<string, Deferral>;
  random: () => number;
  /** Finds phones that came back at another address: one sweep serves all jobs. `null`: nothing is moved. */
  movedPhones: UpgradeTools['movedPhones'] | null;
}

/** A queue in which so many phones are talked to at once. */
export function newPool(concurrency: number): PQueue {
  return new PQueue({ concurrency });
}

/** A run at a worker. */
export function runAtWorker(
  parts: Omit<RunAtWorker, 'movedPhones' | 'random' | 'rowOf'> & { store: Pick<Store, 'targetsAt'> },
): RunAtWorker {
  const { context, id, store } = parts;
  const { profile } = context.options;
  const movedPhones =
    profile && new MovedPhoneSearch(context, searchAfter(profile.timing), () => false, new AbortController().signal);
  // Jobs that are taken together ask together.
  const rows = new DataLoader<string, TargetRow | undefined>(
    async (keys) => {
      const found = new Map((await store.targetsAt(id, keys)).map((row) => [row.key, row]));
      return keys.map((key) => found.get(key));
    },
    { cache: false },
  );
  return { ...parts, rowOf: (key) => rows.load(key), random: context.random, movedPhones };
}

/** A job that a worker is doing. */
export interface RunningJob {
  lease: Lease;
  /** Whether its phone was, or may have been, written to: it is watched on then, whatever else. */
  readonly isTouched: boolean;
  /** Resolves when it has ended, or was left. Never rejects. */
  done: Promise<JobResult | Left>;
  /** Holds back further writes to its phone; `null` lets them. */
  hold(why: string | null): void;
  /** Lets go of it: what it has seen is stored before, where it is still ours. */
  leave(why: Left): Promise<void>;
}

/** Neither slots nor thresholds are a worker's: its jobs have both from the planner. */
const ofPlanner = {
  slots: { enter: () => Promise.resolve(), leave: () => {} },
  breaker: { tripped: null, ended: () => {} },
} as const;

/** Begins a job. */
export function runJob(run: RunAtWorker, lease: Lease): RunningJob {
  const { context } = run;
  const { clock, log, options } = context;
  const stop = new StopControl();
  const pause = new PauseControl(clock);
  let record: UpgradedRecord | null = null;
  const recorder = run.recorders.of(lease.taken, {
    onError: (error) => {
      // It is tried again; meanwhile nothing is written, and the phone is watched on.
      if (isStoreAway(error)) return pause.pause('the store, which does not answer', 'store');
      if (isStoreError(error) && error.code === 'store-held') return;
      log.warn('what is seen of a job cannot be stored', { key: lease.taken.job.key, error: messageOf(error) });
      if (isStoreError(error) && error.code === 'store-lost') void leave({ how: 'lost' });
    },
    onBack: () => pause.continue('the store, which is back', 'store'),
  });
  const memory = jobsMemory(
    storeMemory({
      ...{ recorder, clock, models: context.models, random: run.random, deferrals: run.deferrals },
      ...{ profile: options.profile?.name ?? null, phoneLocks: run.phoneLocks },
    }),
    lease,
    pause,
  );
  const mayBeWritten = (): boolean => memory.isIntending || record?.state === 'writing';
  const leave = async (why: Left): Promise<void> => {
    if (why.how !== 'lost') {
      // A request that is just leaving is followed until it is known whether it did.
      for (let tries = 0; mayBeWritten() && tries < 100; tries += 1) await stop.sleep(clock, 100, 'now');
      if (why.how === 'held' && record?.touched === true) return;
      await recorder.flush().catch(() => {});
    }
    memory.leave(why);
    // Its record ends in memory alone.
    for (let degree = 0; degree < 2; degree += 1) stop.request('its job was left');
  };
  const work = async (): Promise<JobResult | Left> => {
    const full = contextOf(run, memory, pause);
    const result =
      lease.taken.job.kind === 'survey'
        ? await surveyPart(full, lease, stop)
        : await movePhone(run, full, lease, stop, (moved) => (record = moved));
    if (memory.left !== null) return memory.left;
    await untilStored(() => recorder.flush(), stop, clock);
    return memory.left ?? result;
  };
  const done = work()
    .catch((error: unknown): JobResult | Left => {
      // The database is away: others take it, or this worker again.
      if (isStoreAway(error)) return memory.left ?? { how: 'given-back' };
      log.error('a job failed', { key: lease.taken.job.key, error: stackOf(error) });
      return memory.left ?? { how: 'failed', why: sentence(messageOf(error)) };
    })
    .finally(() => recorder.close().catch(() => {}));
  return {
    lease,
    get isTouched() {
      return mayBeWritten() || record?.touched === true;
    },
    done,
    hold: (why) => (why === null ? pause.continue('its run', 'asked') : pause.pause(why, 'asked')),
    leave,
  };
}

/** Between two tries to store how a job ended (ms). */
const storeAgainMs = 1_000;

/** What passes by itself, or when somebody has made space. */
const passing: ReadonlySet<string> = new Set(['store-away', 'store-busy', 'store-full']);

/** A database that is away, or full, is waited for: what was seen is kept here until then. */
async function untilStored(store: () => Promise<void>, stop: StopControl, clock: RunContext['clock']): Promise<void> {
  while (!stop.now.aborted) {
    try {
      return await store();
    } catch (error) {
      // The commit is of other phones, too: whatever keeps it from the database, what is seen of this one is not given up.
      if (!isStoreError(error) || !passing.has(error.code)) throw error;
      await stop.sleep(clock, storeAgainMs, 'now');
    }
  }
}

function contextOf({ context }: RunAtWorker, memory: JobsMemory, pause: PauseControl): RunContext {
  return {
    ...context,
    ...{ memory, pause },
    notify: (event) => {
      memory.event(event);
      context.notify(event);
    },
  };
}

async function surveyPart(context: RunContext, lease: Lease, stop: StopControl): Promise<JobResult> {
  const targets = (lease.taken.job.targets ?? []) as readonly TargetOutcome[];
  const found = newSurvey();
  await survey({ ...context, targets: sourceOf(targets, context.targets) }, stop, found, {
    tripped: null,
    hasRead: () => {},
  });
  // This machine may be unable to reach anything: then nothing is known of these phones, and nobody is called silent.
  if (stop.gently.aborted || found.settled < targets.length)
    return { how: 'failed', why: sentence(stop.reason ?? `only ${found.settled} of ${targets.length} were read`) };
  return { how: 'done', noAnswerByCode: Object.fromEntries(found.noAnswerByCode) };
}

function sourceOf(outcomes: readonly TargetOutcome[], of: TargetSource): TargetSource {
  const count = outcomes.length;
  return {
    ...{ count, atMost: count, most: null, byMac: new Map(), scanned: [], scopes: of.scopes, warnings: [] },
    takes: () => true,
    isExcluded: (address) => of.isExcluded(address),
    [Symbol.asyncIterator]: async function* () {
      for (const outcome of outcomes) yield await Promise.resolve(outcome);
    },
  };
}

async function movePhone(
  run: RunAtWorker,
  context: RunContext,
  lease: Lease,
  stop: StopControl,
  follow: (record: UpgradedRecord) => void,
): Promise<JobResult | Left> {
  const { key } = lease.taken.job;
  const { profile } = context.options;
  if (profile === null) return { how: 'failed', why: 'The run has no profile.' };
  const row = await run.rowOf(key);
  if (row === undefined) return { how: 'failed', why: `Nothing is on record of ${key}.` };
  const since = row.state === 'waiting' ? undefined : await sinceIntent(run, row.mac);
  const restored = recordOf(row, since, context, true);
  if (restored === null) return { how: 'failed', why: `Nothing is on record of ${key} that could be gone on with.` };
  if (restored.ended) return { how: 'done' };
  const record = restored.state === 'writing' ? cutOffAtItsPost(restored) : restored;
  follow(record);
  const tools: UpgradeTools = {
    ...{ context, profile, stop, pool: run.pool, ...ofPlanner },
    movedPhones: run.movedPhones ?? { find: () => null },
    filesTold: { at: Number.NEGATIVE_INFINITY },
    rememberWaves: () => Promise.resolve(),
  };
  await upgradePhone(record, tools);
  // Left without an end: its lease is over, or it was held.
  return record.ended ? { how: 'done' } : { how: 'given-back' };
}

async function sinceIntent({ store, id }: RunAtWorker, mac: Mac | null): Promise<Since | undefined> {
  return mac === null ? undefined : (await sinceIntents(store.eventsOf(id, mac))).get(mac);
}

type UpgradedRecord = Parameters<typeof upgradePhone>[0];
