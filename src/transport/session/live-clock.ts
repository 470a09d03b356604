import type { Clock } from '../../domain/ports/clock.js';

/** Interval at which the event loop is checked (ms). */
const beatMs = 100;
/** A loop that was away for longer than this (ms) was starved, stopped or suspended: the time beyond it does not count. */
const allowedMs = 2 * beatMs;

/** Calls back once sockets have been read; returns a function that cancels it. */
export type Yield = (run: () => void) => () => void;

/** Node polls its sockets before it calls this. */
const afterPolling: Yield = (run) => {
  const immediate = setImmediate(run);
  return () => clearImmediate(immediate);
};

/**
 * A clock for phones' deadlines: only time counts in which we could have read their responses. A process that was blocked, stopped or
 * suspended finds all timers due and its sockets full; each deadline keeps the rest it had when that began, and sockets are read before
 * any deadline expires.
 */
export class LiveClock implements Clock {
  /** Time lost up to the last beat. */
  #lostMs = 0;
  #beatAt = 0;
  #waiting = 0;
  #stopBeating = (): void => {};

  constructor(
    private readonly clock: Clock,
    private readonly yieldToSockets: Yield = afterPolling,
  ) {}

  now(): number {
    return this.clock.now();
  }

  /** Milliseconds as `Clock.monotonic`, without the time for which the loop was away while a deadline ran. */
  monotonic(): number {
    return this.clock.monotonic() - this.#lostMs - this.#awayMs();
  }

  after(ms: number, run: () => void): () => void {
    if (this.#waiting === 0) this.#beat();
    this.#waiting += 1;
    const due = this.monotonic() + ms;
    let over = false;
    let stop = (): void => {};
    const end = (): void => {
      over = true;
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#stopBeating();
    };
    const arm = (rest: number): void => {
      stop = this.clock.after(rest, () => {
        const left = due - this.monotonic();
        if (left > 0) return arm(Math.max(1, left));
        stop = this.yieldToSockets(() => {
          end();
          run();
        });
      });
    };
    arm(ms);
    return () => {
      if (over) return;
      end();
      stop();
    };
  }

  /** Only a timer of the loop shows that it runs: a reading in the middle of a long calculation does not. */
  #beat(): void {
    this.#beatAt = this.clock.monotonic();
    this.#stopBeating = this.clock.after(beatMs, () => {
      this.#lostMs += this.#awayMs();
      this.#beat();
    });
  }

  #awayMs(): number {
    if (this.#waiting === 0) return 0;
    return Math.max(0, this.clock.monotonic() - this.#beatAt - allowedMs);
  }
}
