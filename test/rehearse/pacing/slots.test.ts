import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { addressOf, rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const limit = fc.constantFrom(1, 2, 5, 12);
const maybe = fc.option(limit, { nil: Infinity });

describe('phones under way', () => {
  it('are never more than --max-upgrading, nor in one place than that allows; and the limits are used', async () => {
    const reached = { overall: 0, place: 0, site: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyFleet(),
        anyLuck,
        anySeed,
        fc.record({ overall: maybe, place: maybe, site: maybe }),
        fc.constantFrom(undefined, '1,10%,100%'),
        async (phones, assume, seed, most, waves) => {
          const parts = rehearsalParts({
            ...{ phones, assume, maxUpgrading: most.overall, maxUpgradingPerSubnet: most.place },
            ...(most.site === Infinity ? {} : { sites: { Bern: { maxUpgrading: most.site } } }),
            ...(waves ? { waves } : {}),
          });
          const placeOf = new Map(
            phones.map((phone, index) => [addressOf(phone, index), phone.site ?? `subnet ${phone.subnet}`]),
          );
          const limitOf = (place: string): number =>
            place === 'Bern' && most.site !== Infinity ? most.site : most.place;
          const { nights } = await playAll(parts, { seed, nights: 2 });
          for (const night of nights) {
            const underWay = new Map<string, string>();
            const at = { most: 0, in: new Map<string, number>() };
            for (const { is, address } of turnsOf(night)) {
              if (is === 'ended') underWay.delete(address);
              if (is !== 'written') continue;
              const place = placeOf.get(address)!;
              underWay.set(address, place);
              const here = [...underWay.values()].filter((one) => one === place).length;
              expect(underWay.size).toBeLessThanOrEqual(most.overall);
              expect(here).toBeLessThanOrEqual(limitOf(place));
              at.most = Math.max(at.most, underWay.size);
              at.in.set(place, Math.max(at.in.get(place) ?? 0, here));
              if (underWay.size === most.overall) reached.overall += 1;
              if (here === most.place) reached.place += 1;
              if (place === 'Bern' && here === most.site) reached.site += 1;
            }
            // What is told of the night is what happened in it.
            const [everywhere, ...places] = night.told.mostAtOnce;
            expect(everywhere?.phones ?? 0).toBe(at.most);
            const told = places.map((one): [string, number] => [one.place ?? '', one.phones]);
            expect(
              new Map(told.map(([place, count]) => [place.replace(/^10\.0\.(\d)\.0\/24$/, 'subnet $1'), count])),
            ).toEqual(at.in);
          }
        },
      ),
      { seed: 20_261_202, numRuns: runs(25, 400) },
    );
    // A limit that is never reached would prove nothing.
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(10);
  });

  it('are, where thresholds alone limit them, never more than these can lose', async () => {
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(
        anyFleet(),
        anyLuck,
        anySeed,
        fc.oneof(
          fc.integer({ min: 1, max: 12 }).map((phones) => ({ text: String(phones), passedAt: () => phones })),
          fc.integer({ min: 1, max: 60 }).map((percent) => ({
            text: `${percent}%/run`,
            passedAt: (size: number) => Math.floor((percent * size) / 100) + 1,
          })),
        ),
        async (phones, assume, seed, threshold) => {
          const parts = rehearsalParts({ phones, assume, abortAfter: [threshold.text] });
          const [night] = (await playAll(parts, { seed })).nights;
          const waiting = night!.events.filter((event) => event.event === 'state' && event.state === 'waiting').length;
          const passedAt = threshold.passedAt(waiting);
          if (passedAt > waiting) return;
          let [underWay, lost] = [0, 0];
          for (const turn of turnsOf(night!)) {
            if (turn.is === 'ended' && turn.event.touched) {
              underWay -= 1;
              if (turn.event.outcome !== 'done') lost += 1;
            }
            if (turn.is !== 'written') continue;
            underWay += 1;
            // If all of these were lost, it would be no more than it takes to stop.
            expect(underWay + lost).toBeLessThanOrEqual(passedAt);
            if (underWay + lost === passedAt) reached += 1;
          }
        },
      ),
      { seed: 20_261_203, numRuns: runs(25, 400) },
    );
    expect(reached).toBeGreaterThan(10);
  });
});
