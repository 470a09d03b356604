import { type Clock, sleep } from '../../domain/ports/clock.js';

/** Keeps to so many requests within any span of time, by letting those beyond it wait for their turn. */
export class SlidingRate {
  /** By `Clock.monotonic`, the oldest first. */
  readonly #sent: number[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly limit: { requests: number; spanMs: number },
    private readonly clock: Pick<Clock, 'after' | 'monotonic'>,
  ) {}

  /** Resolves when one more may be sent, which then counts. In the order of the calls. */
  turn(): Promise<void> {
    this.#last = this.#last.then(() => this.#wait());
    return this.#last;
  }

  async #wait(): Promise<void> {
    const { requests, spanMs } = this.limit;
    while (this.#sent.length >= requests) {
      const rest = (this.#sent[0] ?? 0) + spanMs - this.clock.monotonic();
      if (rest > 0) await sleep(this.clock, rest);
      else this.#sent.shift();
    }
    this.#sent.push(this.clock.monotonic());
  }
}
