import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refuseInVain, startOf } from '../../../src/conduct/rehearsal/start.js';
import type { OpenHours } from '../../../src/conduct/rehearsal/open-hours.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { writeInstant } from '../../../src/fleet/pacing/window/instant.js';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';

const minute = 60_000;
const now = Date.parse('2026-12-01T12:00:00Z');

/** The run's own window, and those of sites. */
function hours(own: string | null, sites: readonly string[] = [], isAlways = false): OpenHours {
  const window = own === null ? null : parseWindow(own, 'UTC');
  const others = sites.map((text) => parseWindow(text, 'UTC'));
  return { windows: window ? [window, ...others] : others, own: window, isAlways };
}

interface Words {
  at?: string | null;
  leastMinutes?: number;
  zone?: string;
  now?: number;
}

function start(open: OpenHours, { at = null, leastMinutes = 15, zone = 'UTC', now: from = now }: Words = {}): string {
  return writeInstant(startOf({ at, hours: open, leastMs: leastMinutes * minute, zone, now: from }), zone);
}

function refusal(open: OpenHours, words: Words): string {
  try {
    start(open, words);
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a night in which nobody could be written to before its window closed', () => {
  const vain = { waves: [], failures: { 'outside-window': 3, busy: 1 } };
  const check = (open: OpenHours, at: string, night: Parameters<typeof refuseInVain>[2]): void => {
    const question = { at, hours: open, leastMs: 15 * minute, zone: 'UTC', now };
    refuseInVain(question, startOf(question), night);
  };

  it('is refused with the next opening', () => {
    expect(() => check(hours('22:00-05:00'), '04:45', vain)).toThrow(
      /^--at: from 2026-12-02 04:45 on the window 22:00-05:00 closes before one phone is read and could be moved; the next opening is at 2026-12-02 22:00: give --at that, or leave it out\.$/,
    );
  });

  it('is refused as too short a window where it began as that opened', () => {
    expect(() => check(hours('22:00-05:00'), '22:00', vain)).toThrow(
      /^--window: the window 22:00-05:00 closes before one phone is read and could be moved, which usually takes 15m 00s once it is written to; widen it\.$/,
    );
  });

  it('is an answer where something else stood in the way', () => {
    expect(() => check(hours('00:00-24:00'), '22:30', vain)).not.toThrow();
    expect(() => check(hours(null, ['22:00-05:00'], true), '04:45', vain)).not.toThrow();
    expect(() => check(hours('22:00-05:00'), '04:45', { ...vain, failures: { busy: 4 } })).not.toThrow();
    const wave = { wave: 1, phones: 1, byOutcome: {}, firstWriteAt: '', lastEndAt: null };
    expect(() => check(hours('22:00-05:00'), '04:45', { ...vain, waves: [wave] })).not.toThrow();
  });
});

describe('a rehearsed night begins', () => {
  it('when it is told to', () => {
    expect(start(hours(null, [], true), { at: '2026-12-03 09:15' })).toBe('2026-12-03 09:15');
    expect(start(hours('22:00-05:00'), { at: '22:30' })).toBe('2026-12-01 22:30');
    expect(start(hours('22:00-05:00'), { at: '04:45' })).toBe('2026-12-02 04:45');
  });

  it('else when its window opens next, which is now while it is open for long enough', () => {
    expect(start(hours('22:00-05:00'))).toBe('2026-12-01 22:00');
    expect(start(hours('11:00-13:00'))).toBe('2026-12-01 12:00');
    expect(start(hours('11:00-12:10'))).toBe('2026-12-02 11:00');
    expect(start(hours(null, [], true))).toBe('2026-12-01 12:00');
  });

  it('with the first window of a site where the run has none', () => {
    expect(start(hours(null, ['23:00-05:00', '21:00-04:00']))).toBe('2026-12-01 21:00');
    expect(start(hours(null, ['23:00-05:00'], true))).toBe('2026-12-01 23:00');
    expect(start(hours('22:00-05:00', ['20:00-04:00']))).toBe('2026-12-01 22:00');
    expect(start(hours('22:00-05:00', ['20:00-04:00']), { at: '20:00' })).toBe('2026-12-01 20:00');
  });

  it('at any time where some phones have no window', () => {
    expect(start(hours(null, ['23:00-05:00'], true), { at: '14:00' })).toBe('2026-12-01 14:00');
  });

  it.each<[string, OpenHours, Words, string]>([
    [
      'outside its window',
      hours('22:00-05:00'),
      { at: '2026-12-01 12:00' },
      '--at: the window 22:00-05:00 is not open at 2026-12-01 12:00; it opens next at 2026-12-01 22:00: give --at that, or leave it out.',
    ],
    [
      'too late in its window',
      hours('22:00-05:00'),
      { at: '04:46' },
      '--at: a phone usually takes 15m 00s, which does not fit into the window 22:00-05:00 from 2026-12-02 04:46 on; it fits next at 2026-12-02 22:00: give --at that, or leave it out.',
    ],
    [
      'outside all windows of sites',
      hours(null, ['22:00-05:00', 'Sat 01:00-04:00']),
      { at: '12:00' },
      '--at: none of the windows 22:00-05:00 and Sat 01:00-04:00 is open at 2026-12-01 12:00; the first of them opens next at 2026-12-01 22:00: give --at that, or leave it out.',
    ],
    [
      'outside windows of which the first is too short',
      hours(null, ['20:00-20:05', '22:00-05:00']),
      { at: '12:00' },
      '--at: none of the windows 20:00-20:05 and 22:00-05:00 is open at 2026-12-01 12:00; the first of them opens next for long enough at 2026-12-01 22:00: give --at that, or leave it out.',
    ],
    [
      'outside a window on other clocks',
      hours('22:00-05:00'),
      { at: '22:30', zone: 'Europe/Berlin' },
      '--at: the window 22:00-05:00 (UTC) is not open at 2026-12-01 22:30; it opens next at 2026-12-01 23:00: give --at that, or leave it out.',
    ],
    [
      'in a window that is never open for long enough',
      hours('22:00-22:20'),
      { leastMinutes: 30 },
      '--window: the window 22:00-22:20 is never open long enough for one phone, which usually takes 30m 00s; widen it.',
    ],
  ])('not %s', (_what, open, words, says) => {
    expect(refusal(open, words)).toBe(says);
  });

  it('at the time that a refusal names', () => {
    const time = fc
      .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
      .map((at) => `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`);
    const windows = fc.uniqueArray(
      fc
        .tuple(time, time)
        .filter(([from, to]) => from !== to)
        .map((ends) => ends.join('-')),
      { minLength: 1, maxLength: 4 },
    );
    let refused = 0;
    fc.assert(
      fc.property(windows, time, fc.boolean(), fc.integer({ min: 1, max: 120 }), (texts, at, isOwn, leastMinutes) => {
        const [first = '', ...others] = texts;
        const open = isOwn ? hours(first, others) : hours(null, texts);
        try {
          start(open, { at, leastMinutes });
        } catch (error) {
          if (!isUsageError(error)) throw error;
          const [, then] = / at (\S+ \S+): give --at that/.exec(error.message) ?? [];
          if (then === undefined) return;
          refused += 1;
          expect(start(open, { at: then, leastMinutes })).toBe(then);
        }
      }),
    );
    expect(refused).toBeGreaterThan(5);
  });
});
