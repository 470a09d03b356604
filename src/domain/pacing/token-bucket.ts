import type { Clock } from '../ports/clock.js';

/** How many milliseconds of its rate a bucket holds when it is full: so much may go at once after a pause. */
const burstMs = 250;

/**
 * Holds a stream of bytes to a rate. Bytes are always granted, and the bucket says when they may leave: callers that wait so long before they
 * send are served in the order in which they asked, none is left out, and a piece larger than the bucket needs no special case.
 */
export class TokenBucket {
  /** When (ms) all that was taken is paid for. Further back than a full bucket counts as a full bucket. */
  #paidAt = Number.NEGATIVE_INFINITY;

  /** @throws RangeError for a rate that is not above zero, with which nothing would ever be sent */
  constructor(
    private readonly bytesPerSecond: number,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {
    if (!(bytesPerSecond > 0)) throw new RangeError('a rate must be above 0 bytes per second');
  }

  /** Takes that many bytes. @returns how long (ms) to wait before they are sent; 0 for at once, also for what no timer can wait */
  take(bytes: number): number {
    const now = this.clock.monotonic();
    this.#paidAt = Math.max(this.#paidAt, now - burstMs) + (bytes / this.bytesPerSecond) * 1000;
    const wait = this.#paidAt - now;
    return wait < 1 ? 0 : wait;
  }

  /** Whether it is as good as a new one. */
  get isFull(): boolean {
    return this.#paidAt <= this.clock.monotonic() - burstMs;
  }
}
