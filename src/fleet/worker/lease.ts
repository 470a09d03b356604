import type { Clock } from '../../domain/ports/clock.js';
import type { TakenJob } from '../../store/work.js';

/**
 * A worker's right to one job, as far as it knows: until the lease is over, counted from when it was last asked for. Nothing leaves for a phone
 * after that, however long this process stood still. Both clocks count: one of them stops while a machine is suspended, the other may be set.
 */
export class Lease {
  #until = 0;
  #untilNow = 0;
  #isLost = false;

  constructor(
    readonly taken: TakenJob,
    private readonly clock: Pick<Clock, 'monotonic' | 'now'>,
    since: Moment,
    private readonly leaseMs: number,
  ) {
    this.renewed(since);
  }

  /** Whether something may be sent to its phone now. */
  get lasts(): boolean {
    return !this.#isLost && this.clock.monotonic() < this.#until && this.clock.now() < this.#untilNow;
  }

  /** It was asked for at this moment, and given. */
  renewed({ monotonic, now }: Moment): void {
    this.#until = monotonic + this.leaseMs;
    this.#untilNow = now + this.leaseMs;
  }

  lost(): void {
    this.#isLost = true;
  }
}

/** A moment by both clocks. */
export interface Moment {
  monotonic: number;
  now: number;
}

/** This moment. */
export function momentOf(clock: Pick<Clock, 'monotonic' | 'now'>): Moment {
  return { monotonic: clock.monotonic(), now: clock.now() };
}
