import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';
import type { PlainHours } from '../../fleet/support/plain-hours.js';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { holdWindows } from '../../support/rehearsal/hold-windows.js';
import { PlainWindow } from '../../support/rehearsal/plain-window.js';
import { playAll } from '../../support/rehearsal/played-nights.js';
import { addressOf, rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'] as const;

/** Around these the clocks of one of the zones are set; the others are anywhere in the year. */
const shifts = ['2026-03-08', '2026-03-29', '2026-04-04', '2026-10-03', '2026-10-25', '2026-11-01'];
const anyStart = fc.oneof(
  fc
    .tuple(fc.constantFrom(...shifts), fc.integer({ min: -600, max: 2_200 }))
    .map(([day, minute]) => Date.parse(day) + minute * minuteMs),
  fc.integer({ min: 0, max: 365 * dayMinutes }).map((minute) => Date.parse('2026-01-01') + minute * minuteMs),
);

/** Hours in sight of a run that begins at an instant; some are of an hour that is skipped or comes twice. */
function hoursNear(start: number, zone: string): fc.Arbitrary<PlainHours[]> {
  const { minute } = new PlainWindow([], zone).shownIn(Math.floor(start / minuteMs));
  const hours = fc
    .record({
      days: fc.oneof(fc.constant([1, 2, 3, 4, 5, 6, 7]), fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })),
      from: fc.integer({ min: -120, max: 90 }),
      lasts: fc.oneof(fc.integer({ min: 5, max: 90 }), fc.integer({ min: 90, max: 600 })),
    })
    .map(({ days, from, lasts }) => {
      const begins = (minute + from + dayMinutes) % dayMinutes;
      return { days, from: begins, to: (begins + lasts) % dayMinutes };
    });
  return fc.array(hours, { minLength: 1, maxLength: 2 });
}

const nights = anyStart.chain((at) =>
  fc.record({
    at: fc.constant(at),
    run: fc.constantFrom(...zones).chain((zone) => hoursNear(at, zone).map((hours) => ({ hours, zone }))),
    site: fc.constantFrom(...zones).chain((zone) => hoursNear(at, zone).map((hours) => ({ hours, zone }))),
    usually: fc.integer({ min: 1, max: 30 }).map((minutes) => minutes * minuteMs),
    maxUpgrading: fc.constantFrom(1, 2, 5, Infinity),
    concurrency: fc.constantFrom(1, 64),
  }),
);

describe('a window', () => {
  it('sees no phone written to outside it, nor one that cannot end within it; each in its own time zone', async () => {
    const held = { written: 0, putOff: 0 };
    await fc.assert(
      fc.asyncProperty(anyFleet({ most: 30 }), anyLuck, anySeed, nights, async (phones, assume, seed, night) => {
        const { at, usually, maxUpgrading, concurrency } = night;
        const own = new PlainWindow(night.run.hours, night.run.zone);
        const ofSite = new PlainWindow(night.site.hours, night.site.zone);
        const parts = rehearsalParts({
          ...{ phones, assume, at, usually, maxUpgrading, concurrency, zone: own.zone, window: own.texts },
          sites: { Bern: { window: ofSite.texts, zone: ofSite.zone } },
        });
        const siteOf = new Map(phones.map((phone, index) => [addressOf(phone, index), phone.site]));
        const played = await playAll(parts, { seed, nights: 2 });
        for (const one of played.nights) {
          const here = holdWindows(one, (address) => (siteOf.get(address) === 'Bern' ? ofSite : own), usually);
          held.written += here.written;
          held.putOff += here.putOff;
        }
      }),
      { seed: 20_261_206, numRuns: runs(40, 1_500) },
    );
    expect(held.written).toBeGreaterThan(100);
    expect(held.putOff).toBeGreaterThan(100);
  });

  it('counts when a phone is written to, not when it came into the queue of those who are spoken to', async () => {
    const window = new PlainWindow([{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 22 * 60 + 5 }], 'UTC');
    // A minute of five is left in which a phone can begin that takes four; one at a time is spoken to.
    const usually = 4 * minuteMs;
    const parts = rehearsalParts({ phones: 30, window: window.texts, at: '2026-12-01 22:00', usually, concurrency: 1 });
    const [night] = (await playAll(parts)).nights;
    const held = holdWindows(night!, () => window, usually);
    expect(held.written).toBeGreaterThan(0);
    expect(held.putOff).toBeGreaterThan(0);
  });

  it('is told of with the time that was left, and whether the night went over it', async () => {
    const parts = rehearsalParts({ phones: 12, maxUpgrading: 1, window: ['22:00-22:30'], zone: 'Europe/Berlin' });
    const [night] = (await playAll(parts)).nights;
    const { window, endsAt } = night!.told;
    const closesAt = parseWindow('22:00-22:30', 'Europe/Berlin').closesAt(parts.startsAt);
    expect(window).toMatchObject({ text: '22:00-22:30', zone: 'Europe/Berlin', leftMs: closesAt - Date.parse(endsAt) });
    expect(closesAt).toBe(Date.parse('2026-12-01T21:30Z'));
    expect(night!.told.byOutcome.deferred).toBeGreaterThan(0);
  });
});
