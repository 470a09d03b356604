/** Instants (ISO 8601) as the wall clocks of a place show them; `-` for what is no instant. */
export interface LocalTimes {
  /** `2026-12-02`. */
  day: (at: string) => string;
  /** `03:41:05`. */
  time: (at: string) => string;
  /** `2026-12-02 03:41`. */
  minute: (at: string) => string;
  /** `2026-12-02 03:41:05`. */
  second: (at: string) => string;
  /** `03:41` where that can only be meant within a day of `since`, else with its date. */
  clock: (at: string, since: string) => string;
}

/** So long after a moment the time of day says which day is meant (ms). */
const isPlainFor = 23 * 3_600_000;

const known = new Map<string, Intl.DateTimeFormat>();

/** @param zone of the time zone database. @throws RangeError for one that is not in it */
export function localTimes(zone: string): LocalTimes {
  const format = known.get(zone) ?? formatOf(zone);
  known.set(zone, format);
  const read = (at: string, write: (parts: Record<string, string>) => string): string => {
    const instant = Date.parse(at);
    if (Number.isNaN(instant)) return '-';
    return write(Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value])));
  };
  const day = (at: string): string => read(at, ({ year, month, day: date }) => `${year}-${month}-${date}`);
  const time = (at: string): string => read(at, ({ hour, minute, second }) => `${hour}:${minute}:${second}`);
  const minute = (at: string): string => (day(at) === '-' ? '-' : `${day(at)} ${time(at).slice(0, 5)}`);
  const second = (at: string): string => (day(at) === '-' ? '-' : `${day(at)} ${time(at)}`);
  return {
    ...{ day, time, minute, second },
    clock: (at, since) => {
      const after = Date.parse(at) - Date.parse(since);
      return after >= 0 && after < isPlainFor ? time(at).slice(0, 5) : minute(at);
    },
  };
}

/** Making one takes longer than many uses of it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
}
