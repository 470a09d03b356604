import { hostname } from 'node:os';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { Lease } from '../../fleet/worker/lease.js';
import type { Left } from '../../fleet/worker/jobs-memory.js';
import { runJob, type RunningJob } from '../../fleet/worker/run-job.js';
import { isStoreAway } from '../../store/store-error.js';
import { leftAside } from '../../store/write/aside.js';
import type { Store } from '../../store/store.js';
import { jobForm, type JobResult, type SharedWork, type TakenJob, type WorkedSite } from '../../store/work.js';
import type { StopControl } from '../../fleet/stop-control.js';
import type { OpenedRun } from './run-at-worker.js';

/** So often (ms) a worker looks for jobs. */
const lookEveryMs = 1_000;

/** A worker has at most so many phones under way: it only watches most of them. */
const mostPhones = 1_000;

/** Parts of a survey that are read at once. */
const mostParts = 2;

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

/** A worker: takes jobs of its sites, does them, and keeps their leases, until it is told to stop. */
export class Worker {
  readonly #jobs = new Map<string, RunningJob>();
  readonly #runs = new Map<string, Promise<OpenedRun>>();
  readonly #startedAt: string;
  #beatAt = Number.NEGATIVE_INFINITY;
  #isAway = false;
  #refused: UsageError | null = null;

  constructor(private readonly options: WorkerOptions) {
    this.#startedAt = new Date(options.clock.now()).toISOString();
  }

