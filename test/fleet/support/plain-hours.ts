const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours of a window as a test has them, before they are written as text. */
export interface PlainHours {
  /** On which it opens: 1 is Monday. */
  days: readonly number[];
  /** Minutes of the day; if `to` is not after `from`, it is on the next day. */
  from: number;
  to: number;
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** As `--window` takes them. */
export function hoursText({ days, from, to }: PlainHours): string {
  return `${days.map((day) => names[day - 1]).join(',')} ${clockText(from)}-${clockText(to)}`;
}

/** Whether a clock on the wall shows a time within any of these hours: as the documentation says it, not as the program does it. */
export function holdPlainly(
  hours: readonly PlainHours[],
  { day, minute: now }: { day: number; minute: number },
): boolean {
  const yesterday = ((day + 5) % 7) + 1;
  return hours.some(({ days, from, to }) => {
    const end = to === 0 ? 24 * 60 : to;
    if (from < end) return days.includes(day) && from <= now && now < end;
    return (days.includes(day) && from <= now) || (days.includes(yesterday) && now < end);
  });
}
