import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../../../src/domain/text/usage-error.js';
import { parseWindow } from '../../../../src/fleet/pacing/window/window.js';
import { holdPlainly, hoursText, type PlainHours } from '../../support/plain-hours.js';
import { wallMinutes } from '../../support/wall-minutes.js';

const minute = 60_000;
const hour = 60 * minute;
const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString().replace(':00.000Z', 'Z');

const usageError = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a window over midnight', () => {
  const window = parseWindow('22:00-05:00', 'UTC');

  it.each([
    ['2026-01-30T21:59:59.999Z', false],
    ['2026-01-30T22:00Z', true],
    ['2026-01-31T00:00Z', true],
    ['2026-01-31T04:59:59.999Z', true],
    ['2026-01-31T05:00Z', false],
    ['2026-01-31T12:00Z', false],
  ])('at %s is open: %s', (text, open) => {
    expect(window.isOpen(at(text))).toBe(open);
  });

  it('says when it opens and closes', () => {
    expect(iso(window.opensAt(at('2026-01-30T12:00Z')))).toBe('2026-01-30T22:00Z');
    expect(iso(window.closesAt(at('2026-01-30T23:00Z')))).toBe('2026-01-31T05:00Z');
    expect(iso(window.opensAt(at('2026-01-30T23:00Z')))).toBe('2026-01-30T23:00Z');
    expect(iso(window.closesAt(at('2026-01-30T12:00Z')))).toBe('2026-01-30T12:00Z');
  });

  it('starts only who can finish', () => {
    expect(window.fits(at('2026-01-31T04:30Z'), 30 * minute)).toBe(true);
    expect(window.fits(at('2026-01-31T04:30Z'), 30 * minute + 1)).toBe(false);
    expect(window.fits(at('2026-01-31T12:00Z'), 0)).toBe(false);
  });

  it('says when somebody can start next, or that nobody who takes that long ever can', () => {
    expect(window.nextFit(at('2026-01-31T04:00Z'), hour)).toBe(at('2026-01-31T04:00Z'));
    expect(window.nextFit(at('2026-01-31T04:30Z'), hour)).toBe(at('2026-01-31T22:00Z'));
    expect(window.nextFit(at('2026-01-31T04:30Z'), 7 * hour)).toBe(at('2026-01-31T22:00Z'));
    expect(window.nextFit(at('2026-01-31T04:30Z'), 7 * hour + 1)).toBeNull();
  });
});

describe('weekdays', () => {
  it('name the day on which the window opens', () => {
    // 30 January 2026 is a Friday.
    const window = parseWindow('Fri 22:00-05:00', 'UTC');
    expect(window.isOpen(at('2026-01-30T04:00Z'))).toBe(false);
    expect(window.isOpen(at('2026-01-30T23:00Z'))).toBe(true);
    expect(window.isOpen(at('2026-01-31T04:00Z'))).toBe(true);
    expect(window.isOpen(at('2026-01-31T23:00Z'))).toBe(false);
    expect(iso(window.opensAt(at('2026-01-31T05:00Z')))).toBe('2026-02-06T22:00Z');
  });

  it.each([
    ['Mon-Fri 10:00-11:00', [1, 2, 3, 4, 5]],
    ['Sat,Sun 10:00-11:00', [6, 7]],
    ['Fri-Mon 10:00-11:00', [1, 5, 6, 7]],
    ['Mon, Wed-Thu,sunday 10:00-11:00', [1, 3, 4, 7]],
    ['10:00-11:00', [1, 2, 3, 4, 5, 6, 7]],
  ])('%s', (text, days) => {
    const window = parseWindow(text, 'UTC');
    // 4 January 2026 is a Sunday: the day before the first.
    const open = [1, 2, 3, 4, 5, 6, 7].filter((day) => window.isOpen(at('2026-01-04T10:30Z') + day * 24 * hour));
    expect(open).toEqual(days);
  });
});

describe('several windows', () => {
  it('are one where they touch', () => {
    const window = parseWindow(['Mon-Fri 22:00-05:00', 'Sat,Sun 00:00-24:00'], 'Europe/Berlin');
    expect(window.text).toBe('Mon-Fri 22:00-05:00, Sat,Sun 00:00-24:00');
    const friday = at('2026-01-30T22:30+01:00');
    expect(iso(window.closesAt(friday))).toBe(iso(at('2026-02-02T00:00+01:00')));
    expect(iso(window.opensAt(window.closesAt(friday)))).toBe(iso(at('2026-02-02T22:00+01:00')));
  });

  it('that leave no gap never close', () => {
    expect(parseWindow('00:00-24:00', 'Europe/Berlin').closesAt(at('2026-03-01T12:00Z'))).toBe(Infinity);
    const halves = parseWindow(['06:00-18:00', '18:00-06:00'], 'America/New_York');
    expect(halves.closesAt(at('2026-03-01T12:00Z'))).toBe(Infinity);
    expect(halves.fits(at('2026-03-01T12:00Z'), 1_000 * hour)).toBe(true);
  });
});

