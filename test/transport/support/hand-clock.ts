import type { Clock } from '../../../src/domain/ports/clock.js';

/** A clock that stands still until it is told to go on. */
export class HandClock implements Clock {
  #now = 1_000_000;
  #timers = new Set<{ at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass, each timer at its own moment. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
  }

  /** Lets time pass while the process is stopped: what came due meanwhile comes afterwards, all at once. */
  jump(ms: number): void {
    this.stand(ms);
    const due = [...this.#timers].filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    for (const timer of due) if (this.#timers.delete(timer)) timer.run();
  }

  /** Lets time pass in the middle of a calculation: no timer comes. */
  stand(ms: number): void {
    this.#now += ms;
  }

  /** How many timers wait: none may be left behind. */
  waiting(): number {
    return this.#timers.size;
  }
}
