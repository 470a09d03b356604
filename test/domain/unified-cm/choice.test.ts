import { describe, expect, it } from '@jest/globals';
import { chosenBy, poolsWithout } from '../../../src/domain/unified-cm/choice.js';

const phones = [
  { name: 'SEP001122000001', description: 'Desk & chair', devicePool: 'Berlin' },
  { name: 'SEP001122000002', description: 'Desk & chair', devicePool: 'Oslo' },
  { name: 'SEP001122000003', description: 'Lobby', devicePool: null },
];

describe('phones of a cluster', () => {
  it.each([
    ['nothing', { devicePools: [], match: null }, [1, 2, 3]],
    ['a device pool, whatever the case', { devicePools: ['munich', ' BERLIN '], match: null }, [1]],
    ['a glob of the name', { devicePools: [], match: 'sep*002' }, [2]],
    ['a glob of the description', { devicePools: [], match: 'desk & ch??r' }, [1, 2]],
    ['both', { devicePools: ['Berlin'], match: '*2' }, []],
    ['a pool that is none', { devicePools: ["x' or 'a'='a"], match: null }, []],
  ])('are chosen by %s', (_, choice, expected) => {
    expect(phones.filter(chosenBy(choice)).map(({ name }) => Number(name.slice(-1)))).toEqual(expected);
  });
});

it('a pool that no phone is in is told: it is empty, or misspelled', () => {
  expect(poolsWithout({ devicePools: [' berlin', 'Berlim', 'oslo'], match: null }, phones)).toEqual(['Berlim']);
});
