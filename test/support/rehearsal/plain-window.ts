import { holdPlainly, hoursText, type PlainHours } from '../../fleet/support/plain-hours.js';
import { type Wall, wallClock } from '../../fleet/support/wall-minutes.js';

const minuteMs = 60_000;

/** A window as a test judges it: by what clocks on the wall show, minute after minute, and by nothing of ours. */
export class PlainWindow {
  readonly #known = new Map<number, Wall>();
  readonly #shows: (at: number) => Wall;

  constructor(
    readonly hours: readonly PlainHours[],
    readonly zone: string,
  ) {
    this.#shows = wallClock(zone);
  }

  /** As `--window` takes it. */
  get texts(): string[] {
    return this.hours.map(hoursText);
  }

  /** Whether it is open from an instant on for so long (both ms), to the last minute. */
  isOpenFor(at: number, ms: number): boolean {
    for (let minute = Math.floor(at / minuteMs); minute * minuteMs < at + Math.max(1, ms); minute += 1)
      if (!holdPlainly(this.hours, this.shownIn(minute))) return false;
    return true;
  }

  /** What clocks show in a minute since the epoch. */
  shownIn(minute: number): Wall {
    const known = this.#known.get(minute) ?? this.#shows(minute * minuteMs);
    this.#known.set(minute, known);
    return known;
  }
}
