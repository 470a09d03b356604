import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../../../src/domain/text/usage-error.js';
import { comesTwice, nextDay, parseInstant } from '../../../../src/fleet/pacing/window/instant.js';
import { anyText } from '../../../support/any-text.js';
import { wallClock } from '../../support/wall-minutes.js';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const now = at('2026-12-01T12:00Z');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];

const usageError = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

it('comes twice in the hour by which clocks are set back', () => {
  for (const [text, twice] of [
    ['2026-10-25 02:30', true],
    ['2026-10-25 03:00', false],
    ['2026-03-29 03:30', false],
  ] as const)
    expect([text, comesTwice(parseInstant(text, 'Europe/Berlin', now), 'Europe/Berlin')]).toEqual([text, twice]);
});

describe('a time that somebody names', () => {
  it.each([
    ['2026-12-01 22:00', 'Europe/Berlin', '2026-12-01T21:00Z'],
    ['2026-07-01T22:00', 'Europe/Berlin', '2026-07-01T20:00Z'],
    ['  2026-12-01 22:00 ', 'Asia/Kolkata', '2026-12-01T16:30Z'],
    // The next time it is that: still today, or tomorrow.
    ['22:00', 'Europe/Berlin', '2026-12-01T21:00Z'],
    ['13:00', 'Europe/Berlin', '2026-12-01T12:00Z'],
    ['12:59', 'Europe/Berlin', '2026-12-02T11:59Z'],
    ['9:05', 'UTC', '2026-12-02T09:05Z'],
    ['00:00', 'UTC', '2026-12-02T00:00Z'],
    // Of one that comes twice the first.
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30Z'],
  ])('%j in %s is %s', (text, zone, instant) => {
    expect(iso(parseInstant(text, zone, now))).toBe(instant);
  });

  it.each([
    '',
    'tonight',
    '22',
    '22:60',
    '24:00',
    '2026-12-01 24:00',
    '2026-12-01',
    '2026-13-01 22:00',
    '2026-02-30 22:00',
    '2026-12-01 9:05',
    '2026-12-01 22:00Z',
    '\u001b[1m',
  ])('%j is none', (text) => {
    expect(usageError(() => parseInstant(text, 'UTC', now))).toContain(
      'is no time; write it such as "2026-12-01 22:00", or "22:00" for the next time it is that.',
    );
  });

  it.each([
    ['2026-03-29 02:30', now],
    // Today's, and tomorrow's.
    ['02:30', at('2026-03-28T23:30Z')],
    ['02:30', at('2026-03-28T12:00Z')],
  ])('%j is skipped where clocks are set forward, and that is said', (text, asked) => {
    expect(usageError(() => parseInstant(text, 'Europe/Berlin', asked))).toBe(
      `--at "${text}": clocks skip that time in Europe/Berlin; give another.`,
    );
  });

  it('is in a zone that exists', () => {
    expect(usageError(() => parseInstant('22:00', 'Europe/Berln', now))).toContain('did you mean Europe/Berlin');
  });

  it('is one, or is refused with a sentence, whatever it is', () => {
    const almost = fc.stringMatching(/^\d{0,4}-?\d{0,2}-?\d{0,2}[ T]?\d{0,2}:\d{0,2}$/);
    fc.assert(
      fc.property(fc.oneof(anyText({ maxLength: 30 }), almost), fc.constantFrom(...zones), (text, zone) => {
        try {
          expect(Number.isInteger(parseInstant(text, zone, now))).toBe(true);
        } catch (error) {
          if (!isUsageError(error)) throw error;
          expect(error.message).toMatch(/^--at "[^\u0000-\u001f]*/);
        }
      }),
    );
  });

  it('is what clocks show then, within a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.nat(24 * 60 - 1),
        (zone, after, minute) => {
          const asked = at('2026-01-01T00:00Z') + after * minuteMs;
          const text = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
          let instant: number;
          try {
            instant = parseInstant(text, zone, asked);
          } catch (error) {
            // Only in the nights of spring.
            expect(
              usageError(() => {
                throw error;
              }),
            ).toContain('clocks skip that time');
            return;
          }
          expect(wallClock(zone)(instant).minute).toBe(minute);
          expect(instant).toBeGreaterThanOrEqual(asked);
          expect(instant - asked).toBeLessThanOrEqual(dayMs + 3_600_000);
        },
      ),
    );
  });
});

describe('the same time on the next day', () => {
  it.each([
    ['on an ordinary day', '2026-12-01T21:00Z', '2026-12-02T04:00Z', '2026-12-02T21:00Z'],
    ['where clocks were set forward', '2026-03-28T21:00Z', '2026-03-29T02:00Z', '2026-03-29T20:00Z'],
    ['where clocks were set back', '2026-10-24T20:00Z', '2026-10-25T03:00Z', '2026-10-25T21:00Z'],
    ['where that is so, and a whole day has passed', '2026-10-24T20:00Z', '2026-10-25T20:30Z', '2026-10-25T21:00Z'],
    ['after a night that took longer than a day', '2026-12-01T21:00Z', '2026-12-02T21:00Z', '2026-12-03T21:00Z'],
    ['after many', '2026-01-01T21:00Z', '2026-07-01T12:00Z', '2026-07-01T20:00Z'],
    ['before it has begun', '2026-12-01T21:00Z', '2026-12-01T12:00Z', '2026-12-02T21:00Z'],
  ])('%s', (_when, from, after, next) => {
    expect(iso(nextDay(at(from), at(after), 'Europe/Berlin'))).toBe(next);
  });

  it('is the first one after an instant, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.integer({ min: 0, max: 800 * dayMs }),
        (zone, minute, ms) => {
          const from = at('2026-01-01T00:00Z') + minute * minuteMs;
          const next = nextDay(from, from + ms, zone);
          const shows = wallClock(zone);
          expect(next).toBeGreaterThan(from + ms);
          expect(next - (from + ms)).toBeLessThanOrEqual(dayMs + 3_600_000);
          const off = (shows(next).minute - shows(from).minute + 24 * 60) % (24 * 60);
          // Clocks may have been set within that very minute: then it is as much later.
          expect([0, 30, 60]).toContain(off);
        },
      ),
    );
  });
});
