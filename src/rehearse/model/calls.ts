import { drawOf } from '../../domain/rehearsal/fate.js';
import type { BusyShares } from './busy-shares.js';

/**
 * The calls of one phone, drawn as they are asked for: on average it is in one for its share of the time, and each lasts as long as it happens
 * to last. When somebody looks changes nothing about them.
 */
export class Calls {
  #busy: boolean;
  #until: number;
  /** Whether it is otherwise then; else it is only drawn anew, as the share of phones in a call may have changed. */
  #changes = false;
  #draws = 0;

  constructor(
    private readonly seed: number,
    private readonly key: string,
    private readonly shares: BusyShares,
    /** How long a call lasts on average (ms). */
    private readonly callMs: number,
    /** From when on they are asked for (ms since the epoch). */
    since: number,
  ) {
    this.#busy = this.#draw() < shares.at(since);
    this.#until = since;
  }

  /** Whether it is in a call. @param now ms since the epoch, never less than before */
  isBusy(now: number): boolean {
    while (now >= this.#until) {
      if (this.#changes) this.#busy = !this.#busy;
      const from = this.#until;
      const lasts = this.#lasts(from);
      const anew = (Math.floor(from / quarterMs) + 1) * quarterMs;
      // A call that has begun is not cut short by the end of an hour.
      this.#changes = from + lasts < anew || (this.#busy && lasts < Infinity);
      this.#until = this.#changes ? from + lasts : anew;
    }
    return this.#busy;
  }

  /** For how long it stays so, by what holds at an instant (ms). */
  #lasts(at: number): number {
    const share = this.shares.at(at);
    if (share <= 0) return this.#busy ? 0 : Infinity;
    if (share >= 1) return this.#busy ? Infinity : 0;
    const mean = this.#busy ? this.callMs : (this.callMs * (1 - share)) / share;
    return -Math.log(1 - this.#draw()) * mean + 1;
  }

  #draw(): number {
    this.#draws += 1;
    return drawOf(this.seed, this.key, `call ${this.#draws}`);
  }
}

/** Hours begin and end on it in every time zone. */
const quarterMs = 15 * 60_000;
