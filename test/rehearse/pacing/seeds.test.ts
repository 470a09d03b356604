import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rank } from '../../../src/domain/text/rank.js';
import type { TargetOutcome } from '../../../src/inventory/target.js';
import type { RehearsalParts } from '../../../src/rehearse/parts.js';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll } from '../../support/rehearsal/played-nights.js';
import { type RehearsalWords, rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const anyWords = fc
  .record({
    phones: anyFleet({ most: 30 }),
    assume: anyLuck,
    maxUpgrading: fc.constantFrom(1, 3, Infinity),
    abortAfter: fc.constantFrom([], ['20%']),
    concurrency: fc.constantFrom(1, 64),
    link: fc.constantFrom(null, 20e6),
    waves: fc.constantFrom(null, '1,5,100%'),
  })
  .map(({ link, waves, ...others }): RehearsalWords => ({
    ...others,
    ...(link === null ? {} : { link }),
    ...(waves === null ? {} : { waves }),
  }));

/** The same phones, listed in another order. */
function shuffled(parts: RehearsalParts, seed: number): RehearsalParts {
  const key = (address: string): number => rank(`${seed} ${address}`);
  const { targets } = parts;
  return {
    ...parts,
    reports: [...parts.reports].sort((a, b) => key(a.address) - key(b.address)),
    targets: {
      ...targets,
      async *[Symbol.asyncIterator](): AsyncGenerator<TargetOutcome, void, undefined> {
        const all: TargetOutcome[] = [];
        for await (const one of targets) all.push(one);
        yield* all.sort((a, b) => key(a.target.address) - key(b.target.address));
      },
    },
  };
}

describe('rehearsed nights', () => {
  it('are the same with the same seed, word for word, and others with another', async () => {
    await fc.assert(
      fc.asyncProperty(anyWords, anySeed, async (words, seed) => {
        const [one, same, other] = [
          await playAll(rehearsalParts(words), { seed, nights: 2 }),
          await playAll(rehearsalParts(words), { seed, nights: 2 }),
          await playAll(rehearsalParts(words), { seed: seed + 1, nights: 2 }),
        ];
        expect(JSON.stringify(same.nights)).toBe(JSON.stringify(one.nights));
        expect(JSON.stringify(same.first.report)).toBe(JSON.stringify(one.first.report));
        expect(JSON.stringify(other.nights)).not.toBe(JSON.stringify(one.nights));
      }),
      { seed: 20_261_208, numRuns: runs(12, 150) },
    );
  });

  // With fewer connections than phones, those that are listed first are read first, as by a run.
  it('are the same in whatever order the phones are listed', async () => {
    await fc.assert(
      fc.asyncProperty(anyWords, anySeed, async (words, seed) => {
        const listed = rehearsalParts({ ...words, concurrency: 64 });
        const one = await playAll(listed, { seed, nights: 2 });
        const other = await playAll(shuffled(listed, seed), { seed, nights: 2 });
        expect(other.nights.map(({ told }) => told)).toEqual(one.nights.map(({ told }) => told));
      }),
      { seed: 20_261_209, numRuns: runs(15, 200) },
    );
  });
});
