import type { Simulator, SimulatorClock } from '../../../src/simulator/index.js';

/** A clock that stands still until it is told to go on. */
export class ManualClock implements SimulatorClock {
  #now = Date.UTC(2026, 0, 15, 1, 0, 0);
  #timers: { at: number; fn: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    const timer = { at: this.#now + ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets so many seconds pass, one timer at a time, and lets phones finish what they fetch in between. */
  async pass(simulator: Simulator, seconds: number): Promise<void> {
    const end = this.#now + seconds * 1000;
    await simulator.quiet();
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.fn();
      await simulator.quiet();
    }
    this.#now = end;
  }
}