describe('daylight saving', () => {
  it('shortens and lengthens the night by the hour that it takes and gives', () => {
    const window = parseWindow('22:00-05:00', 'Europe/Berlin');
    const lengthFrom = (text: string): number => (window.closesAt(at(text)) - at(text)) / hour;
    expect(lengthFrom('2026-03-27T22:00+01:00')).toBe(7);
    expect(lengthFrom('2026-03-28T22:00+01:00')).toBe(6);
    expect(lengthFrom('2026-10-24T22:00+02:00')).toBe(8);
    expect(window.fits(at('2026-03-28T22:00+01:00'), 6.5 * hour)).toBe(false);
  });

  it('opens a window that begins in the skipped hour at its end, and leaves out one that lies within it', () => {
    const night = at('2026-03-28T22:00+01:00');
    expect(iso(parseWindow('02:30-05:00', 'Europe/Berlin').opensAt(night))).toBe(iso(at('2026-03-29T03:00+02:00')));
    expect(iso(parseWindow('02:10-02:50', 'Europe/Berlin').opensAt(night))).toBe(iso(at('2026-03-30T02:10+02:00')));
    expect(iso(parseWindow('Sun 02:10-02:50', 'Europe/Berlin').opensAt(night))).toBe(iso(at('2026-04-05T02:10+02:00')));
  });

  it('never lets anything run when the clock shows a time outside: an hour that comes twice closes twice', () => {
    const window = parseWindow('22:00-02:30', 'Europe/Berlin');
    const closes = window.closesAt(at('2026-10-24T22:00+02:00'));
    expect(iso(closes)).toBe(iso(at('2026-10-25T02:30+02:00')));
    expect(iso(window.opensAt(closes))).toBe(iso(at('2026-10-25T02:00+01:00')));
    expect(iso(window.closesAt(at('2026-10-25T02:00+01:00')))).toBe(iso(at('2026-10-25T02:30+01:00')));
  });

  it('may skip midnight itself', () => {
    // In Cairo the clocks go from 23:59 to 01:00 on Friday 24 April 2026.
    const window = parseWindow('Fri 00:00-03:00', 'Africa/Cairo');
    const opens = window.opensAt(at('2026-04-23T12:00Z'));
    expect(iso(opens)).toBe('2026-04-23T22:00Z');
    expect((window.closesAt(opens) - opens) / hour).toBe(2);
  });
});

describe('what is no window', () => {
  it.each([
    ['', 'is not a window'],
    ['night', 'is not a window'],
    ['22:00', 'is not a window'],
    ['22-05', 'has "22", which is not a time of day'],
    ['25:00-05:00', 'has "25:00"'],
    ['22:60-05:00', 'has "22:60"'],
    ['22:00-24:01', 'has "24:01"'],
    ['22:00-05:00 UTC', 'is not a window'],
    ['24:00-05:00', 'begins at 24:00'],
    ['22:00-22:00', 'never opens'],
    ['00:00-00:00', 'never opens'],
    ['Mo-Fri 22:00-05:00', 'names "Mo", which is not a day: did you mean Mon?'],
    ['Mon,,Fri 22:00-05:00', 'names "", which is not a day: days are Mon, Tue'],
    ['Mon-Wed-Fri 22:00-05:00', 'which is not a range of days'],
    ['weekends 22:00-05:00', 'which is not a day'],
    ['\u001b[1m', '"\\x1b[1m"'],
  ])('%j', (text, words) => {
    expect(usageError(() => parseWindow(text, 'UTC'))).toContain(words);
  });

  it('is also none at all, and one in a zone that nobody knows', () => {
    expect(usageError(() => parseWindow([], 'UTC'))).toContain('would never open');
    expect(usageError(() => parseWindow('22:00-05:00', 'Europe/Berln'))).toContain('did you mean Europe/Berlin');
    expect(usageError(() => parseWindow('22:00-05:00', 'Here'))).toContain('"Here" is not a time zone');
  });
});

/** Times around the shifts of the clocks as often as all others. */
const time = fc.oneof(fc.nat(24 * 60 - 1), fc.integer({ min: 60, max: 190 }));
const someHours: fc.Arbitrary<PlainHours> = fc
  .record({ days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), from: time, to: time })
  .filter(({ from, to }) => from !== to);

/** Fifteen days around a shift of the clocks: long enough for a weekly window that loses one of its days. */
const walked = 15 * 24 * 60;
const asked = 6 * 24 * 60;
const walks: [zone: string, from: string][] = [
  ['UTC', '2026-03-25T00:00Z'],
  ['Europe/Berlin', '2026-03-26T00:00Z'],
  ['Europe/Berlin', '2026-10-22T00:00Z'],
  ['America/New_York', '2026-03-05T00:00Z'],
  ['America/New_York', '2026-10-29T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-01T12:00Z'],
  ['Australia/Lord_Howe', '2026-09-30T12:00Z'],
];

describe.each(walks)('minute by minute in %s from %s', (zone, from) => {
  it('is open, opens and closes as the clock on the wall says', () => {
    const { start, minutes } = wallMinutes(zone, at(from), walked);
    let compared = 0;
    const question = fc.record({ index: fc.nat(asked), ms: fc.nat(59_999) });
    fc.assert(
      fc.property(
        fc.array(someHours, { minLength: 1, maxLength: 3 }),
        fc.array(question, { minLength: 1, maxLength: 5 }),
        (hours, questions) => {
          const window = parseWindow(hours.map(hoursText), zone);
          const open = minutes.map((wall) => holdPlainly(hours, wall));
          for (const { index, ms } of questions) {
            const now = start + index * minute + ms;
            const isOpen = open[index];
            const change = open.findIndex((later, other) => other > index && later !== isOpen);
            // Where the walk ends without a change there is none to compare.
            if (change < 0) continue;
            compared += 1;
            expect(window.isOpen(now)).toBe(isOpen);
            const changes = start + change * minute;
            expect(iso(window.opensAt(now))).toBe(iso(isOpen ? now : changes));
            expect(iso(window.closesAt(now))).toBe(iso(isOpen ? changes : now));
            expect(window.fits(now, changes - now)).toBe(isOpen);
            expect(window.fits(now, changes - now + 1)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(60);
  });
});
