import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { parseWaves, waveSizes } from '../../../src/domain/pacing/waves.js';

const sizes = (text: string, total: number): number[] => waveSizes(parseWaves(text), total);

describe('reading waves', () => {
  it('takes counts and percentages, with blanks', () => {
    expect(parseWaves(' 1, 10,2.5%,100% ')).toEqual({
      text: '1,10,2.5%,100%',
      sizes: [
        { kind: 'count', phones: 1 },
        { kind: 'count', phones: 10 },
        { kind: 'share', percent: 2.5 },
        { kind: 'share', percent: 100 },
      ],
    });
  });

  it.each([
    ['', 'has no wave'],
    [' , ', 'has no wave'],
    ['1,,10%', 'has an empty part in "1,,10%"'],
    ['1,10,', 'has an empty part'],
    ['ten', 'has "ten", which is neither a number of phones nor a percentage'],
    ['-1', 'neither'],
    ['1e3', 'neither'],
    ['%', 'neither'],
    ['10 %', 'neither'],
    ['1.5', 'not a whole number of phones'],
    ['0', 'has 0, a wave without a phone'],
    ['1,0%', 'has 0%, a wave without a phone'],
    ['10%,101%', 'has 101%, which is more than all phones'],
    ['50%,10%', 'has 10% after 50%'],
    ['10%,5,10%', 'must grow'],
    ['100%,5', 'has 5 after 100%, when no phone is left'],
    ['100%,100%', 'after 100%'],
    ['1\u001b[31m', '"1\\x1b[31m"'],
  ])('refuses %j', (text, words) => {
    const error = thrown(() => parseWaves(text));
    expect(isUsageError(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^--waves .*such as 1,10,10%,50%,100%\.$/) });
  });
});

describe('the sizes of waves', () => {
  it.each([
    ['1,10,10%,50%,100%', 1_000, [1, 10, 89, 400, 500]],
    ['10%,50%', 200, [20, 80, 100]],
    ['1,10', 100, [1, 10, 89]],
    ['100%', 7, [7]],
    ['10%,5,50%', 100, [10, 5, 35, 50]],
  ])('of %s for %d phones are %j', (text, total, expected) => {
    expect(sizes(text, total)).toEqual(expected);
  });

  it('leave out a percentage that is reached already, and stop when nobody is left', () => {
    expect(sizes('1,10,10%,50%,100%', 14)).toEqual([1, 10, 3]);
    expect(sizes('1,10,10%,50%,100%', 4)).toEqual([1, 3]);
    expect(sizes('1,10,100%', 1)).toEqual([1]);
    expect(sizes('1,10,100%', 0)).toEqual([]);
  });

  it('round a share up, so that ten percent of three phones is one and not all of them', () => {
    expect(sizes('10%,100%', 3)).toEqual([1, 2]);
    expect(sizes('7%,100%', 100)).toEqual([7, 93]);
    expect(sizes('0.1%,100%', 3_000)).toEqual([3, 2_997]);
  });

  it('are as specified whatever is asked for', () => {
    fc.assert(
      fc.property(waveTexts, fc.nat(3_000), (text, total) => {
        const spec = parseWaves(text);
        const waves = waveSizes(spec, total);
        expect(waves.every((size) => size > 0)).toBe(true);
        expect(sum(waves)).toBe(total);
        // Read the other way round: after each wave either a share is just reached, or a count was taken whole.
        let taken = 0;
        let wave = 0;
        for (const size of spec.sizes) {
          if (taken === total) break;
          const goal = size.kind === 'count' ? taken + size.phones : Math.ceil((size.percent * total) / 100);
          if (goal <= taken) continue;
          taken += waves[wave] ?? 0;
          wave += 1;
          expect(taken).toBe(Math.min(goal, total));
        }
        expect(waves.length - wave).toBe(taken < total ? 1 : 0);
      }),
    );
  });
});

/** Texts that are right: counts anywhere, percentages that grow, nothing after 100%. */
const waveTexts = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 400 }).map(String), { maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([counts, shares]) => [...counts, ...shares.sort((a, b) => a - b).map((share) => `${share}%`)].join(','));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
