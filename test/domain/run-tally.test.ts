import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failureCodes } from '../../src/domain/failure-codes.js';
import { type Outcome, outcomes } from '../../src/domain/outcome.js';
import { countEnding, newTally, type Tally, unreachableCodes } from '../../src/domain/run-tally.js';
import type { ThresholdKind } from '../../src/domain/thresholds.js';

type Ending = [Outcome, string | null];

const tallyOf = (...endings: Ending[]): Tally => {
  const tally = newTally(endings.length);
  for (const [outcome, code] of endings) countEnding(tally, outcome, code);
  return tally;
};
const counts = (ending: Ending): Partial<Record<ThresholdKind, number>> => Object.fromEntries(tallyOf(ending).counts);

describe('an ending is counted', () => {
  it.each<[Ending, Partial<Record<ThresholdKind, number>>]>([
    [['done', null], {}],
    [['failed', 'wrong-load'], { failed: 1, 'wrong-load': 1 }],
    [['unverified', 'stopped-watching'], { failed: 1, unverified: 1, 'stopped-watching': 1 }],
    [['unverified', 'silent'], { unreachable: 1, unverified: 1, silent: 1 }],
    [['unverified', 'identity-lost'], { unreachable: 1, unverified: 1, 'identity-lost': 1 }],
    [['deferred', 'connect-timeout'], { unreachable: 1, 'connect-timeout': 1 }],
    [['blocked', 'license-missing'], { 'license-missing': 1 }],
    [['aborted', 'internal-error'], { failed: 1, 'internal-error': 1 }],
    [['deferred', 'busy'], { busy: 1 }],
    [['failed', null], { failed: 1 }],
    [['failed', 'code-of-a-later-version'], { failed: 1 }],
  ])('%j as %j', (ending, expected) => {
    expect(counts(ending)).toEqual(expected);
  });

  it('apart when the phone was put off or not started, which says nothing about how it goes', () => {
    const tally = tallyOf(['done', null], ['deferred', 'busy'], ['aborted', 'stopped-before-start'], ['blocked', null]);
    expect(tally).toMatchObject({ size: 4, ended: 2, putOff: 2 });
  });

  it('once, as ended or as put off', () => {
    const ending = fc.tuple(fc.constantFrom(...outcomes), fc.constantFrom(null, ...Object.keys(failureCodes)));
    fc.assert(
      fc.property(fc.array(ending), (endings) => {
        const tally = tallyOf(...endings);
        expect(tally.ended + tally.putOff).toBe(endings.length);
        for (const count of tally.counts.values()) expect(count).toBeLessThanOrEqual(endings.length);
        const failed = [...tally.failedCodes.values()].reduce((sum, count) => sum + count, 0);
        expect(failed).toBe(tally.counts.get('failed') ?? 0);
      }),
    );
  });
});

describe('the unreachable codes', () => {
  it('hold every code of a failed connect', () => {
    const connects = Object.keys(failureCodes).filter((code) => code.startsWith('connect-'));
    expect([...unreachableCodes]).toEqual(expect.arrayContaining(connects));
  });
});
