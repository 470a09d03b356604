import { nearMisses } from '../text/near-miss.js';
import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/** Hours of a week in local time, without a zone yet. */
export interface WeeklyHours {
  /** Days on which they begin: 1 is Monday, 7 is Sunday, as in ISO 8601. */
  days: ReadonlySet<number>;
  /** Minutes of the day, 0 to 1439. */
  from: number;
  /** Minutes of the day, 1 to 1440: the first that is outside. If it is not after `from`, it is on the next day. */
  to: number;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const shortNames = dayNames.map((name) => name.slice(0, 3));
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const dayMinutes = 24 * 60;

const howTo = 'write it such as "22:00-05:00" or "Mon-Fri 22:00-05:00"';

/**
 * Reads `22:00-05:00`, `Mon-Fri 22:00-05:00`, `Sat,Sun 00:00-24:00`. The days are those on which the window opens; if none are given, it
 * opens every day. An end at or before the beginning is on the next day.
 *
 * @param place what the message of a UsageError begins with
 * @throws UsageError for anything else, naming what is wrong.
 */
export function parseWeeklyHours(text: string, place = '--window'): WeeklyHours {
  const said = `${place} "${printable(text, 80)}"`;
  const match = /^(?:(\D*)\s)?\s*(\S+?)\s*[-–]\s*(\S+)$/.exec(text.trim());
  if (!match) throw wrong(said, 'is not a window');
  const [, daysText, fromText = '', toText = ''] = match;
  const from = parseTime(fromText, said);
  const to = parseTime(toText, said);
  if (from === dayMinutes) throw wrong(said, 'begins at 24:00; write 00:00 of the next day');
  if (from === to) throw wrong(said, 'never opens: it ends when it begins, and the whole day is written 00:00-24:00');
  return {
    days: new Set(daysText === undefined ? everyDay : parseDays(daysText, said)),
    from,
    to: to === 0 ? dayMinutes : to,
  };
}

/** Whether these hours hold at a minute of the day on a day of the week (1 to 7). */
export function holdAt({ days, from, to }: WeeklyHours, day: number, minute: number): boolean {
  if (to > from) return days.has(day) && minute >= from && minute < to;
  const dayBefore = day === 1 ? 7 : day - 1;
  return (days.has(day) && minute >= from) || (days.has(dayBefore) && minute < to);
}

function parseTime(time: string, said: string): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  if (!(minutes <= dayMinutes) || Number(match?.[2]) > 59)
    throw wrong(said, `has "${printable(time, 20)}", which is not a time of day from 00:00 to 24:00`);
  return minutes;
}

function parseDays(list: string, said: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = '', last, ...more] = part.split('-').map((name) => name.trim());
    if (more.length > 0) throw wrong(said, `has "${printable(part.trim(), 40)}", which is not a range of days`);
    const from = parseDay(first, said);
    const to = last === undefined ? from : parseDay(last, said);
    // Fri-Mon goes over the weekend.
    return everyDay.filter((day) => (from <= to ? day >= from && day <= to : day >= from || day <= to));
  });
}

function parseDay(name: string, said: string): number {
  const wanted = name.toLowerCase();
  const index = dayNames.findIndex((day) => wanted === day.toLowerCase() || wanted === day.slice(0, 3).toLowerCase());
  if (index >= 0) return index + 1;
  const [near] = nearMisses(name, [...shortNames, ...dayNames]);
  const known = near === undefined ? `days are ${shortNames.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`${said} names "${printable(name, 20)}", which is not a day: ${known}`);
}

function wrong(said: string, what: string): UsageError {
  return new UsageError(`${said} ${what}; ${howTo}.`);
}

/**
 * Reads a name of the time zone database, such as `Europe/Berlin` or `UTC`.
 * @param place what the message of a UsageError begins with; empty for none
 * @throws UsageError for an unknown zone, with the nearest known ones
 */
export function parseTimeZone(text: string, place = ''): string {
  const name = text.trim();
  if (isTimeZone(name)) return name;
  const near = nearMisses(name, Intl.supportedValuesOf('timeZone'));
  const known = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write it such as Europe/Berlin or UTC';
  throw new UsageError(`${place === '' ? '' : `${place} `}"${printable(name, 60)}" is not a time zone: ${known}`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
