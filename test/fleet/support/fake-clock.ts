import type { Clock } from '../../../src/domain/ports/clock.js';

interface Timer {
  at: number;
  order: number;
  run: () => void;
  off: boolean;
}

/** A clock that jumps from timer to timer as soon as nothing else is left to do, so that hours pass in no time. */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 0, 15, 1, 0, 0);
  #set = 0;
  #order = 0;
  /** A binary heap: ten thousand waiting phones are ten thousand timers. */
  readonly #heap: Timer[] = [];

  /** What the machine's clock shows; it may be set (`setBy`). */
  now(): number {
    return this.#now + this.#set;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the machine's clock forward, or back, by so many milliseconds. */
  setBy(ms: number): void {
    this.#set += ms;
  }

  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), run, off: false };
    this.#push(timer);
    return () => {
      timer.off = true;
    };
  }

  /** Resolves after `ms` of this clock. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Lets time pass until the promise settles. Fails when nothing is left that could ever settle it. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => (settled = true));
    done.catch(() => {});
    // What waits for a turn of the loop instead of a timer gets a hundred of them, then nothing will come any more.
    for (let idle = 0; idle < 100;) {
      await turn();
      if (settled) return done;
      idle = this.#fireNext() ? 0 : idle + 1;
    }
    throw new Error('the clock has no timer left, and what was waited for has not happened');
  }

  /** Lets this much time pass, whatever happens meanwhile. */
  async pass(ms: number): Promise<void> {
    await this.run(this.wait(ms));
  }

  /** Fires everything that is due next; false when there is nothing. */
  #fireNext(): boolean {
    let fired = false;
    for (;;) {
      const [next] = this.#heap;
      if (!next || (fired && next.at > this.#now)) return fired;
      this.#pop();
      if (next.off) continue;
      this.#now = Math.max(this.#now, next.at);
      fired = true;
      next.run();
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

/** One turn of the event loop: every promise that can go on has gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function before(a: Timer, b: Timer): boolean {
  return a.at - b.at < 0 || (a.at === b.at && a.order < b.order);
}
