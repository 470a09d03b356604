import type { Clock } from '../../domain/ports/clock.js';
import type { AnyEvent } from '../../domain/report/events.js';
import type { Aside } from './aside.js';
import type { Operation } from './batch-writer.js';
import { durationOperation, eventOperation, progressOperation, targetOperation, wavesOperation } from './operations.js';
import { isStoreAway } from '../store-error.js';
import type { Deferral, RunFar, StepDuration, TargetState } from '../store-rows.js';

/** Buffered writes are committed together after this long (ms): a crash loses at most this much of what was only observed. */
export const commitEveryMs = 250;

/** A commit that failed is tried again after this long (ms), each further time after twice as long, or with the next intent or flush. */
export const retryAfterMs = 1_000;

/** But at least so often (ms). */
export const longestRetryMs = 15_000;

/** This many buffered writes are committed without waiting: no commit should hold up the event loop for long. */
export const maxBuffered = 500;

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** An operation that is stored only while a caller waits for it. */
interface Pending {
  operation: Operation;
  ofIntent: boolean;
}

export interface RecorderParts {
  runId: string;
  clock: Clock;
  /** Stores all of it durably, or nothing. */
  write: (operations: readonly Operation[]) => Promise<void>;
  /** Called for every commit that failed. What was buffered is kept and tried again. */
  onError: (error: unknown) => void;
  /** Where what waits is kept while the store is away. Absent: in memory alone. */
  aside?: Pick<Aside, 'keep' | 'clear'> | undefined;
  /** Called when a commit goes well again. */
  onBack?: (() => void) | undefined;
  /** Intents that follow each other within this time (ms) share a commit; the first of them never waits. */
  gatherMs?: number | undefined;
}

/**
 * Writes down what happens in one run. Everything is committed in the order it came in; what is buffered is committed in groups. A commit
 * that fails loses nothing that was buffered: `onError` is called, waiting callers are rejected, and it is tried again, so that a run can
 * continue once there is space on the disk.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  #pending: Pending[] = [];
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
  #lastNow = { ms: Number.NaN, iso: '' };
  #closed = false;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Stores a target as it is now, buffered: of several states within a commit only the last is written. */
  saveTarget(target: TargetState): void {
    this.#add([targetOperation(this.#parts.runId, target, this.#now())]);
  }

  /** Appends an event, buffered. */
  event(event: AnyEvent): void {
    this.#add([eventOperation(event)]);
  }

  /** Stores the waves as frozen at the start, buffered. */
  saveWaves(waves: unknown): void {
    this.#add([wavesOperation(waves)]);
  }

  /** Stores how far the run is, buffered. */
  saveProgress(progress: RunFar): void {
    this.#add([progressOperation(progress)]);
  }

  /** Defers a phone, buffered; `null` ends the deferral. */
  saveDeferral(mac: string, deferral: Deferral | null): void {
    this.#add([{ kind: 'deferral', mac, deferral }]);
  }

  /** Remembers how long a proven step took, buffered. */
  recordDuration(duration: StepDuration): void {
    this.#add([durationOperation(this.#parts.runId, duration, this.#now())]);
  }

  /**
   * Stores the target and an event `intent` with these details; resolves only when both, and everything before them, are safe on the disk.
   * Intents of the same tick share a commit. When it rejects, neither is stored, and nothing may be written to the phone.
   */
  async intent(target: TargetState, detail: Readonly<Record<string, unknown>>): Promise<void> {
    const at = this.#now();
    const { address, mac } = target;
    const operations = [
      targetOperation(this.#parts.runId, target, at),
      eventOperation({ ...detail, event: 'intent', at, address, mac }),
    ];
    await this.#commitWith(operations, this.#untilNextIntent());
  }

  /** Resolves when everything so far is safe on the disk. */
  flush(): Promise<void> {
    return this.#commitWith([]);
  }

  /** Flushes; nothing is accepted afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const flushed = this.flush();
    this.#closed = true;
    try {
      await flushed;
    } finally {
      this.#stopTimer();
    }
  }

  #commitWith(operations: readonly Operation[], afterMs = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#add(operations, true);
      this.#waiters.push({ resolve, reject });
      if (afterMs > 0) this.#commitIn(afterMs);
      else this.#commitSoon();
    });
  }

  /** How long the next intent waits for others (ms). */
  #untilNextIntent(): number {
    const { gatherMs = 0, clock } = this.#parts;
    return Math.min(gatherMs, this.#lastAwaited + gatherMs - clock.monotonic());
  }

  #add(operations: readonly Operation[], ofIntent = false): void {
    if (this.#closed) throw new Error('the recorder is closed');
    for (const operation of operations) this.#pending.push({ operation, ofIntent });
    // On a full disk, do not retry with every new write.
    if (this.#pending.length >= maxBuffered && this.#failures === 0) this.#commitSoon();
    else this.#commitIn(this.#untilNextCommit());
  }

  #untilNextCommit(): number {
    if (this.#failures === 0) return commitEveryMs;
    return Math.min(longestRetryMs, retryAfterMs * 2 ** (this.#failures - 1));
  }

  #commitIn(ms: number): void {
    if ((this.#pending.length === 0 && !this.#isAway) || this.#committing) return;
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
      if (batch.length > 0 || this.#isAway) await this.#parts.write(batch.map(({ operation }) => operation));
      const isBack = this.#failures > 0;
      this.#failures = 0;
      this.#isAway = false;
      for (const { resolve } of waiters) resolve();
      this.#parts.aside?.clear();
      if (isBack) this.#parts.onBack?.();
    } catch (error) {
      this.#failures += 1;
      this.#isAway = isStoreAway(error);
      // A refused intent is dropped: its write will not happen.
      this.#pending = [...batch.filter(({ ofIntent }) => !ofIntent), ...this.#pending];
      for (const { reject } of waiters) reject(error);
      if (this.#isAway) this.#keepAside();
      this.#parts.onError(error);
    } finally {
      this.#committing = false;
      if (this.#urgent) setImmediate(() => void this.#commit());
      else if (this.#waiters.length > 0) this.#commitIn(Math.max(0, this.#untilNextIntent()));
      else if (!this.#closed) this.#commitIn(this.#untilNextCommit());
    }
  }

  /** A disk that is full loses no more than there would be without it. */
  #keepAside(): void {
    try {
      this.#parts.aside?.keep(this.#pending.map(({ operation }) => operation));
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Many entries fall into the same millisecond, and formatting a date costs more than reading the clock. */
  #now(): string {
    const ms = this.#parts.clock.now();
    if (ms !== this.#lastNow.ms) this.#lastNow = { ms, iso: new Date(ms).toISOString() };
    return this.#lastNow.iso;
  }
}
