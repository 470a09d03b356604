import { describe, expect, it } from '@jest/globals';
import { parseAddressRange } from '../../../src/domain/network/address-range.js';

const base = 10 * 2 ** 24;

describe('a range of addresses', () => {
  it.each([
    ['10.0.0.5', base + 5, base + 5],
    [' 10.0.0.5 ', base + 5, base + 5],
    ['10.0.0.5-40', base + 5, base + 40],
    ['10.0.0.5 - 10.0.1.20', base + 5, base + 256 + 20],
    ['10.0.0.7/24', base, base + 255],
    ['0.0.0.0/0', 0, 2 ** 32 - 1],
    ['255.255.255.255/32', 2 ** 32 - 1, 2 ** 32 - 1],
  ])('%s', (text, first, last) => {
    expect(parseAddressRange(text)).toEqual({ first, last });
  });

  it.each([
    '',
    'phone1.example.com',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.9-5',
    '10.0.0.5-',
    '1-2',
  ])('is not %j', (text) => {
    expect(parseAddressRange(text)).toBeNull();
  });
});
