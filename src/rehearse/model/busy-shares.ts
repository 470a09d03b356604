import type { BusyShare } from '../../domain/rehearsal/assumptions.js';
import { holdAt } from '../../domain/pacing/weekly-hours.js';
import { ZoneClock } from '../../fleet/pacing/window/zone-clock.js';

const minuteMs = 60_000;

/** Which share of phones is in a call, hour by hour. */
export class BusyShares {
  readonly #clock: ZoneClock;
  readonly #known = new Map<number, number>();

  /** @param zone whose hours they are */
  constructor(
    private readonly shares: readonly BusyShare[],
    zone: string,
  ) {
    this.#clock = new ZoneClock(zone);
  }

  /** @param now ms since the epoch */
  at(now: number): number {
    const minute = Math.floor(now / minuteMs);
    const share = this.#known.get(minute) ?? this.#shareAt(now);
    this.#known.set(minute, share);
    return share;
  }

  /** The largest of those whose hours these are, else the one that is said of all others. */
  #shareAt(now: number): number {
    const { day, minute } = this.#clock.wallTime(now);
    const named = this.shares.filter(({ hours }) => hours !== null && holdAt(hours, day, minute));
    const hold = named.length > 0 ? named : this.shares.filter(({ hours }) => hours === null);
    return Math.max(0, ...hold.map(({ share }) => share));
  }
}
