import { describe, expect, it } from '@jest/globals';
import { runs } from '../../support/depth.js';
import type { PlainHours } from '../../fleet/support/plain-hours.js';
import { holdWindows } from '../../support/rehearsal/hold-windows.js';
import { PlainWindow } from '../../support/rehearsal/plain-window.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { addressOf, type PhoneWords, rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const at = (hour: number, minute = 0): number => hour * 60 + minute;

/** Over midnight; and within the hour that a zone skips in spring, and has twice in autumn. */
const overnight: PlainHours[] = [{ days: everyDay, from: at(22), to: at(2, 6) }];
const within: PlainHours[] = [
  { days: everyDay, from: at(1, 35), to: at(1, 56) },
  { days: everyDay, from: at(2, 2), to: at(2, 20) },
];

const fleet: PhoneWords[] = Array.from({ length: 4 }, (_, index) => ({
  ...(index % 2 === 0 ? {} : { site: 'Bern' }),
  isOld: index === 3,
}));

interface Zone {
  zone: string;
  /** After the beginning of which night (of two times that are the same on the clocks it may be the later one) the next one comes so many minutes later or earlier than usual. */
  shifts: [day: string, minutes: number][];
}

const zones: Zone[] = [
  {
    zone: 'Europe/Berlin',
    shifts: [
      ['2026-03-29', -60],
      ['2026-10-25', 60],
    ],
  },
  {
    zone: 'America/New_York',
    shifts: [
      ['2026-03-08', -60],
      ['2026-10-31', 60],
    ],
  },
  {
    zone: 'Australia/Lord_Howe',
    shifts: [
      ['2026-04-05', 30],
      ['2026-10-04', -30],
    ],
  },
  { zone: 'Asia/Kolkata', shifts: [] },
  { zone: 'UTC', shifts: [] },
];

describe.each(zones)('a year of nights in $zone', ({ zone, shifts }) => {
  it('keeps to its windows every night, and begins each at the same time of day', async () => {
    const own = new PlainWindow(overnight, zone);
    const ofSite = new PlainWindow(within, zone);
    const usually = 4 * minuteMs;
    // Where clocks are never set, a season is like the others.
    const year = shifts.length > 0 ? 365 : runs(60, 365);
    const parts = rehearsalParts({
      ...{ phones: fleet, zone, usually, at: '2026-01-01 01:50', window: own.texts, maxUpgrading: 1 },
      sites: { Bern: { window: ofSite.texts } },
      // None of them ever gets there, so that all nights are played; what they are told fails late in the window, or in a call.
      assume: ['failed:80%', 'deferred:20%'],
    });
    const siteOf = new Map(fleet.map((phone, index) => [addressOf(phone, index), phone.site]));
    const { nights } = await playAll(parts, { seed: 1, nights: year });
    expect(nights).toHaveLength(year);
    const held = { written: 0, putOff: 0 };
    for (const night of nights) {
      const here = holdWindows(night, (address) => (siteOf.get(address) === undefined ? own : ofSite), usually);
      held.written += here.written;
      held.putOff += here.putOff;
      expect(turnsOf(night).filter(({ is }) => is === 'ended')).toHaveLength(fleet.length);
      const startsAt = Date.parse(night.told.startsAt);
      expect(own.shownIn(Math.floor(startsAt / minuteMs)).minute).toBe(at(1, 50));
      expect(Date.parse(night.told.endsAt) - startsAt).toBeLessThan(3 * hourMs);
    }
    expect(held.written).toBeGreaterThan(year);
    expect(held.putOff).toBeGreaterThan(year / 4);
    const starts = nights.map(({ told }) => Date.parse(told.startsAt));
    const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    const odd = starts.slice(1).flatMap((next, index) => {
      const later = (next - starts[index]!) / minuteMs - 24 * 60;
      return later === 0 ? [] : [[dayOf.format(starts[index]), later]];
    });
    expect(odd).toEqual(shifts);
  });
});
