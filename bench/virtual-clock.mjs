import { setImmediate } from 'node:timers';

/** A clock that goes on to the next thing that is due as soon as nothing is left to do: hours of a night in seconds. */
export class VirtualClock {
  #now = Date.parse('2026-01-15T01:00:00Z');
  #due = new Map();
  #times = [];

  now() {
    return this.#now;
  }

  monotonic() {
    return this.#now;
  }

  after(ms, run) {
    // To the tenth of a second: what happens in it happens together, as in a busy event loop.
    const at = Math.ceil((this.#now + Math.max(1, ms)) / 10) * 10;
    const timer = { run };
    const list = this.#due.get(at);
    if (list) list.push(timer);
    else {
      this.#due.set(at, [timer]);
      this.#insert(at);
    }
    return () => {
      timer.run = null;
    };
  }

  sleep(ms) {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets what is due next happen, and what follows from it at once. */
  async step() {
    const at = this.#times.shift();
    if (at === undefined) return;
    this.#now = at;
    const timers = this.#due.get(at);
    this.#due.delete(at);
    for (const { run } of timers) run?.();
    // Commits take two turns of the event loop: one to gather, one to answer.
    for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
  }

  #insert(at) {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle] < at) low = middle + 1;
      else high = middle;
    }
    this.#times.splice(low, 0, at);
  }
}
