import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  judgeReading,
  judgeThresholds,
  mostUnderWay,
  type Tripped,
} from '../../../src/domain/pacing/judge-thresholds.js';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import { countEnding, countRead, newReadTally, newTally, type Tally } from '../../../src/domain/pacing/run-tally.js';
import { isTouched } from '../../../src/domain/progress/state.js';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';

/** A tally of a wave of `size`, in which so many phones ended in each way. */
const tallyOf = (size: number, endings: [times: number, outcome: Outcome, code?: string][]): Tally => {
  const tally = newTally(size);
  for (const [times, outcome, code] of endings)
    for (let time = 0; time < times; time += 1)
      countEnding(tally, { outcome, code: code ?? null, touched: isTouched(outcome) }, []);
  return tally;
};

const judge = (thresholds: string | string[], wave: Tally, run: Tally = wave, number = 3): Tripped | null =>
  judgeThresholds(
    [thresholds].flat().map((text) => parseThreshold(text)),
    { wave: { number, tally: wave }, run, read: newReadTally() },
  );

describe('a percentage', () => {
  it('trips when it is passed, with its arithmetic', () => {
    const wave = tallyOf(100, [
      [48, 'done'],
      [3, 'failed', 'authorization-failed'],
      [1, 'failed', 'wrong-load'],
    ]);
    expect(judge('5%', wave)).toMatchObject({
      count: 4,
      over: 52,
      sentence:
        '4 of 52 phones of wave 3 were written to and are not proven (7.7 %), more than 5 %: 3 authorization-failed, 1 wrong-load.',
    });
  });

  it('means more than, not as much as', () => {
    expect(
      judge(
        '5%',
        tallyOf(200, [
          [95, 'done'],
          [5, 'failed'],
        ]),
      ),
    ).toBeNull();
    expect(
      judge(
        '5%',
        tallyOf(200, [
          [94, 'done'],
          [5, 'failed'],
        ]),
      ),
    ).not.toBeNull();
  });

  it('never reads as the limit itself', () => {
    const wave = tallyOf(5_000, [
      [1_994 - 100, 'done'],
      [100, 'failed', 'wrong-load'],
    ]);
    expect(judge('5%', wave)?.sentence).toContain('(5.02 %), more than 5 %');
  });

  it('says nothing before the minimum sample has ended', () => {
    expect(judge('5%', tallyOf(1_000, [[9, 'failed']]))).toBeNull();
    expect(judge('5%', tallyOf(1_000, [[10, 'failed']]))).not.toBeNull();
  });

  it('counts without it where it is passed whatever becomes of the others', () => {
    expect(judge('5%', tallyOf(100, [[5, 'failed']]))).toBeNull();
    expect(judge('5%', tallyOf(100, [[6, 'failed']]))).not.toBeNull();
  });

  it('counts without it when nobody is left to end, so that a canary that fails stops the run', () => {
    const sentence = '1 of 1 phone of wave 1 was written to and is not proven (100 %), more than 5 %: 1 wrong-load.';
    expect(judge('5%', tallyOf(1, [[1, 'failed', 'wrong-load']]), newTally(100), 1)).toMatchObject({ sentence });
    expect(
      judge(
        '50%',
        tallyOf(5, [
          [2, 'failed'],
          [3, 'deferred', 'busy'],
        ]),
      ),
    ).toMatchObject({ count: 2, over: 2 });
  });

  it('is not thinned out by phones that were put off', () => {
    expect(
      judge(
        '50%',
        tallyOf(100, [
          [40, 'deferred', 'busy'],
          [4, 'done'],
          [6, 'failed'],
        ]),
      ),
    ).toMatchObject({ over: 10 });
  });

  it('of a code that puts off is over those too', () => {
    const wave = tallyOf(100, [
      [6, 'done'],
      [6, 'deferred', 'busy'],
      [4, 'aborted', 'stopped-before-start'],
    ]);
    expect(judge('busy:40%', wave)?.sentence).toBe('6 of 12 phones of wave 3 ended with busy (50 %), more than 40 %.');
  });
});

describe('a count', () => {
  it('trips when it is reached, over the run', () => {
    const wave = tallyOf(50, [[1, 'failed', 'wrong-load']]);
    const run = tallyOf(500, [
      [194, 'done'],
      [10, 'failed', 'wrong-load'],
    ]);
    expect(judge('10', wave, run)?.sentence).toBe(
      '10 of 204 phones of the run were written to and are not proven; the limit is 10: 10 wrong-load.',
    );
    expect(judge('11', wave, run)).toBeNull();
    expect(judge('10/wave', wave, run)).toBeNull();
  });

  it('needs no sample', () => {
    expect(judge('authorization-failed:1', tallyOf(900, [[1, 'failed', 'authorization-failed']]))?.sentence).toBe(
      '1 of 1 phone of the run ended with authorization-failed; the limit is 1.',
    );
  });
});

