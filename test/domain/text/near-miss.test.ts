import { describe, expect, it } from '@jest/globals';
import { nearMiss, nearMisses } from '../../../src/domain/text/near-miss.js';

const names = ['busy', 'wrong-load', 'no-load', 'license-missing', 'license-unreadable', 'tls-failed'];

describe('near misses', () => {
  it.each([
    ['wrong-laod', ['wrong-load']],
    ['licence-missing', ['license-missing']],
    ['license', ['license-missing', 'license-unreadable']],
    ['load', ['no-load', 'wrong-load']],
    ['bsy', ['busy']],
    ['something-else', []],
    ['', []],
  ])('of %j are %j', (text, expected) => {
    expect(nearMisses(text, names)).toEqual(expected);
  });

  it('are three at most, and none for a text without end', () => {
    expect(nearMisses('aaa', ['aaa1', 'aaa2', 'aaa3', 'aaa4'])).toEqual(['aaa1', 'aaa2', 'aaa3']);
    expect(nearMisses('a'.repeat(1_000_000), names)).toEqual([]);
  });
});

describe('the nearest word', () => {
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
});
