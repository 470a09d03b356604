import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { type Outcome, outcomes } from '../../../src/domain/progress/outcome.js';
import type { AcceptableGrade } from '../../../src/domain/pacing/grades.js';
import {
  countEnding,
  newTally,
  standingText,
  type Tally,
  unreachableCodes,
} from '../../../src/domain/pacing/run-tally.js';
import { isTouched } from '../../../src/domain/progress/state.js';
import type { ThresholdKind } from '../../../src/domain/pacing/thresholds.js';

type Ending = [Outcome, string | null];

const tallyOf = (endings: Ending[], accepted: readonly AcceptableGrade[] = []): Tally => {
  const tally = newTally(endings.length);
  for (const [outcome, code] of endings) countEnding(tally, { outcome, code, touched: isTouched(outcome) }, accepted);
  return tally;
};
const counts = (ending: Ending, accepted: readonly AcceptableGrade[] = []): Partial<Record<ThresholdKind, number>> =>
  Object.fromEntries(tallyOf([ending], accepted).counts);

describe('an ending is counted', () => {
  it.each<[Ending, Partial<Record<ThresholdKind, number>>]>([
    [['done', null], {}],
    [['failed', 'wrong-load'], { failed: 1, 'wrong-load': 1 }],
    [['unverified', 'stopped-watching'], { failed: 1, unverified: 1, 'stopped-watching': 1 }],
    [['unverified', 'silent'], { failed: 1, unreachable: 1, unverified: 1, silent: 1 }],
    [
      ['unverified', 'silent-after-upgrading'],
      { failed: 1, unreachable: 1, unverified: 1, 'silent-after-upgrading': 1 },
    ],
    [['unverified', 'identity-lost'], { failed: 1, unreachable: 1, unverified: 1, 'identity-lost': 1 }],
    [['deferred', 'connect-timeout'], { unreachable: 1, 'connect-timeout': 1 }],
    [['blocked', 'license-missing'], { 'license-missing': 1 }],
    [['aborted', 'internal-error'], { failed: 1, 'internal-error': 1 }],
    [['deferred', 'busy'], { busy: 1 }],
    [['failed', null], { failed: 1 }],
    [['failed', 'code-of-a-later-version'], { failed: 1 }],
  ])('%j as %j', (ending, expected) => {
    expect(counts(ending)).toEqual(expected);
  });

  it('not as bad where its grade was accepted, which plain silence never is', () => {
    const accepted = ['silent-after-upgrading'] as const;
    expect(counts(['unverified', 'silent-after-upgrading'], accepted)).toEqual({});
    expect(counts(['unverified', 'silent'], accepted)).toMatchObject({ failed: 1 });
  });

  it('apart when nothing was written to the phone, which says nothing about how it goes', () => {
    const untouched: Ending[] = [
      ['deferred', 'busy'],
      ['aborted', 'stopped-before-start'],
      ['blocked', null],
      ['already-done', null],
    ];
    expect(tallyOf([['done', null], ...untouched])).toMatchObject({ size: 5, ended: 1, apart: 4 });
  });

  it('in a sentence, by its grade, with those under way', () => {
    const tally = tallyOf([
      ...[1, 2, 3].map((): Ending => ['done', null]),
      ['failed', 'wrong-load'],
      ['unverified', 'silent'],
      ['unverified', 'silent-after-upgrading'],
      ['unverified', 'stopped-watching'],
      ['deferred', 'busy'],
    ]);
    expect(standingText(tally, 2)).toBe(
      'Written to 9: 3 proven, 1 failed, 2 silent, 1 of them after they said they were upgrading, 1 not watched for long enough, 2 still under way.',
    );
    expect(standingText(newTally(5), 0)).toBe('Written to 0: 0 proven, 0 failed, 0 silent.');
  });

  it('once, as ended or as put off', () => {
    const ending = fc.tuple(fc.constantFrom(...outcomes), fc.constantFrom(null, ...Object.keys(failureCodes)));
    fc.assert(
      fc.property(fc.array(ending), (endings) => {
        const tally = tallyOf(endings);
        expect(tally.ended + tally.apart).toBe(endings.length);
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
