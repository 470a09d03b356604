import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  backoffDelay,
  deferral,
  nextAttemptAt,
  transientRetry,
  transientRetryDelay,
} from '../../../src/domain/pacing/backoff.js';

const middle = (): number => 0.5;
const lowest = (): number => 0;
const highest = (): number => 1 - Number.EPSILON;
const minute = 60_000;

describe('the next attempt of a phone that was put off', () => {
  it('is 10 minutes away, then twice as far each time, at most 12 hours', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000].map((times) => nextAttemptAt(0, times, middle) / minute);
    expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 640, 720, 720, 720]);
  });

  it('is moved by a quarter at most', () => {
    expect(nextAttemptAt(1_000, 1, lowest)).toBe(1_000 + 7.5 * minute);
    expect(nextAttemptAt(1_000, 1, highest)).toBe(1_000 + 12.5 * minute);
    expect(nextAttemptAt(0, 99, highest)).toBe(15 * 60 * minute);
  });
});

describe('a retry before a write', () => {
  it('comes after 1, 4 and 16 seconds, and not a fourth time', () => {
    expect([1, 2, 3, 4].map((retry) => transientRetryDelay(retry, middle))).toEqual([1_000, 4_000, 16_000, null]);
  });

  it('is moved by half at most', () => {
    expect(transientRetryDelay(2, lowest)).toBe(2_000);
    expect(transientRetryDelay(2, highest)).toBe(6_000);
  });
});

describe('every wait', () => {
  it('is a whole number within its spread', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(deferral, transientRetry),
        fc.integer({ min: -3, max: 5_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (backoff, times, chance) => {
          const wait = backoffDelay(backoff, times, () => chance);
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(backoff.firstMs * (1 - backoff.spread));
          expect(wait).toBeLessThanOrEqual(backoff.mostMs * (1 + backoff.spread));
        },
      ),
    );
  });
});
