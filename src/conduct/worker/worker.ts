import { hostname } from 'node:os';
import DataLoader from 'dataloader';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { Lease, type Moment, momentOf } from '../../fleet/worker/lease.js';
import type { Left } from '../../fleet/worker/jobs-memory.js';
import { runJob, type RunningJob } from '../../fleet/worker/run-job.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import type { Store } from '../../store/store.js';
import {
  jobForm,
  type JobKind,
  type JobResult,
  type SharedWork,
  type TakenJob,
  type WorkedSite,
} from '../../store/work.js';
import type { StopControl } from '../../fleet/stop-control.js';
import { storeLeftAside } from './left-aside.js';
import type { OpenedRun } from './run-at-worker.js';

/** So often (ms) a worker looks for jobs. */
const lookEveryMs = 1_000;

/** A worker has at most so many phones under way: it only watches most of them. */
const mostPhones = 1_000;

/** Parts of a survey that are read at once. */
const mostParts = 2;

/** So many are taken with one look at the queues, so that other workers of a site have some, too. */
const mostAtOnce = 100;

/** Jobs that end within so long (ms) are told to the database together. */
const tellEveryMs = 100;

/** A run without jobs is closed here after so long (ms). */
const idleRunMs = 10 * 60_000;

/** How long phones under way are watched once the worker is to end (ms), before others take them. */
const graceMs = 15_000;

export interface WorkerOptions {
  id: string;
  version: string;
  store: Store;
  work: SharedWork;
  sites: readonly WorkedSite[];
  leaseMs: number;
  clock: Clock;
  log: Log;
  stop: StopControl;
  /** The folder of what this and earlier workers could not store yet. */
  asideIn: string;
  /** Sets up a run here. @throws UsageError where that cannot be done */
  openRun: (id: string) => Promise<OpenedRun>;
}

interface JobEnd {
  taken: TakenJob;
  how: JobResult | Left;
}

/** What a planner hears of a job; `null`: nothing, as others have it or take it. */
function resultOf(how: JobResult | Left): JobResult | null {
  if (how.how === 'held') return { how: 'handed-back', why: how.why };
  return how.how === 'given-back' || how.how === 'lost' ? null : how;
}

/** A worker: takes jobs of its sites, does them, and keeps their leases, until it is told to stop. */
export class Worker {
  readonly #jobs = new Set<RunningJob>();
  readonly #runs = new Map<string, { opening: Promise<OpenedRun>; usedAt: number }>();
  readonly #startedAt: string;
  #beatAt = Number.NEGATIVE_INFINITY;
  #isAway = false;
  /** Nothing more is told to the database. */
  #isOver = false;
  #refused: UsageError | null = null;
  readonly #ends: DataLoader<JobEnd, true>;

