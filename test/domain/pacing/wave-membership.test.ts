import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignWaves, type WavePhone } from '../../../src/domain/pacing/wave-membership.js';
import { parseWaves, waveSizes } from '../../../src/domain/pacing/waves.js';

/** `count` phones of a model in a subnet, with keys that say so. */
const phonesOf = (model: string, subnet: string, count: number, site: string | null = null): WavePhone[] =>
  Array.from({ length: count }, (_, index) => ({ key: `${model}/${subnet}/${index}`, model, subnet, site }));

const kindOf = ({ model, subnet, site }: WavePhone): string => `${model} ${site} ${subnet}`;

const members = (phones: readonly WavePhone[], waves: readonly number[], wave: number): WavePhone[] =>
  phones.filter((_, index) => waves[index] === wave);

const distinct = <T>(items: readonly T[]): number => new Set(items).size;

const fleet = [
  ...phonesOf('8841', '10.1.0.0/24', 90, 'Berlin'),
  ...phonesOf('8841', '10.2.0.0/24', 40, 'Hamburg'),
  ...phonesOf('7821', '10.1.0.0/24', 30, 'Berlin'),
  ...phonesOf('7821', '10.2.0.0/24', 30, 'Hamburg'),
  ...phonesOf('8865', '10.2.0.0/24', 5, 'Hamburg'),
  ...phonesOf('8832', '10.3.0.0/24', 5, 'Kiel'),
];

describe('the membership of waves', () => {
  it('begins with a phone of the most common model, where that is most common', () => {
    const waves = assignWaves(fleet, parseWaves('1,100%'), 1);
    expect(members(fleet, waves, 0)).toMatchObject([{ model: '8841', subnet: '10.1.0.0/24' }]);
  });

  it('takes another model for every next phone while there is one', () => {
    const waves = assignWaves(fleet, parseWaves('1,1,1,1,100%'), 1);
    const models = [0, 1, 2, 3].map((wave) => members(fleet, waves, wave)[0]?.model);
    expect(distinct(models)).toBe(4);
  });

  it('gives a small wave all models and all sites', () => {
    const canaries = members(fleet, assignWaves(fleet, parseWaves('4,100%'), 7), 0);
    expect(distinct(canaries.map(({ model }) => model))).toBe(4);
    expect(distinct(canaries.map(({ site }) => site))).toBe(3);
  });

  it('gives a small wave all models also when a large one went before', () => {
    const canaries = members(fleet, assignWaves(fleet, parseWaves('50%,4,100%'), 7), 1);
    expect(distinct(canaries.map(({ model }) => model))).toBe(4);
  });

  it('takes phones of one model from as many sites as there are, wherever most of them stand', () => {
    const phones = [
      ...Array.from({ length: 9 }, (_, index) => phonesOf('8841', `10.1.${index}.0/24`, 20, 'Berlin')),
      ...phonesOf('8841', '10.2.0.0/24', 2, 'Hamburg'),
      ...phonesOf('8841', '10.3.0.0/24', 2, 'Kiel'),
    ].flat();
    const canaries = members(phones, assignWaves(phones, parseWaves('3,100%'), 1), 0);
    expect(distinct(canaries.map(({ site }) => site))).toBe(3);
  });

  it('takes phones of several models from as many subnets as it can', () => {
    const subnets = [40, 30, 20, 10].map((size, index) => ({ size, subnet: `10.1.${index}.0/24` }));
    const phones = ['8841', '7821', '8865', '8832'].flatMap((model) =>
      subnets.flatMap(({ size, subnet }) => phonesOf(model, subnet, size)),
    );
    const canaries = members(phones, assignWaves(phones, parseWaves('4,100%'), 1), 0);
    expect(distinct(canaries.map(({ subnet }) => subnet))).toBe(4);
  });

  it('gives what is left after one of each in proportion, parts of a phone to the largest parts', () => {
    const phones = [...phonesOf('8841', 'a', 6), ...phonesOf('7821', 'a', 3), ...phonesOf('8865', 'a', 1)];
    for (let seed = 0; seed < 20; seed += 1) {
      // One of each; then 2 of the remaining 5 and 2, which is 1.43 and 0.57.
      const wave = members(phones, assignWaves(phones, parseWaves('5,100%'), seed), 0).map(({ model }) => model);
      expect(wave.sort()).toEqual(['7821', '7821', '8841', '8841', '8865']);
    }
  });

  it('fills a large wave in proportion, so that no wave is left with one kind only', () => {
    const waves = assignWaves(fleet, parseWaves('10%,50%,100%'), 7);
    for (const wave of [0, 1, 2])
      expect(distinct(members(fleet, waves, wave).map(({ model }) => model))).toBeGreaterThanOrEqual(3);
    const last = members(fleet, waves, 2);
    const common = last.filter(({ model }) => model === '8841').length;
    expect(common / last.length).toBeCloseTo(130 / 200, 1);
  });

  it('knows phones without a model or a site as kinds of their own', () => {
    const phones = [...phonesOf('8841', 'a', 3), { key: 'x', model: null, subnet: 'a', site: null }];
    expect(members(phones, assignWaves(phones, parseWaves('2,100%'), 1), 0).map(({ model }) => model)).toContain(null);
  });

  it('is another for another seed, but the same for the same', () => {
    const spec = parseWaves('10,100%');
    expect(assignWaves(fleet, spec, 1)).toEqual(assignWaves(fleet, spec, 1));
    expect(assignWaves(fleet, spec, 1)).not.toEqual(assignWaves(fleet, spec, 2));
  });

  it('has nothing to say of no phones', () => {
    expect(assignWaves([], parseWaves('1,100%'), 1)).toEqual([]);
  });

  it('is settled in moderate time for 50,000 phones in 1,000 subnets', () => {
    const phones = Array.from({ length: 50_000 }, (_, index) => ({
      key: String(index),
      model: `88${index % 9}1`,
      subnet: `10.${index % 1_000}`,
      site: `site ${index % 50}`,
    }));
    const waves = assignWaves(phones, parseWaves('1,10,10%,50%,100%'), 1);
    expect(Array.from({ length: 5 }, (_, wave) => waves.filter((at) => at === wave).length)).toEqual([
      1, 10, 4_989, 20_000, 25_000,
    ]);
  });
});