describe('unreachable phones', () => {
  const wave = tallyOf(100, [
    [15, 'done'],
    [4, 'unverified', 'silent'],
    [1, 'deferred', 'connect-timeout'],
  ]);

  it('that were written to count as not proven like any other', () => {
    expect(judge('4', wave)?.sentence).toBe(
      '4 of 20 phones of the run were written to and are not proven; the limit is 4: 4 silent.',
    );
    expect(judge('5', wave)).toBeNull();
  });

  it('have their own threshold', () => {
    expect(judge('unreachable:10%', wave)?.sentence).toBe(
      '5 of 20 phones of wave 3 were unreachable (25 %), more than 10 %.',
    );
  });

  it('are unverified all the same when they were written to', () => {
    expect(judge('unverified:4', wave)?.sentence).toBe('4 of 20 phones of the run ended unverified; the limit is 4.');
  });
});

describe('several thresholds', () => {
  it('are judged in their order', () => {
    const wave = tallyOf(20, [[20, 'failed', 'wrong-load']]);
    expect(judge(['unreachable:1', 'wrong-load:5', '5%'], wave)).toMatchObject({ threshold: { text: 'wrong-load:5' } });
    expect(judge([], wave)).toBeNull();
  });
});

describe('whatever happened', () => {
  it('a threshold trips exactly when the arithmetic says so', () => {
    const numbers = fc.record({ done: fc.nat(60), failed: fc.nat(60), left: fc.nat(5), limit: fc.nat(100) });
    fc.assert(
      fc.property(numbers, ({ done, failed, left, limit }) => {
        const wave = tallyOf(done + failed + left, [
          [done, 'done'],
          [failed, 'failed', 'wrong-load'],
        ]);
        const size = done + failed + left;
        const counts = done + failed >= 10 || left === 0;
        const passed = counts && failed / (done + failed) > limit / 100;
        expect(judge(`${limit}%`, wave) !== null).toBe(passed || failed / size > limit / 100);
        expect(judge(`${limit + 1}`, wave) !== null).toBe(failed > limit);
      }),
    );
  });
});

describe('what came of reading', () => {
  const thresholds = (...texts: string[]) => texts.map((text) => parseThreshold(text));
  const readOf = (codes: (string | null)[]) => {
    const read = newReadTally();
    for (const code of codes) countRead(read, code);
    return read;
  };
  const wrong = Array.from({ length: 3 }, () => 'password-wrong');

  it('counts where a threshold names its code, as soon as it does', () => {
    const read = readOf([null, ...wrong]);
    expect(judgeReading(thresholds('5%', '1', 'password-wrong:3'), read)?.sentence).toBe(
      '3 of 4 phones of those read ended with password-wrong; the limit is 3.',
    );
    expect(judgeReading(thresholds('password-wrong:4'), read)).toBeNull();
  });

  it('as a percentage is over the phones read, once there are enough of them', () => {
    const few = readOf([...wrong, null]);
    const many = readOf([...wrong, ...Array.from({ length: 17 }, () => null)]);
    expect(judgeReading(thresholds('password-wrong:10%'), few)).toBeNull();
    expect(judgeReading(thresholds('password-wrong:10%'), many)).toMatchObject({ count: 3, over: 20 });
    expect(judgeReading(thresholds('password-wrong:15%'), many)).toBeNull();
  });

  it('is nothing for thresholds over what was written to', () => {
    expect(judgeReading(thresholds('failed:1', 'unverified:1', '0%'), readOf(wrong))).toBeNull();
  });

  it('adds up with what comes of the rest of the run', () => {
    const run = tallyOf(10, [[1, 'blocked', 'license-missing']]);
    const standing = { wave: { number: 1, tally: run }, run, read: readOf(['license-missing', 'license-missing']) };
    expect(judgeThresholds(thresholds('license-missing:3'), standing)).toMatchObject({ count: 3 });
    expect(judgeThresholds(thresholds('license-missing:3/wave'), standing)).toBeNull();
  });
});

describe('how many may be under way', () => {
  const most = (texts: string[], tally: Tally): number =>
    mostUnderWay(
      texts.map((text) => parseThreshold(text)),
      tally,
    );

  it('is as many as pass the threshold when all of them end badly', () => {
    expect(most(['5%'], tallyOf(100, []))).toBe(6);
    expect(most(['10'], tallyOf(100, []))).toBe(10);
    expect(most(['10', '5%', 'authorization-failed:3'], tallyOf(100, []))).toBe(3);
  });

  it('is fewer by each that has ended badly, and never none', () => {
    expect(
      most(
        ['5%'],
        tallyOf(100, [
          [4, 'unverified', 'silent'],
          [50, 'done'],
        ]),
      ),
    ).toBe(2);
    expect(most(['1'], tallyOf(100, [[1, 'failed']]))).toBe(1);
  });

  it('has no limit by what can never stop the run, or says nothing of what is written', () => {
    expect(most([], tallyOf(100, []))).toBe(Number.POSITIVE_INFINITY);
    expect(most(['100%', '101', 'password-wrong:1', 'busy:1'], tallyOf(100, []))).toBe(Number.POSITIVE_INFINITY);
  });
});
