/** What a clock on the wall shows: day of the week (1 is Monday) and minute of the day. */
export interface Wall {
  day: number;
  minute: number;
}

/** What the clocks of a zone showed, minute by minute, found without anything of ours: from the runtime's own calendar. */
export interface WallMinutes {
  /** The first minute, in milliseconds since the epoch. */
  start: number;
  minutes: Wall[];
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Tells what the clocks of a zone show at an instant (ms since the epoch), by the runtime's own calendar. */
export function wallClock(zone: string): (at: number) => Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const text = format.format(at);
    const [, day = '', hour, minute] = /^(\w{3}),? (\d\d):(\d\d)$/.exec(text) ?? [];
    // Else a test that compares with nothing would pass.
    if (!days.includes(day)) throw new RangeError(`unexpected time: ${text}`);
    return { day: days.indexOf(day) + 1, minute: Number(hour) * 60 + Number(minute) };
  };
}

/** Walks through `count` minutes of a zone from an instant on. */
export function wallMinutes(zone: string, start: number, count: number): WallMinutes {
  const shows = wallClock(zone);
  return { start, minutes: Array.from({ length: count }, (_, index) => shows(start + index * 60_000)) };
}
