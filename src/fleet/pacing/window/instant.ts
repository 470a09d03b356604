import { DateTime } from 'luxon';
import { parseTimeZone } from '../../../domain/pacing/weekly-hours.js';
import { printable } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';

const dayMs = 24 * 3_600_000;

const usualForm = 'yyyy-MM-dd HH:mm';
const forms = [usualForm, "yyyy-MM-dd'T'HH:mm"];

/**
 * Reads `2026-12-01 22:00`, or `22:00` for the next time that clocks show that, as ms since the epoch.
 * @param zone an IANA time zone, or `UTC`
 * @param now ms since the epoch
 * @param place what the message of a UsageError begins with
 * @throws UsageError also for a time that daylight saving skips
 */
export function parseInstant(text: string, zone: string, now: number, place = '--at'): number {
  const said = `${place} "${printable(text, 40)}"`;
  const given = text.trim();
  const today = DateTime.fromMillis(now, { zone: parseTimeZone(zone) });
  /** Both where it comes twice, whatever the season is now. */
  const read = (whole: string): number[] => {
    for (const form of forms) {
      const at = DateTime.fromFormat(whole, form, { zone });
      // Midnight is 00:00 of the day that it begins.
      if (!at.isValid || whole.slice(11).startsWith('24')) continue;
      if (at.toFormat(form) !== whole) throw new UsageError(`${said}: clocks skip that time in ${zone}; give another.`);
      return at
        .getPossibleOffsets()
        .map((one) => one.toMillis())
        .sort((a, b) => a - b);
    }
    throw new UsageError(
      `${said} is no time; write it such as "2026-12-01 22:00", or "22:00" for the next time it is that.`,
    );
  };
  if (!/^\d{1,2}:\d{2}$/.test(given)) return Math.min(...read(given));
  const on = (day: DateTime): number[] => read(`${day.toFormat('yyyy-MM-dd')} ${given.padStart(5, '0')}`);
  return on(today).find((at) => at >= now) ?? Math.min(...on(today.plus({ days: 1 })));
}

/** Whether clocks show the same time as at this instant (ms since the epoch) once more, an hour before or after, as they are set back. */
export function comesTwice(at: number, zone: string): boolean {
  return DateTime.fromMillis(at, { zone: parseTimeZone(zone) }).getPossibleOffsets().length > 1;
}

/** Writes an instant (ms since the epoch) as {@link parseInstant} reads it: `2026-12-01 22:00`. */
export function writeInstant(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone: parseTimeZone(zone) }).toFormat(usualForm);
}

/** The same time on the next day's clocks, after an instant; both ms since the epoch. */
export function nextDay(at: number, after: number, zone: string): number {
  const start = DateTime.fromMillis(at, { zone: parseTimeZone(zone) });
  // Clocks are set by less than a day, so the one before is never too late to begin with.
  let days = Math.max(1, Math.floor((after - at) / dayMs) - 1);
  while (start.plus({ days }).toMillis() <= after) days += 1;
  return start.plus({ days }).toMillis();
}
