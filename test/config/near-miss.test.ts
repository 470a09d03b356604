import { expect, it } from '@jest/globals';
import { nearMiss } from '../../src/config/near-miss.js';

const known = ['mpp-to-enterprise', 'upgrade-mpp', 'authorize-mpp', 'http', 'https'];

it.each([
  ['mpp-to-enterprize', 'mpp-to-enterprise'],
  ['MPP-to-Enterprise', 'mpp-to-enterprise'],
  ['mpp-to-entreprise', 'mpp-to-enterprise'],
  ['authorise-mpp', 'authorize-mpp'],
  ['upgrademp', 'upgrade-mpp'],
  ['htps', 'https'],
  ['htp', 'http'],
])('%s most likely means %s', (word, expected) => {
  expect(nearMiss(word, known)).toBe(expected);
});

it.each(['', 'enterprise', 'ftp-x', 'x'.repeat(10_000)])('%.20s is near nothing', (word) => {
  expect(nearMiss(word, known)).toBeNull();
});
