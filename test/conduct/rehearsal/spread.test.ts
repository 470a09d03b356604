import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spreadOf } from '../../../src/conduct/rehearsal/spread.js';
import type { RehearsedNight } from '../../../src/domain/rehearsal/rehearsal.js';

function night(moved: number, left: number, stopped = false): RehearsedNight {
  return {
    ...{ night: 1, startsAt: '2026-12-01T21:00:00.000Z', window: null, targets: moved + left, byOutcome: {} },
    endsAt: new Date(Date.parse('2026-12-02T00:00:00.000Z') + moved * 60_000).toISOString(),
    ...{
      failures: {},
      siteWindows: [],
      tooSlow: 0,
      moved,
      movedTonight: moved,
      left,
      waves: [],
      mostAtOnce: [],
      files: [],
    },
    stopped: stopped ? { text: 'why', written: 1, notProven: 1 } : null,
  };
}

describe('the ranges of several rehearsals', () => {
  it('are the least, the middle and the most of their first nights, and how many nights it takes', () => {
    const spread = spreadOf([
      [night(8, 2), night(10, 0)],
      [night(10, 0)],
      [night(1, 9, true), night(5, 5), night(9, 1)],
    ]);
    expect(spread).toEqual({
      times: 3,
      endsAt: {
        least: '2026-12-02T00:01:00.000Z',
        middle: '2026-12-02T00:08:00.000Z',
        most: '2026-12-02T00:10:00.000Z',
      },
      moved: { least: 1, middle: 8, most: 10 },
      left: { least: 0, middle: 2, most: 9 },
      stopped: 1,
      // The third one was not through with its last night.
      nights: { least: 1, middle: 2, most: null },
    });
  });

  it('hold every rehearsal', () => {
    const many = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(many, (moved) => {
        const { moved: range } = spreadOf(moved.map((count) => [night(count, 0)]));
        expect(range.least).toBe(Math.min(...moved));
        expect(range.most).toBe(Math.max(...moved));
        expect(moved).toContain(range.middle);
      }),
    );
  });
});
