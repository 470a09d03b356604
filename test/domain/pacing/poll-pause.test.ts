import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pollPause } from '../../../src/domain/pacing/poll-pause.js';

const minutes = (count: number): number => count * 60_000;

describe('the wait between two looks at a phone that is upgrading', () => {
  it.each([
    ['at first', 0, 60_000],
    ['halfway', minutes(4), 60_000],
    ['shortly before the first were done', minutes(8) - 20_000, 20_000],
    ['from then on', minutes(8), 15_000],
    ['long after', minutes(50), 15_000],
  ])('where the quickest took ten minutes: %s', (_, passed, expected) => {
    expect(pollPause(15_000, passed, minutes(10))).toBe(expected);
  });

  it('is the profile’s own where nothing is known of this fleet', () => {
    expect(pollPause(15_000, 0, null)).toBe(15_000);
  });

  it('is never shorter than the profile’s own, nor four times as long', () => {
    const ms = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(ms, ms, ms, (interval, passed, soonest) => {
        const pause = pollPause(interval, passed, soonest);
        expect(pause).toBeGreaterThanOrEqual(interval);
        expect(pause).toBeLessThanOrEqual(interval * 4);
        // Nobody is looked for later than when the quickest may be done.
        expect(passed + pause).toBeLessThanOrEqual(Math.max(passed + interval, soonest));
      }),
    );
  });
});
