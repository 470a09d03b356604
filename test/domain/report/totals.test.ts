import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { onlyCounted, totalsOf, wholeTotals } from '../../../src/domain/report/totals.js';

const codes = ['connect-timeout', 'connect-refused', 'host-unreachable'] as const;
const listed = fc.array(
  fc
    .tuple(fc.constantFrom(...outcomes), fc.option(fc.constantFrom(...codes)))
    .map(([outcome, code]) => ({ outcome, eligibility: null, failure: code === null ? null : failure(code) })),
);
const counted = fc.record({
  noAnswerByCode: fc.dictionary(fc.constantFrom(...codes), fc.integer({ min: 1, max: 60_000 })),
  notAsked: fc.nat(1_000),
  beyondLimit: fc.nat(1_000),
});
const sum = (counts: object): number => Object.values(counts).reduce((all: number, one: number) => all + one, 0);

describe('the totals of a report', () => {
  it('always add up: outcomes to the targets, codes of silence to no-answer, whether listed or only counted', () => {
    fc.assert(
      fc.property(listed, counted, (phones, uncounted) => {
        const totals = totalsOf(phones, uncounted);
        expect(sum(totals.byOutcome)).toBe(totals.targets);
        expect(sum(totals.noAnswerByCode)).toBe(totals.byOutcome['no-answer'] ?? 0);
      }),
    );
  });

  it('count all that the limit left alone, listed or not, also of an earlier version, which counted the others only', () => {
    const left = { outcome: 'deferred' as const, eligibility: null, failure: failure('beyond-limit') };
    const others = (['busy', 'ucm-not-chosen'] as const).map((code) => ({ ...left, failure: failure(code) }));
    const totals = totalsOf([left, left, ...others], { noAnswerByCode: {}, beyondLimit: 5 });
    expect(totals).toMatchObject({ targets: 9, byOutcome: { deferred: 9 }, beyondLimit: 7 });
    expect(wholeTotals({ ...totals, beyondLimit: 5 }, [left, left, ...others]).beyondLimit).toBe(7);
    expect(totalsOf(others, { noAnswerByCode: {} })).not.toHaveProperty('beyondLimit');
  });

  it('of an earlier version, which counted only the unlisted by code, are made to add up when they are read', () => {
    fc.assert(
      fc.property(listed, counted, (phones, uncounted) => {
        const totals = totalsOf(phones, uncounted);
        const earlier = { ...totals, noAnswerByCode: uncounted.noAnswerByCode };
        expect(wholeTotals(earlier, phones)).toEqual(totals);
        expect(wholeTotals(totals, phones)).toEqual(totals);
      }),
    );
  });

  it('give back what was only counted, for a run that is resumed', () => {
    fc.assert(
      fc.property(listed, counted, (phones, uncounted) => {
        expect(onlyCounted(totalsOf(phones, uncounted), phones)).toEqual(uncounted.noAnswerByCode);
      }),
    );
  });
});
