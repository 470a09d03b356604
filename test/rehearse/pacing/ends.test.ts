import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTouched } from '../../../src/domain/progress/state.js';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { brisk, rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const { upgradeDeadline, idleWait, pollInterval } = brisk.timing;

/** The longest that one phone may take from its turn to its end: in a call first and between its steps, and both steps to their deadlines. */
const longestMs = idleWait + 3 * (upgradeDeadline + 3 * pollInterval);

describe('any night', () => {
  it('ends, and every target has one outcome', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFleet(),
        anyLuck,
        anySeed,
        fc.constantFrom(undefined, '1,10%,100%', '3,5,50%'),
        fc.constantFrom(undefined, 1, 4, 20),
        fc.constantFrom([], ['5%'], ['3', 'unreachable:10%']),
        fc.constantFrom(1, 3, 64),
        async (phones, assume, seed, waves, maxUpgrading, abortAfter, concurrency) => {
          const paced = { ...(waves ? { waves } : {}), ...(maxUpgrading ? { maxUpgrading } : {}) };
          const parts = rehearsalParts({ phones, assume, abortAfter, concurrency, ...paced });
          const { first, nights } = await playAll(parts, { seed, nights: 2 });
          for (const night of nights) {
            const { told } = night;
            const ended = turnsOf(night).filter(({ is }) => is === 'ended');
            // All of them are named, so none is only counted.
            expect(ended.map(({ address }) => address).sort()).toEqual(
              first.report.phones.map(({ address }) => address).sort(),
            );
            expect(told.targets).toBe(phones.length);
            expect(Object.values(told.byOutcome).reduce((sum, count) => sum + count, 0)).toBe(phones.length);
            // However few are under way at once, and however wide the waves.
            expect(Date.parse(told.endsAt) - Date.parse(told.startsAt)).toBeLessThan((phones.length + 1) * longestMs);
          }
          expect(first.report.phones).toHaveLength(phones.length);
          const written = turnsOf(nights[0]!).filter(({ is }) => is === 'written');
          const touched = first.report.phones.filter(({ outcome }) => isTouched(outcome));
          expect(written.map(({ address }) => address).sort()).toEqual(touched.map(({ address }) => address).sort());
        },
      ),
      { seed: 20_261_201, numRuns: runs(25, 400) },
    );
  });
});
