import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { Store } from '../../store/store.js';
import type { TargetRow } from '../../store/store-rows.js';
import { isStoreAway } from '../../store/store-error.js';
import { type Job, jobForm, type JobState, type NamedJob, type Planning, type SharedWork } from '../../store/work.js';
import { isThere, type JobEnd, JobWatch } from './job-watch.js';

/** What comes to the database within so long (ms) comes there together. */
const gatherMs = 50;

/** But at most so many jobs: a part of a survey names each of its targets. */
const jobsAtOnce = 200;

/** Between two tries to reach the database (ms). */
const againMs = 500;

/** What a planner works with. */
export interface PlannerTools {
  store: Pick<Store, 'targetsAt'>;
  work: SharedWork;
  clock: Clock;
  log: Log;
}

/** Hands out the jobs of a run, waits for each, and reads what came of it. A database that is away is waited for. */
export class JobDesk {
  by: Planning = { run: '', isLocked: false };
  readonly #watch: JobWatch;
  readonly #handing: DataLoader<NamedJob, void>;
  readonly #rows: DataLoader<string, TargetRow | undefined>;
  #allHanded: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(private readonly tools: PlannerTools) {
    const { work, clock, log, store } = tools;
    this.#watch = new JobWatch(work, clock, log, () => this.by);
    const together = {
      ...{ cache: false, maxBatchSize: jobsAtOnce },
      batchScheduleFn: (ask: () => void) => void clock.after(gatherMs, ask),
    };
    this.#handing = new DataLoader(async (jobs) => {
      const handing = this.ask(() => work.handOut(jobs, this.by));
      this.#allHanded = Promise.allSettled([this.#allHanded, handing]);
      await handing;
      return jobs.map(() => undefined);
    }, together);
    this.#rows = new DataLoader(async (keys) => {
      const rows = await this.ask(() => store.targetsAt(this.by.run, keys));
      const found = new Map(rows.map((row) => [row.key, row]));
      return keys.map((key) => found.get(key));
    }, together);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Resolves when a worker has ended it, or there is none. */
  async handOut(part: Pick<Job, 'key' | 'kind' | 'site' | 'targets'>): Promise<JobEnd> {
    const job: Job = { ...part, run: this.by.run, form: jobForm };
    // Drawn here, so that handing it out twice, where an answer was lost, is handing it out once.
    const named = { id: randomUUID(), job };
    await this.#handing.load(named);
    return this.ended(named);
  }

  /** Resolves when everything that is just being handed out is. */
  async handedOut(): Promise<void> {
    // Of what is gathered just now.
    await sleep(this.tools.clock, gatherMs);
    await this.#allHanded;
  }

  /** Resolves when a worker has ended a job that is handed out already, or there is none. */
  ended({ id, job }: NamedJob): Promise<JobEnd> {
    return this.#watch.ended(id, job);
  }

  /** What is on record of a target. */
  row(key: string): Promise<TargetRow | undefined> {
    return this.#rows.load(key);
  }

  /** Takes back those of these jobs that no worker has. */
  async withdraw(jobs: readonly JobState[]): Promise<void> {
    const waiting = jobs.filter(({ state }) => state === 'waiting');
    await this.ask(() => this.tools.work.withdraw(waiting, this.by));
  }

  /** Says at once what is else seen after a minute. */
  async tellMissing(sites: readonly string[]): Promise<void> {
    const workers = await this.ask(() => this.tools.work.workers());
    const missing = sites.filter((site) => !workers.some((worker) => isThere(worker, site)));
    if (missing.length > 0)
      this.tools.log.warn('no worker is there for some sites; one is waited for, for a minute', {
        sites: missing.join(', '),
      });
  }

  /** Asks a database until it answers, or the run is over. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await question();
      } catch (error) {
        if (!isStoreAway(error) || this.#closed) throw error;
        await sleep(this.tools.clock, againMs);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    await this.tools.work.forget(this.by.run).catch(() => {});
  }
}
