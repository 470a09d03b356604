/** What the clocks of a zone showed, minute by minute, found without anything of ours: from the runtime's own calendar. */
export interface WallMinutes {
  /** The first minute, in milliseconds since the epoch. */
  start: number;
  /** Per minute: day of the week (1 is Monday) and minute of the day. */
  minutes: { day: number; minute: number }[];
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Walks through `count` minutes of a zone from an instant on. */
export function wallMinutes(zone: string, start: number, count: number): WallMinutes {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const minutes = Array.from({ length: count }, (_, index) => {
    const text = format.format(start + index * 60_000);
    const [, day = '', hour, minute] = /^(\w{3}),? (\d\d):(\d\d)$/.exec(text) ?? [];
    // Else a test that compares with nothing would pass.
    if (!days.includes(day)) throw new RangeError(`unexpected time: ${text}`);
    return { day: days.indexOf(day) + 1, minute: Number(hour) * 60 + Number(minute) };
  });
  return { start, minutes };
}
