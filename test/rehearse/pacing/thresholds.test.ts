import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { rehearsalParts } from '../../support/rehearsal/small-fleet.js';

/** A threshold, and whether so many lost of so many phones have passed it, however the others end. */
const anyThreshold = fc.oneof(
  fc.integer({ min: 1, max: 8 }).map((limit) => ({
    text: String(limit),
    isPassed: (lost: number, _size: number) => lost >= limit,
  })),
  fc.constantFrom(5, 12.5, 40).map((percent) => ({
    text: `${percent}%/run`,
    isPassed: (lost: number, size: number) => lost * 100 > percent * size,
  })),
);

describe('a threshold', () => {
  it('once passed lets no further phone begin: what is lost is what it allows and what was under way', async () => {
    let stopped = 0;
    await fc.assert(
      fc.asyncProperty(
        anyFleet(),
        anyLuck,
        anySeed,
        anyThreshold,
        fc.constantFrom(undefined, 1, 3, 15),
        fc.constantFrom(undefined, '5,50%,100%'),
        fc.constantFrom(1, 64),
        async (phones, assume, seed, { text, isPassed }, maxUpgrading, waves, concurrency) => {
          const paced = { ...(waves ? { waves } : {}), ...(maxUpgrading ? { maxUpgrading } : {}) };
          const parts = rehearsalParts({ phones, assume, abortAfter: [text], concurrency, ...paced });
          const [night] = (await playAll(parts, { seed })).nights;
          const size = night!.events.filter((event) => event.event === 'state' && event.state === 'waiting').length;
          let [underWay, lost, written] = [0, 0, 0];
          let tripped: { lost: number; underWay: number; written: number } | null = null;
          for (const turn of turnsOf(night!)) {
            if (turn.is === 'tripped') {
              expect(tripped).toBeNull();
              // The one that trips it is told of before it has ended.
              tripped = { lost, underWay, written };
            } else if (turn.is === 'written') {
              expect(tripped).toBeNull();
              expect(isPassed(lost, size)).toBe(false);
              underWay += 1;
              written += 1;
            } else if (turn.event.touched) {
              underWay -= 1;
              if (turn.event.outcome !== 'done') lost += 1;
            }
          }
          const { told } = night!;
          if (tripped === null) {
            expect(told.stopped).toBeNull();
            return expect(isPassed(lost, size)).toBe(false);
          }
          stopped += 1;
          expect(lost).toBeLessThanOrEqual(tripped.lost + tripped.underWay);
          expect(told.stopped).toMatchObject({ written: tripped.written, notProven: lost });
        },
      ),
      { seed: 20_261_205, numRuns: runs(40, 500) },
    );
    expect(stopped).toBeGreaterThan(5);
  });

  it('trips after as many as it names, where one phone is under way at a time', async () => {
    const parts = rehearsalParts({ phones: 30, assume: ['failed:50%'], abortAfter: ['3'], maxUpgrading: 1 });
    const [night] = (await playAll(parts, { seed: 7 })).nights;
    expect(night!.told.byOutcome.failed).toBe(3);
    expect(night!.told.stopped?.notProven).toBe(3);
    expect(night!.told.stopped?.text).toMatch(
      /^3 of \d+ phones of the run were written to and are not proven; the limit is 3/,
    );
  });
});
