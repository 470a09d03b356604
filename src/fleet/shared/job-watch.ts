import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { formatDuration } from '../../domain/text/duration.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { isStoreAway } from '../../store/store-error.js';
import type { Job, JobState, Planning, SharedWork, WorkerRow } from '../../store/work.js';

/** So often (ms) a planner looks how its jobs stand. */
const lookEveryMs = 1_000;

/** So often (ms) jobs of workers that are silent are given to others. */
const expireEveryMs = 2_000;

/** A worker that was not heard of for so long (ms) counts as gone. */
export const goneAfterMs = 60_000;

/** After the database was away, workers have so long (ms) to say that they are still there, before their jobs go to others. */
const graceMs = 10_000;

/** How a job came to its end, for its planner. */
export type JobEnd = JobState | { state: 'no-worker'; why: string };

interface Watched {
  job: Job;
  /** Since when it waits for a worker; `null`: one has it, or had it when it was last looked at. */
  waitsSince: number | null;
  settle: (end: JobEnd) => void;
}

/** Follows the jobs of a run until each has ended. */
export class JobWatch {
  readonly #watched = new Map<string, Watched>();
  #cancel: (() => void) | null = null;
  #closed = false;
  #expiredAt = Number.NEGATIVE_INFINITY;
  #troubleAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly work: SharedWork,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly planning: () => Planning,
  ) {}

  /** Resolves when a job has ended, or nobody is there who could take it. */
  ended(id: string, job: Job): Promise<JobEnd> {
    return new Promise((settle) => {
      this.#watched.set(id, { job, waitsSince: null, settle });
      this.#lookSoon();
    });
  }

  /** Looks no more: what is still watched never ends. */
  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #lookSoon(): void {
    if (this.#closed || this.#cancel !== null) return;
    this.#cancel = this.clock.after(lookEveryMs, () => {
      void this.#look().finally(() => {
        this.#cancel = null;
        if (this.#watched.size > 0) this.#lookSoon();
      });
    });
  }

  async #look(): Promise<void> {
    try {
      await this.#expire();
      const ids = [...this.#watched.keys()];
      const states = await this.work.states([...this.#watched].map(([id, { job }]) => ({ id, job })));
      const waiting = states.filter((one) => !this.#settled(one) && this.#isWaiting(one));
      // One that was withdrawn is in no queue any more.
      const there = new Set(states.map(({ id }) => id));
      for (const id of ids) if (!there.has(id)) this.#settle(id, { state: 'no-worker', why: 'It was taken back.' });
      if (waiting.length > 0) await this.#endWithoutWorkers(waiting);
    } catch (error) {
      this.#troubleAt = this.clock.monotonic();
      if (!isStoreAway(error)) this.log.warn('jobs could not be looked at', { error: messageOf(error) });
    }
  }

  #isWaiting({ id, state }: JobState): boolean {
    const watched = this.#watched.get(id);
    if (watched === undefined) return false;
    if (state !== 'waiting') watched.waitsSince = null;
    else watched.waitsSince ??= this.clock.monotonic();
    return state === 'waiting';
  }

  #settled(state: JobState): boolean {
    if (state.state !== 'done' && state.state !== 'failed') return false;
    this.#settle(state.id, state);
    return true;
  }

  #settle(id: string, end: JobEnd): void {
    this.#watched.get(id)?.settle(end);
    this.#watched.delete(id);
  }

  async #expire(): Promise<void> {
    const now = this.clock.monotonic();
    if (now - this.#expiredAt < expireEveryMs || now - this.#troubleAt < graceMs) return;
    this.#expiredAt = now;
    await this.work.expire();
  }

  async #endWithoutWorkers(waiting: readonly JobState[]): Promise<void> {
    const now = this.clock.monotonic();
    const overdue = waiting.filter(({ id }) => now - (this.#watched.get(id)?.waitsSince ?? now) >= goneAfterMs);
    if (overdue.length === 0 || now - this.#troubleAt < graceMs) return;
    const workers = await this.work.workers();
    const lost = overdue.filter(({ job }) => !workers.some((worker) => isThere(worker, job.site)));
    if (lost.length === 0) return;
    // A worker may take one at this very moment: then it goes on, and is looked at again.
    await this.work.withdraw(lost, this.planning());
    const left = new Set((await this.work.states(lost)).map(({ id }) => id));
    for (const { id, job } of lost)
      if (!left.has(id)) this.#settle(id, { state: 'no-worker', why: missing(job.site, workers) });
  }
}

/** Whether a worker is there who takes jobs of a site. */
export function isThere({ sites, seenMsAgo, isLeaving }: WorkerRow, site: string): boolean {
  return !isLeaving && seenMsAgo < goneAfterMs && sites.some(({ name }) => name === site);
}

function missing(site: string, workers: readonly WorkerRow[]): string {
  const last = workers.find(({ sites }) => sites.some(({ name }) => name === site));
  if (last === undefined) return `No worker works for the site ${site}; none was ever seen.`;
  return `No worker works for the site ${site}; the last one, on ${last.host}, was seen ${formatDuration(last.seenMsAgo)} ago (${last.seenAt}).`;
}
