import { DateTime, IANAZone } from 'luxon';
import { parseTimeZone } from '../../../domain/pacing/weekly-hours.js';

/** What a wall clock shows. */
export interface WallTime {
  /** 1 is Monday, 7 is Sunday. */
  day: number;
  /** Whole minutes since midnight. */
  minute: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The wall clocks of one time zone, daylight saving included. All instants are milliseconds since the epoch. */
export class ZoneClock {
  readonly #zone: IANAZone;

  /** @throws UsageError for an unknown zone, with the nearest known one. */
  constructor(readonly name: string) {
    this.#zone = IANAZone.create(parseTimeZone(name));
  }

  wallTime(at: number): WallTime {
    const { weekday, hour, minute } = DateTime.fromMillis(at, { zone: this.#zone });
    return { day: weekday, minute: hour * 60 + minute };
  }

  /**
   * The instants of the UTC day of `at` at which a clock shows one of these minutes of the day, or is set forward or back; in order. A
   * minute that is skipped does not appear, one that comes twice appears twice.
   */
  changesOn(at: number, minutes: readonly number[]): number[] {
    const from = Math.floor(at / dayMs) * dayMs;
    const until = from + dayMs;
    const shifts = this.#shifts(from, until);
    const offsets = new Set([this.#zone.offset(from), ...shifts.map((shift) => this.#zone.offset(shift))]);
    const found = new Set(shifts);
    for (const offset of offsets) {
      // Zones are less than a day ahead or behind, so three of their days cover the whole UTC day.
      for (const wallDay of [from - dayMs, from, from + dayMs]) {
        for (const minute of minutes) {
          const instant = wallDay + (minute - offset) * minuteMs;
          if (instant >= from && instant < until && this.#zone.offset(instant) === offset) found.add(instant);
        }
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** When the offset changes, to the minute. Only days whose ends differ are searched. */
  #shifts(from: number, until: number): number[] {
    const before = this.#zone.offset(from - 1);
    if (before === this.#zone.offset(until - 1)) return [];
    let [low, high] = [from - minuteMs, until];
    while (high - low > minuteMs) {
      const middle = low + Math.round((high - low) / 2 / minuteMs) * minuteMs;
      if (this.#zone.offset(middle) === before) low = middle;
      else high = middle;
    }
    return [high];
  }
}
