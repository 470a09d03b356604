import type { Clock } from '../../../src/domain/ports/clock.js';

/** When every test begins. */
export const testStart = '2026-01-15T01:00:00.000Z';

/** A clock that stands until it is told to go on. */
export class StandingClock implements Clock {
  #now = Date.parse(testStart);
  #set = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now + this.#set;
  }

  monotonic(): number {
    return this.#now;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Somebody sets the machine's clock, forward or back; no time passes. */
  setBy(ms: number): void {
    this.#set += ms;
  }

  /** How many timers are set. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets so many milliseconds pass, and what was due then happen. */
  async pass(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
    await settled();
  }
}

/** Resolves when what was begun in this tick, and what follows from it at once, has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
