import { describe, expect, it } from '@jest/globals';
import { utcMinute } from '../../src/report/utc-minute.js';

describe('an instant for people', () => {
  it.each([
    ['2026-01-31T22:14:59.999Z', '2026-01-31 22:14 UTC'],
    ['2026-01-31T22:14:00+02:00', '2026-01-31 20:14 UTC'],
    ['', '-'],
    ['yesterday', '-'],
  ])('%j is %s', (instant, expected) => {
    expect(utcMinute(instant)).toBe(expected);
  });
});
