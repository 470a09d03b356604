import type { Clock } from '../../domain/ports/clock.js';
import { isStoreAway } from '../store-error.js';
import type { TakenJob } from '../work.js';
import type { Aside } from './aside.js';
import { type Entry, isRefused, type Refusals } from './entry.js';

/** Buffered writes are committed together after this long (ms): a crash loses at most this much of what was only observed. */
export const commitEveryMs = 250;

/** A commit that failed is tried again after this long (ms), each further time after twice as long, or with the next intent or flush. */
export const retryAfterMs = 1_000;

/** But at least so often (ms). */
export const longestRetryMs = 15_000;

/** This many buffered writes are committed without waiting: no commit should hold up the event loop for long. */
export const maxBuffered = 500;

/** Who writes something down, and is told how that goes. */
export interface Author {
  /** Of a worker: its job. `null`: the run itself. */
  job: TakenJob | null;
  /** Called for every commit that failed, and for each in which what is this author's was refused. */
  onError: (error: unknown) => void;
  /** Called when a commit goes well again. */
  onBack?: (() => void) | undefined;
}

interface Waiter {
  author: Author;
  ofIntent: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface CommitterParts {
  clock: Clock;
  /** Stores all of it durably, but for what it refuses, or nothing. */
  write: (entries: readonly Entry[]) => Promise<Refusals>;
  /** Where what waits is kept while the store is away. Absent: in memory alone. */
  aside?: Pick<Aside, 'keep' | 'clear'> | undefined;
  /** Intents that follow each other within this time (ms) share a commit; the first of them never waits. */
  gatherMs?: number | undefined;
}

/**
 * Commits what one or several authors write down of a run, in the order it came in; what is buffered is committed in groups. A commit that fails
 * loses nothing that was buffered: authors are told, waiting callers are rejected, and it is tried again, so that a run can continue once there is
 * space on the disk, or its database is back.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #authors = new Set<Author>();
  #pending: Entry[] = [];
  #waiters: Waiter[] = [];
  #cancelTimer: (() => void) | null = null;
  #timerAt = 0;
  #lastAwaited = Number.NEGATIVE_INFINITY;
  #committing = false;
  #urgent = false;
  /** Commits that failed since one went well. */
  #failures = 0;
  /** Whether the store does not answer: then it is asked again, also with nothing to say. */
  #isAway = false;
  #closed = false;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
  }

  join(author: Author): void {
    this.#authors.add(author);
  }

  /** It is told nothing more. What it has written down is stored all the same. */
  leave(author: Author): void {
    this.#authors.delete(author);
  }

  /** Buffered. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) this.#pending.push(entry);
    // On a full disk, do not retry with every new write.
    if (this.#pending.length >= maxBuffered && this.#failures === 0) this.#commitSoon();
    else this.#commitIn(this.#untilNextCommit());
  }

  /** Stores an intent; resolves only when it, and everything before it, are safe on the disk. Rejects when it is not stored. */
  intend(author: Author, entries: readonly Entry[]): Promise<void> {
    return this.#commitWith(author, entries, this.#untilNextIntent());
  }

  /** Resolves when everything so far is safe on the disk. */
  flush(author: Author): Promise<void> {
    return this.#commitWith(author, [], 0);
  }

  /** Nothing is tried again. */
  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }

  #commitWith(author: Author, entries: readonly Entry[], afterMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.add(entries);
      this.#waiters.push({ author, ofIntent: entries.length > 0, resolve, reject });
      if (afterMs > 0) this.#commitIn(afterMs);
      else this.#commitSoon();
    });
  }

  /** How long the next intent waits for others (ms). */
  #untilNextIntent(): number {
    const { gatherMs = 0, clock } = this.#parts;
    return Math.min(gatherMs, this.#lastAwaited + gatherMs - clock.monotonic());
  }

  #untilNextCommit(): number {
    if (this.#failures === 0) return commitEveryMs;
    return Math.min(longestRetryMs, retryAfterMs * 2 ** (this.#failures - 1));
  }

  #commitIn(ms: number): void {
    if ((this.#pending.length === 0 && !this.#isAway) || this.#committing || this.#closed) return;
    const at = this.#parts.clock.monotonic() + ms;
    if (this.#cancelTimer && this.#timerAt <= at) return;
    this.#stopTimer();
    this.#timerAt = at;
    this.#cancelTimer = this.#parts.clock.after(ms, () => {
      this.#cancelTimer = null;
      this.#commitSoon();
    });
  }

  /** Commits when the current tick is over, so that whatever else it brings is included. */
  #commitSoon(): void {
    if (this.#urgent) return;
    this.#urgent = true;
    this.#stopTimer();
    // When a commit under way ends, it takes up what has come in meanwhile.
    if (!this.#committing) setImmediate(() => void this.#commit());
  }

  async #commit(): Promise<void> {
    this.#committing = true;
    this.#urgent = false;
    const [batch, waiters] = [this.#pending, this.#waiters];
    this.#pending = [];
    this.#waiters = [];
    if (waiters.length > 0) this.#lastAwaited = this.#parts.clock.monotonic();
    try {
      const refusals = await this.#write(batch, waiters);
      if (refusals) this.#stored(waiters, refusals);
    } finally {
      this.#committing = false;
      if (this.#urgent) setImmediate(() => void this.#commit());
      else if (this.#waiters.length > 0) this.#commitIn(Math.max(0, this.#untilNextIntent()));
      else this.#commitIn(this.#untilNextCommit());
    }
  }

  /** Resolves to `null` where it failed. */
  async #write(batch: readonly Entry[], waiters: readonly Waiter[]): Promise<Refusals | null> {
    try {
      return batch.length > 0 || this.#isAway ? await this.#parts.write(batch) : new Map();
    } catch (error) {
      this.#failed(batch, waiters, error);
      return null;
    }
  }

  #stored(waiters: readonly Waiter[], refusals: Refusals): void {
    const isBack = this.#failures > 0;
    this.#failures = 0;
    this.#isAway = false;
    for (const { author, ofIntent, resolve, reject } of waiters) {
      const { job } = author;
      if (isRefused({ job, ofIntent }, refusals)) reject(job && refusals.get(job)?.error);
      else resolve();
    }
    this.#keepAside((aside) => aside.clear());
    for (const { job, onError, onBack } of [...this.#authors]) {
      if (isBack) onBack?.();
      const refusal = job && refusals.get(job);
      if (refusal) onError(refusal.error);
    }
  }

  #failed(batch: readonly Entry[], waiters: readonly Waiter[], error: unknown): void {
    this.#failures += 1;
    this.#isAway = isStoreAway(error);
    // A refused intent is dropped: its write will not happen.
    this.#pending = [...batch.filter(({ ofIntent }) => !ofIntent), ...this.#pending];
    for (const { reject } of waiters) reject(error);
    if (this.#isAway) this.#keepAside((aside) => aside.keep(this.#pending));
    this.#tell(error);
  }

  #tell(error: unknown): void {
    for (const { onError } of [...this.#authors]) onError(error);
  }

  /** A disk that is full loses no more than there would be without it. */
  #keepAside(work: (aside: Pick<Aside, 'keep' | 'clear'>) => void): void {
    const { aside } = this.#parts;
    try {
      if (aside) work(aside);
    } catch (error) {
      this.#tell(error);
    }
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