  constructor(private readonly options: WorkerOptions) {
    const { clock } = options;
    this.#startedAt = new Date(clock.now()).toISOString();
    this.#ends = new DataLoader((ends) => this.#tell(ends), {
      ...{ cache: false, batchScheduleFn: (tell) => void clock.after(tellEveryMs, tell) },
    });
  }

  /** Works until it is stopped, and leaves nothing that others could not take up. @throws UsageError for a job that this version does not understand */
  async run(): Promise<void> {
    const { clock, stop, work, id } = this.options;
    await storeLeftAside(this.options);
    while (!stop.gently.aborted && this.#refused === null) {
      await this.#tick(true);
      await stop.sleep(clock, lookEveryMs, 'gently');
    }
    await this.#drain();
    for (const { opening } of this.#runs.values()) await opening.then(({ close }) => close()).catch(() => {});
    await work.leave(id).catch(() => {});
    if (this.#refused) throw this.#refused;
  }

  /** One turn: says that it is there, keeps its leases, leaves what is held, and takes more. */
  async #tick(takes: boolean): Promise<void> {
    try {
      await this.#beat(!takes);
      await this.#heedHalts();
      if (takes) await this.#take();
      if (this.#isAway) this.options.log.warn('the database is back; jobs are taken again');
      this.#isAway = false;
    } catch (error) {
      // What its user may not do it may not do later either.
      if (isStoreError(error) && error.code === 'store-forbidden') {
        this.#refused ??= new UsageError(error.message, { cause: error });
        return;
      }
      if (!isStoreAway(error)) return this.options.log.error('a turn failed', { error: messageOf(error) });
      if (!this.#isAway)
        this.options.log.warn(`${messageOf(error)} No phone is begun until it is back; those under way are watched.`);
      this.#isAway = true;
    }
  }

  async #beat(isLeaving: boolean): Promise<void> {
    const { clock, work, leaseMs, id, version, sites } = this.options;
    const since = momentOf(clock);
    if (since.monotonic - this.#beatAt < leaseMs / 3) return;
    const jobs = [...this.#jobs];
    const taken = jobs.map(({ lease }) => lease.taken);
    const lost = taken.length === 0 ? new Set<string>() : await work.renew(taken, leaseMs);
    for (const job of jobs) {
      if (lost.has(job.lease.taken.id)) {
        job.lease.lost();
        void job.leave({ how: 'lost' });
      } else job.lease.renewed(since);
    }
    await work.beat({
      ...{ id, version, sites, isLeaving, host: hostname(), pid: process.pid },
      ...{ startedAt: this.#startedAt, jobs: this.#jobs.size },
    });
    for (const [run, { opening, usedAt }] of this.#runs) {
      const opened = await opening.catch(() => null);
      opened?.beat();
      if (this.#hasJobsOf(run)) this.#runs.set(run, { opening, usedAt: since.monotonic });
      else if (since.monotonic - usedAt > idleRunMs) {
        this.#runs.delete(run);
        await opened?.close();
      }
    }
    this.#beatAt = since.monotonic;
  }

  #hasJobsOf(run: string): boolean {
    return [...this.#jobs].some(({ lease }) => lease.taken.job.run === run);
  }

  /** Phones that wait here for their write are left to a planner that has halted its run; those that were written to are watched on. */
  async #heedHalts(): Promise<void> {
    const runs = [...new Set([...this.#jobs].map(({ lease }) => lease.taken.job.run))];
    const halts = await this.options.work.halts(runs);
    for (const job of this.#jobs) {
      const why = halts.get(job.lease.taken.job.run) ?? null;
      if (job.isTouched || why === null) job.hold(why);
      else void job.leave({ how: 'held', why });
    }
  }

  async #take(): Promise<void> {
    const { work, sites, clock, leaseMs } = this.options;
    const room = (kind: JobKind, most: number): number => {
      const has = [...this.#jobs].filter(({ lease }) => lease.taken.job.kind === kind).length;
      return Math.min(most - has, mostAtOnce);
    };
    const most = { move: room('move', mostPhones), survey: room('survey', mostParts) };
    const since = momentOf(clock);
    const names = sites.map(({ name }) => name);
    for (const taken of await work.take(names, most, leaseMs)) this.#begin(taken, since);
  }

  #begin(taken: TakenJob, since: Moment): void {
    const { clock, work, leaseMs } = this.options;
    if (taken.job.form > jobForm) {
      this.#refused = new UsageError(
        `A planner of a newer fleet-migrate hands out jobs that this worker does not understand (form ${taken.job.form}, this one knows ${jobForm}); update fleet-migrate here.`,
      );
      void work.giveBack([taken]).catch(() => {});
      return;
    }
    const lease = new Lease(taken, clock, since, leaseMs);
    // The same job, taken before its lease was over, ends first.
    const before = [...this.#jobs]
      .filter(({ lease: { taken: other } }) => other.id === taken.id)
      .map(({ done }) => done);
    let inner: RunningJob | null = null;
    let left: Left | null = null;
    const begin = async (): Promise<JobResult | Left> => {
      await Promise.all(before);
      const opened = await this.#opened(taken.job.run);
      if (left !== null) return left;
      inner = runJob(opened.run, lease);
      return inner.done;
    };
    const job: RunningJob = {
      lease,
      get isTouched() {
        return inner?.isTouched ?? false;
      },
      done: begin().catch((error: unknown) => this.#notBegun(taken, error)),
      hold: (why) => inner?.hold(why),
      leave: async (why) => {
        left ??= why;
        await inner?.leave(why);
      },
    };
    this.#jobs.add(job);
    void job.done.then(async (how) => {
      await this.#end(taken, how);
      this.#jobs.delete(job);
    });
  }

  #notBegun(taken: TakenJob, error: unknown): JobResult | Left {
    if (isStoreAway(error)) return { how: 'given-back' };
    const why = isUsageError(error) ? error.message : `The run could not be set up: ${messageOf(error)}`;
    this.options.log.error('a job could not be begun', { run: taken.job.run, why });
    return { how: 'failed', why };
  }

  #opened(run: string): Promise<OpenedRun> {
    const known = this.#runs.get(run);
    if (known) return known.opening;
    const opening = this.options.openRun(run);
    this.#runs.set(run, { opening, usedAt: this.options.clock.monotonic() });
    // Tried anew for the next job.
    opening.catch(() => this.#runs.delete(run));
    return opening;
  }

  /** Tells how a job ended, once the database answers: its lease is renewed until then. */
  async #end(taken: TakenJob, how: JobResult | Left): Promise<void> {
    const { clock, log } = this.options;
    while (!this.#isOver) {
      try {
        await this.#ends.load({ taken, how });
        return;
      } catch (error) {
        if (!isStoreAway(error)) log.error('a job could not be ended; it is tried again', { error: messageOf(error) });
        await sleep(clock, lookEveryMs);
      }
    }
  }

  async #tell(ends: readonly JobEnd[]): Promise<true[]> {
    const { work } = this.options;
    const givenBack = ends.flatMap(({ taken, how }) => (how.how === 'given-back' ? [taken] : []));
    if (givenBack.length > 0) await work.giveBack(givenBack);
    const ended = ends.flatMap(({ taken, how }) => {
      const result = resultOf(how);
      return result === null ? [] : [{ taken, result }];
    });
    if (ended.length > 0) await work.end(ended);
    return ends.map(() => true);
  }

  /** Leaves what is not begun, watches what is for a while, and gives the rest to others. */
  async #drain(): Promise<void> {
    const { clock, stop, log } = this.options;
    const until = clock.monotonic() + graceMs;
    for (const job of this.#jobs) if (!job.isTouched) void job.leave({ how: 'given-back' });
    if (this.#jobs.size > 0)
      log.warn('the worker ends; phones under way are watched a little longer', { phones: this.#jobs.size });
    while (this.#jobs.size > 0 && clock.monotonic() < until && !stop.now.aborted) {
      this.#beatAt = Math.min(this.#beatAt, clock.monotonic() - this.options.leaseMs / 3);
      await this.#tick(false);
      await stop.sleep(clock, lookEveryMs / 4, 'now');
    }
    for (const job of this.#jobs) void job.leave({ how: 'given-back' });
    for (let tries = 0; this.#jobs.size > 0 && tries < 100; tries += 1) await sleep(clock, lookEveryMs / 10);
    this.#isOver = true;
  }
}
