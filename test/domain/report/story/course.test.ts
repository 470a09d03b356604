import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { courseOf, wavesOf } from '../../../../src/domain/report/story/course.js';
import { minute, moved } from './support.js';

describe('the waves of a run', () => {
  it('are those that were opened, each from its first write to its last end', () => {
    const phones = [
      moved(10, 20, { wave: 2 }),
      moved(12, null, { wave: 2, outcome: 'unverified' }),
      moved(1, 4, { wave: 1 }),
      moved(null, 5, { wave: 3, outcome: 'deferred' }),
      moved(2, 3, { wave: 1, outcome: 'failed' }),
    ];
    expect(wavesOf(phones)).toEqual([
      { wave: 1, phones: 2, byOutcome: { done: 1, failed: 1 }, firstWriteAt: minute(1), lastEndAt: minute(4) },
      { wave: 2, phones: 2, byOutcome: { done: 1, unverified: 1 }, firstWriteAt: minute(10), lastEndAt: null },
    ]);
  });
});

describe('the course of a run', () => {
  it('tells at each moment how many are done, ended otherwise, and are under way', () => {
    const phones = [moved(1, 4), moved(2, 5, { outcome: 'failed' }), moved(2, null), moved(null, 3)];
    const at = [1, 1, 2, 4, 5].map((of) => Date.parse(minute(of)) / 1_000);
    expect(courseOf(phones)).toEqual({
      at,
      done: [0, 0, 0, 1, 1],
      notDone: [0, 0, 0, 0, 1],
      underWay: [0, 1, 3, 2, 1],
    });
    expect(courseOf([moved(null, 3)])).toBeNull();
  });

  it('ends with all phones, rises in time, and has no more moments than a chart has points', () => {
    const phone = fc
      .tuple(fc.nat(600), fc.option(fc.nat(60)), fc.constantFrom('done' as const, 'failed' as const))
      .map(([from, took, outcome]) => moved(from, took === null ? null : from + took, { outcome }));
    fc.assert(
      fc.property(fc.array(phone, { minLength: 1, maxLength: 900 }), (phones) => {
        const course = courseOf(phones);
        if (course === null) throw new RangeError('phones were written to');
        const { at, done, notDone, underWay } = course;
        expect(at).toEqual([...at].sort((a, b) => a - b));
        expect(at.length).toBeLessThanOrEqual(602);
        const ended = phones.filter(({ endedAt }) => endedAt !== null);
        const good = ended.filter(({ phone: { outcome } }) => outcome === 'done').length;
        expect([done.at(-1), notDone.at(-1), underWay.at(-1)]).toEqual([
          ...[good, ended.length - good],
          phones.length - ended.length,
        ]);
      }),
      { numRuns: 60 },
    );
  });
});
