import type { Clock } from '../../domain/ports/clock.js';
import type { TakenJob } from '../../store/work.js';

/**
 * A worker's right to one job, as far as it knows: until the lease is over, counted from when it was last asked for. Nothing leaves for a phone
 * after that, however long this process stood still.
 */
export class Lease {
  #until: number;
  #isLost = false;

  constructor(
    readonly taken: TakenJob,
    private readonly clock: Pick<Clock, 'monotonic'>,
    until: number,
  ) {
    this.#until = until;
  }

  /** Whether something may be sent to its phone now. */
  get lasts(): boolean {
    return !this.#isLost && this.clock.monotonic() < this.#until;
  }

  /** Whether another worker has it. */
  get isLost(): boolean {
    return this.#isLost;
  }

  renewed(until: number): void {
    this.#until = until;
  }

  lost(): void {
    this.#isLost = true;
  }
}
