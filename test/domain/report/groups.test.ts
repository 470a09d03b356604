import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdicts } from '../../../src/domain/plan/eligibility.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { groupKeys, groupPhones, mayBePhone } from '../../../src/domain/report/groups.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { samplePhone } from '../../report/support/sample.js';

const judged = (verdict: (typeof verdicts)[number]): PhoneReport['eligibility'] => ({
  ...{ direction: 'm2e', verdict, reasons: [], warnings: [] },
});

describe('phones in groups', () => {
  const phones = [
    samplePhone({ model: '8841', site: 'hq', outcome: 'done', eligibility: judged('eligible') }),
    samplePhone({ model: '8841', site: 'hq', outcome: 'failed', eligibility: judged('eligible') }),
    samplePhone({ model: '8851', site: 'hq', outcome: 'done', eligibility: judged('needs-upgrade') }),
    samplePhone({ model: '8841', site: null, outcome: 'blocked', eligibility: null }),
  ];

  it('by one value: the most first, with how they were judged and how they ended', () => {
    expect(groupPhones(phones, ['model'])).toEqual([
      {
        values: ['8841'],
        phones: 3,
        notEnded: {},
        byOutcome: { done: 1, failed: 1, blocked: 1 },
        byVerdict: { eligible: 2 },
      },
      { values: ['8851'], phones: 1, notEnded: {}, byOutcome: { done: 1 }, byVerdict: { 'needs-upgrade': 1 } },
    ]);
  });

  it('by several, in the order that was asked for: only combinations that occur', () => {
    const counted = (keys: Parameters<typeof groupPhones>[1]): unknown =>
      groupPhones(phones, keys).map(({ values, phones: count }) => [...values, count]);
    expect(counted(['site', 'model'])).toEqual([
      ['hq', '8841', 2],
      ['hq', '8851', 1],
      [null, '8841', 1],
    ]);
    expect(counted(['model', 'site'])).toEqual([
      ['8841', 'hq', 2],
      ['8841', null, 1],
      ['8851', 'hq', 1],
    ]);
  });

  it.each([
    ['model', { model: '8861' }],
    ['firmware', { softwareVersion: 'sip88xx.14-2-1-0101-26' }],
    ['site', { site: 'annex' }],
    ['authorization', { transitionAuthorizationType: 'Smart' }],
  ] as const)('by %s', (key, change) => {
    const [value] = Object.values(change);
    expect(groupPhones([samplePhone(change)], [key])).toMatchObject([{ values: [value], phones: 1 }]);
  });

  it('that are shown empty are others than those that are not shown', () => {
    const shown = [null, '', null].map((type) => samplePhone({ transitionAuthorizationType: type }));
    expect(groupPhones(shown, ['authorization']).map(({ values, phones: count }) => [...values, count])).toEqual([
      [null, 2],
      ['', 1],
    ]);
  });

  it('whose values have each other’s separators stay apart', () => {
    const odd = [
      samplePhone({ model: 'a","b', site: 'c' }),
      samplePhone({ model: 'a', site: 'b","c' }),
      samplePhone({ model: 'null', site: null }),
      samplePhone({ model: null, site: 'null' }),
    ];
    expect(groupPhones(odd, ['model', 'site'])).toHaveLength(4);
  });

  it('always add up, each combination once, whatever the order of the phones', () => {
    const phone = fc
      .record({
        model: fc.constantFrom('8841', '8851', null),
        softwareVersion: fc.constantFrom('a', 'b', null),
        site: fc.constantFrom('hq', '', null),
        transitionAuthorizationType: fc.constantFrom('Classic', '', null),
        outcome: fc.constantFrom(...outcomes),
        eligibility: fc.option(fc.constantFrom(...verdicts).map(judged)),
      })
      .map(samplePhone);
    const sum = (counts: object): number => Object.values(counts).reduce((all: number, one: number) => all + one, 0);
    fc.assert(
      fc.property(fc.array(phone), fc.uniqueArray(fc.constantFrom(...groupKeys)), (all, keys) => {
        const groups = groupPhones(all, keys);
        expect(groups.reduce((total, group) => total + group.phones, 0)).toBe(all.length);
        expect(new Set(groups.map(({ values }) => JSON.stringify(values))).size).toBe(groups.length);
        const counts = groups.map((group) => group.phones);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        for (const group of groups) {
          expect(sum(group.byOutcome)).toBe(group.phones);
          expect(sum(group.byVerdict)).toBeLessThanOrEqual(group.phones);
        }
        expect(groupPhones(all.toReversed(), keys)).toEqual(groups);
      }),
    );
  });
});

describe('what may be a phone', () => {
  it.each(outcomes)('%s: only silence and other devices are none, unless they were named', (outcome) => {
    expect(mayBePhone({ outcome, named: true })).toBe(true);
    expect(mayBePhone({ outcome, named: false })).toBe(!['no-answer', 'not-a-phone'].includes(outcome));
  });
});
