import type { Clock } from '../../../src/domain/ports/clock.js';

/** A clock that stands while something is under way, and then goes straight to the next moment that something waits for. */
export class IdleClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];
  #isPumping = false;
  /** What is under way: requests. */
  busy = 0;
  /** How long was waited at each time that it went on (ms). */
  readonly waits: number[] = [];

  now = (): number => Date.UTC(2026, 10, 28) + this.#now;
  monotonic = (): number => this.#now;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    this.#pump();
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    let idle = 0;
    const look = (): void => {
      idle = this.busy > 0 ? 0 : idle + 1;
      if (this.#timers.length === 0) return void (this.#isPumping = false);
      if (idle > 5) {
        idle = 0;
        const next = this.#timers.reduce((first, one) => (one.at < first.at ? one : first));
        this.#timers = this.#timers.filter((one) => one !== next);
        this.waits.push(next.at - this.#now);
        this.#now = Math.max(this.#now, next.at);
        next.run();
      }
      setImmediate(look);
    };
    setImmediate(look);
  }

  /** The same fetch, during which the clock stands: until its body is here. */
  standingDuring(inner: typeof fetch): typeof fetch {
    return async (input, init) => {
      this.busy += 1;
      try {
        const response = await inner(input, init);
        const { status, headers } = response;
        return new Response(await response.arrayBuffer(), { status, headers });
      } finally {
        this.busy -= 1;
      }
    };
  }
}
