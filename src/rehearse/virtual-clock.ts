import { setImmediate } from 'node:timers';
import TinyQueue from 'tinyqueue';
import type { Clock } from '../domain/ports/clock.js';

interface Timer {
  run: (() => void) | null;
}

/**
 * What happens within so many ms happens together, as in a busy event loop. Measured by `bench rehearse`: with a tenth of it a night takes a fifth
 * longer.
 */
export const grainMs = 100;

/** The finest grain (ms). */
const finestMs = 10;

/** The grain for phones that take so long to show a page: a small part of that, as looks follow each other where there are few connections. */
export function grainFor(readMs: number): number {
  return Math.min(grainMs, Math.max(finestMs, Math.round(readMs / 7 / finestMs) * finestMs));
}

/** Turns of the event loop between two moments: one for what is passed on by `setImmediate`, one for what follows from that. */
const turns = 2;

/** A clock that goes on to what is due next as soon as nothing is left to do: hours of a night in seconds. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #due = new Map<number, Timer[]>();
  /** The moments at which something is due. */
  readonly #moments = new TinyQueue<number>();

  /** @param startsAt ms since the epoch */
  constructor(
    startsAt: number,
    private readonly grain = grainMs,
  ) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const at = Math.ceil((this.#now + Math.max(1, ms)) / this.grain) * this.grain;
    const timer: Timer = { run };
    const due = this.#due.get(at);
    if (due) due.push(timer);
    else {
      this.#due.set(at, [timer]);
      this.#moments.push(at);
    }
    return () => void (timer.run = null);
  }

  /**
   * Lets time pass until the work is done.
   * @throws whatever the work throws; an Error if it waits for something that no clock brings about
   */
  async until<Result>(work: Promise<Result>): Promise<Result> {
    let ended = false;
    const end = (): void => void (ended = true);
    work.then(end, end);
    for (;;) {
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
      if (ended) return work;
      const at = this.#moments.pop();
      if (at === undefined) throw new Error('a rehearsed run waits for something that is no matter of time');
      this.#now = at;
      const timers = this.#due.get(at) ?? [];
      this.#due.delete(at);
      for (const timer of timers) timer.run?.();
    }
  }
}
