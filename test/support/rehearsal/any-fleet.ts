import fc from 'fast-check';
import { fleetModels, type PhoneWords } from './small-fleet.js';

/** Sites that phones of these fleets may be in. */
const siteNames = ['Bern', 'Basel'] as const;

/** Small fleets of several models, sites and subnets, some phones with two steps to go. */
export function anyFleet({ least = 10, most = 60 } = {}): fc.Arbitrary<PhoneWords[]> {
  const phone = fc.record({
    model: fc.constantFrom(...fleetModels),
    isOld: fc.nat(3).map((draw) => draw === 0),
    subnet: fc.nat(2),
    site: fc.option(fc.constantFrom(...siteNames), { nil: undefined, freq: 2 }),
  });
  return fc.array(
    phone.map(({ site, ...others }): PhoneWords => (site === undefined ? others : { ...others, site })),
    { minLength: least, maxLength: most },
  );
}

/** What may be assumed of a night: mostly that some of everything happens. */
export const anyLuck: fc.Arbitrary<string[]> = fc
  .record({
    failed: fc.constantFrom(0, 5, 20, 40),
    silent: fc.constantFrom(0, 5, 20),
    deferred: fc.constantFrom(0, 5, 20),
    'no-answer': fc.constantFrom(0, 5, 20),
    busy: fc.constantFrom(0, 10, 50),
  })
  .map((shares) => Object.entries(shares).map(([name, percent]) => `${name}:${percent}%`));

/** Which draw of it. */
export const anySeed = fc.nat(1_000_000);