const someFleet = fc
  .array(
    fc.record({
      model: fc.constantFrom('8841', '7821', '8865', null),
      subnet: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      site: fc.constantFrom('Berlin', 'Kiel', null),
    }),
    { maxLength: 150 },
  )
  .map((kinds) => kinds.map((kind, index): WavePhone => ({ key: `phone ${index}`, ...kind })));

const someSpec = fc.constantFrom('1,10,10%,50%,100%', '5', '10%,50%', '1,1,1,1', '20,3,90%', '100%').map(parseWaves);

describe('every fleet', () => {
  it('has each phone in exactly one wave, and waves of their size', () => {
    fc.assert(
      fc.property(someFleet, someSpec, fc.integer(), (phones, spec, seed) => {
        const waves = assignWaves(phones, spec, seed);
        expect(waves).toHaveLength(phones.length);
        const sizes = waveSizes(spec, phones.length);
        expect(sizes.map((_, wave) => members(phones, waves, wave).length)).toEqual(sizes);
      }),
    );
  });

  it('has the same waves in whatever order its phones are listed', () => {
    fc.assert(
      fc.property(someFleet, someSpec, fc.integer(), fc.func(fc.integer()), (phones, spec, seed, order) => {
        const shuffled = [...phones].sort((a, b) => order(a.key) - order(b.key));
        const wavesOf = (list: readonly WavePhone[]): Map<string, number | undefined> => {
          const waves = assignWaves(list, spec, seed);
          return new Map(list.map(({ key }, index) => [key, waves[index]]));
        };
        expect(new Map([...wavesOf(shuffled)].sort())).toEqual(new Map([...wavesOf(phones)].sort()));
      }),
    );
  });

  it('has in each wave as many kinds as fit, and of these as many models as there are', () => {
    fc.assert(
      fc.property(someFleet, someSpec, fc.integer(), (phones, spec, seed) => {
        const waves = assignWaves(phones, spec, seed);
        for (const [wave, size] of waveSizes(spec, phones.length).entries()) {
          const inWave = members(phones, waves, wave);
          const left = phones.filter((_, index) => (waves[index] ?? 0) >= wave);
          expect(distinct(inWave.map(kindOf))).toBe(Math.min(size, distinct(left.map(kindOf))));
          const models = ({ model }: WavePhone): string | null => model;
          expect(distinct(inWave.map(models))).toBe(Math.min(size, distinct(left.map(models))));
        }
      }),
    );
  });
});