  /** Works until it is stopped, and leaves nothing that others could not take up. @throws UsageError for a job that this version does not understand */
  async run(): Promise<void> {
    const { clock, stop, work, id } = this.options;
    await this.#storeAside();
    while (!stop.gently.aborted && this.#refused === null) {
      await this.#tick(true);
      await stop.sleep(clock, lookEveryMs, 'gently');
    }
    await this.#drain();
    for (const opened of this.#runs.values()) await opened.then(({ close }) => close()).catch(() => {});
    await work.leave(id).catch(() => {});
    if (this.#refused) throw this.#refused;
  }

  /** What earlier workers of this machine have seen while the database was away is stored where nobody has the phone since. */
  async #storeAside(): Promise<void> {
    const { store, log, asideIn } = this.options;
    for (const { left, clear } of leftAside(asideIn)) {
      try {
        const isStored = await store.storeAside(left);
        log.warn(
          isStored
            ? 'what an earlier worker had seen is stored'
            : 'what an earlier worker had seen is left: another has the phone',
          {
            key: left.taken.job.key,
          },
        );
        clear();
      } catch (error) {
        log.warn('what an earlier worker had seen could not be stored', {
          key: left.taken.job.key,
          error: messageOf(error),
        });
      }
    }
  }

  /** One turn: says that it is there, keeps its leases, leaves what is held, and takes more. */
  async #tick(takes: boolean): Promise<void> {
    try {
      await this.#beat(!takes);
      await this.#leaveHeld();
      if (takes) await this.#take();
      if (this.#isAway) this.options.log.warn('the database is back; jobs are taken again');
      this.#isAway = false;
    } catch (error) {
      if (!isStoreAway(error)) return this.options.log.error('a turn failed', { error: messageOf(error) });
      if (!this.#isAway)
        this.options.log.warn(`${messageOf(error)} No phone is begun until it is back; those under way are watched.`);
      this.#isAway = true;
    }
  }

  async #beat(isLeaving: boolean): Promise<void> {
    const { clock, work, leaseMs, id, version, sites } = this.options;
    const now = clock.monotonic();
    if (now - this.#beatAt < leaseMs / 3) return;
    const leases = [...this.#jobs.values()];
    const lost = await work.renew(
      leases.map(({ lease }) => lease.taken),
      leaseMs,
    );
    for (const job of leases) {
      if (lost.has(job.lease.taken.id)) {
        job.lease.lost();
        void job.leave({ how: 'lost' });
      } else job.lease.renewed(now + leaseMs);
    }
    await work.beat({
      ...{ id, version, sites, isLeaving, host: hostname(), pid: process.pid },
      ...{ startedAt: this.#startedAt, jobs: this.#jobs.size },
    });
    for (const opened of this.#runs.values()) await opened.then(({ beat }) => beat()).catch(() => {});
    this.#beatAt = now;
  }

  /** Phones that wait here for their write are left to a planner that has halted its run. */
  async #leaveHeld(): Promise<void> {
    const waiting = [...this.#jobs.values()].filter(({ isTouched }) => !isTouched);
    const halts = await this.options.work.halts([...new Set(waiting.map(({ lease }) => lease.taken.job.run))]);
    for (const job of waiting) {
      const why = halts.get(job.lease.taken.job.run);
      if (why !== undefined && !job.isTouched) void job.leave({ how: 'held', why });
    }
  }

  async #take(): Promise<void> {
    const { work, sites, clock, leaseMs } = this.options;
    for (const { name } of sites) {
      for (const kind of ['move', 'survey'] as const) {
        const has = [...this.#jobs.values()].filter(({ lease }) => lease.taken.job.kind === kind).length;
        const most = (kind === 'move' ? mostPhones : mostParts) - has;
        if (most <= 0) continue;
        const asked = clock.monotonic();
        for (const taken of await work.take(name, kind, Math.min(most, 100), leaseMs))
          this.#begin(taken, asked + leaseMs);
      }
    }
  }

  #begin(taken: TakenJob, until: number): void {
    const { clock, work, log } = this.options;
    if (taken.job.form > jobForm) {
      this.#refused = new UsageError(
        `A planner of a newer fleet-migrate hands out jobs that this worker does not understand (form ${taken.job.form}, this one knows ${jobForm}); update fleet-migrate here.`,
      );
      void work.giveBack(taken).catch(() => {});
      return;
    }
    void this.#opened(taken.job.run).then(
      ({ run }) => {
        const job = runJob(run, new Lease(taken, clock, until));
        this.#jobs.set(taken.id, job);
        void job.done.then((how) => this.#end(taken, how));
      },
      (error: unknown) => {
        if (isStoreAway(error)) return this.#end(taken, { how: 'given-back' });
        const why = isUsageError(error) ? error.message : `The run could not be set up: ${messageOf(error)}`;
        log.error('a job could not be begun', { run: taken.job.run, why });
        return this.#end(taken, { how: 'failed', why });
      },
    );
  }

  #opened(run: string): Promise<OpenedRun> {
    const known = this.#runs.get(run);
    if (known) return known;
    const opening = this.options.openRun(run);
    this.#runs.set(run, opening);
    // Tried anew for the next job.
    opening.catch(() => this.#runs.delete(run));
    return opening;
  }

  /** Tells how a job ended, once the database answers: its lease is renewed until then. */
  async #end(taken: TakenJob, how: JobResult | Left): Promise<void> {
    const { work, clock, log } = this.options;
    for (;;) {
      try {
        if (how.how === 'given-back') await work.giveBack(taken);
        else if (how.how === 'held') await work.end(taken, { how: 'handed-back', why: how.why });
        else if (how.how !== 'lost') await work.end(taken, how);
        break;
      } catch (error) {
        if (!isStoreAway(error)) {
          log.error('a job could not be ended', { error: messageOf(error) });
          break;
        }
        await sleep(clock, lookEveryMs);
        if (this.options.stop.now.aborted) break;
      }
    }
    this.#jobs.delete(taken.id);
  }

  /** Leaves what is not begun, watches what is for a while, and gives the rest to others. */
  async #drain(): Promise<void> {
    const { clock, stop, log } = this.options;
    const until = clock.monotonic() + graceMs;
    for (const job of this.#jobs.values()) if (!job.isTouched) void job.leave({ how: 'given-back' });
    if (this.#jobs.size > 0)
      log.warn('the worker ends; phones under way are watched a little longer', { phones: this.#jobs.size });
    while (this.#jobs.size > 0 && clock.monotonic() < until && !stop.now.aborted) {
      this.#beatAt = Math.min(this.#beatAt, clock.monotonic() - this.options.leaseMs / 3);
      await this.#tick(false);
      await stop.sleep(clock, lookEveryMs / 4, 'now');
    }
    for (const job of this.#jobs.values()) void job.leave({ how: 'given-back' });
    for (let tries = 0; this.#jobs.size > 0 && tries < 100; tries += 1) await sleep(clock, lookEveryMs / 10);
  }
}
