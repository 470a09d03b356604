import { holdAt, parseWeeklyHours, type WeeklyHours } from '../../../domain/pacing/weekly-hours.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { ZoneClock } from './zone-clock.js';

const dayMs = 24 * 3_600_000;

/**
 * What has not changed for this long never does: hours repeat every week, and a day may lose its hours to daylight saving, or be skipped by
 * a change of zone, but not again and again.
 */
const mostDays = 30;

/** From when until when a window is open, or closed. */
interface Span {
  from: number;
  until: number;
  open: boolean;
}

/** So many spans are kept: now, until it opens, and the opening after that. */
const mostKnown = 3;

/**
 * When phones may be started: open whenever a wall clock in the zone shows a time within the given hours. So a time that daylight saving
 * skips never comes, and one that comes twice counts twice. All instants are milliseconds since the epoch.
 */
export class Window {
  readonly #minutes: readonly number[];
  /** The last results and how long they hold, the newest first: runs ask about successive instants, and of each about the openings after it. */
  #known: readonly Span[] = [];

  constructor(
    /** As given. */
    readonly text: string,
    private readonly hours: readonly WeeklyHours[],
    private readonly clock: ZoneClock,
  ) {
    this.#minutes = [...new Set(hours.flatMap(({ from, to }) => [from, to % (24 * 60)]))];
  }

  get zone(): string {
    return this.clock.name;
  }

  isOpen(at: number): boolean {
    return this.#spanFrom(at).open;
  }

  /** When it opens next; `at` itself while it is open. */
  opensAt(at: number): number {
    const span = this.#spanFrom(at);
    return span.open ? at : span.until;
  }

  /** When it closes next; `at` itself while it is closed, `Infinity` for a window that never closes. */
  closesAt(at: number): number {
    const span = this.#spanFrom(at);
    return span.open ? span.until : at;
  }

  /** Whether a phone that is started now and takes this long ends before the window closes. */
  fits(at: number, durationMs: number): boolean {
    return this.isOpen(at) && at + durationMs <= this.closesAt(at);
  }

  /** When a phone that takes this long can be started next; `null` when no opening of the coming weeks is long enough. */
  nextFit(at: number, durationMs: number): number | null {
    if (this.fits(at, durationMs)) return at;
    for (let start = this.#nextOpening(at); start - at < mostDays * dayMs; start = this.#nextOpening(start))
      if (this.fits(start, durationMs)) return start;
    return null;
  }

  #nextOpening(at: number): number {
    const closes = this.closesAt(at);
    return closes === Infinity ? Infinity : this.opensAt(closes);
  }

  #spanFrom(at: number): Span {
    const known = this.#known.find(({ from, until }) => at >= from && at < until);
    if (known) return known;
    const open = this.#holdsAt(at);
    const span = { from: at, until: this.#nextChange(at, open), open };
    this.#known = [span, ...this.#known.slice(0, mostKnown - 1)];
    return span;
  }

  /** When it first changes after `at`. */
  #nextChange(at: number, open: boolean): number {
    for (let day = 0; day <= mostDays; day += 1) {
      const changes = this.clock.changesOn(at + day * dayMs, this.#minutes);
      const change = changes.find((instant) => instant > at && this.#holdsAt(instant) !== open);
      if (change !== undefined) return change;
    }
    return Infinity;
  }

  #holdsAt(at: number): boolean {
    const { day, minute } = this.clock.wallTime(at);
    return this.hours.some((hours) => holdAt(hours, day, minute));
  }
}

/**
 * Reads the windows of `--window`: `22:00-05:00`, `Mon-Fri 22:00-05:00`, `Sat,Sun 00:00-24:00`. The weekday is the one on which the window
 * opens. With several, it is enough that one is open; those that touch are one.
 *
 * @param zone an IANA time zone such as `Europe/Berlin`, or `UTC`.
 * @throws UsageError for an unknown zone, a window that never opens, and anything else that cannot be read.
 */
export function parseWindow(texts: string | readonly string[], zone: string): Window {
  const list = [texts].flat();
  if (list.length === 0) throw new UsageError('--window names no hours, so it would never open.');
  return new Window(
    list.map((text) => text.trim()).join(', '),
    list.map((text) => parseWeeklyHours(text)),
    new ZoneClock(zone),
  );
}
