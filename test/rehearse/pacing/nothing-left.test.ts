import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../support/depth.js';
import { anyFleet, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll } from '../../support/rehearsal/played-nights.js';
import { rehearsalParts } from '../../support/rehearsal/small-fleet.js';

describe('after enough nights', () => {
  it('every phone is moved, if none fails: whatever is in a call, away for a night, or does not fit into the window', async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(
        anyFleet({ most: 30 }),
        anySeed,
        fc.constantFrom(0, 10, 30),
        fc.constantFrom(0, 20),
        fc.constantFrom(2, 10, Infinity),
        fc.constantFrom(undefined, ['22:00-22:20'], ['21:00-05:00']),
        async (phones, seed, deferred, away, maxUpgrading, window) => {
          const parts = rehearsalParts({
            ...{ phones, maxUpgrading, assume: [`deferred:${deferred}%`, `no-answer:${away}%`, 'busy:10%'] },
            ...(window ? { window } : {}),
          });
          const { nights } = await playAll(parts, { seed, nights: 60 });
          const told = nights.map((night) => night.told);
          const last = told.at(-1)!;
          expect(last.left).toBe(0);
          expect(last.moved).toBe(phones.length);
          for (const [index, night] of told.entries()) {
            expect(night.moved + night.left).toBe(phones.length);
            expect(night.moved).toBeGreaterThanOrEqual(told[index - 1]?.moved ?? 0);
          }
          longest = Math.max(longest, nights.length);
        },
      ),
      { seed: 20_261_210, numRuns: runs(20, 200) },
    );
    expect(longest).toBeGreaterThan(4);
  });
});
