import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { durationsOf } from '../../../../src/domain/report/story/durations.js';
import { moved } from './support.js';

describe('how long phones took', () => {
  it('counts those that were moved, from the first write to the proof, in classes that read well', () => {
    const phones = [moved(0, 4), moved(1, 6), moved(2, 9), moved(3, 60, { outcome: 'unverified' }), moved(null, 5)];
    expect(durationsOf(phones)).toEqual({
      ...{ of: 'moved', phones: 3, medianMs: 300_000, p95Ms: 420_000, longestMs: 420_000 },
      ...{ widthMs: 10_000, fromMs: 240_000, classes: [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
    });
  });

  it('counts how long it took to read phones where nothing was written, and nothing where nobody was read', () => {
    const read = [400, 620].map((durationMs) => moved(null, 1, { durationMs, outcome: 'audited' }));
    expect(durationsOf(read)).toMatchObject({ of: 'read', phones: 2, widthMs: 10, fromMs: 400 });
    expect(durationsOf([moved(null, 1, { family: null, outcome: 'not-a-phone' })])).toBeNull();
    expect(durationsOf([moved(1, 9, { outcome: 'failed' })])).toBeNull();
  });

  it('has each phone in its class, and no more classes than a picture has room for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1 }), (minutes) => {
        const told = durationsOf(minutes.map((took) => moved(0, took)));
        if (told === null) throw new RangeError('phones were moved');
        const { classes, fromMs, widthMs, longestMs } = told;
        expect(classes.length).toBeLessThanOrEqual(24);
        expect(classes.reduce((sum, count) => sum + count, 0)).toBe(minutes.length);
        expect(fromMs).toBeLessThanOrEqual(Math.min(...minutes) * 60_000);
        expect(longestMs).toBeLessThan(fromMs + classes.length * widthMs);
        for (const took of minutes) expect(classes[Math.floor((took * 60_000 - fromMs) / widthMs)]).toBeGreaterThan(0);
      }),
    );
  });
});
