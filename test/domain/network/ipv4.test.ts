import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  blockNotForHosts,
  formatIpv4,
  indexFrom,
  ipv4Problem,
  networkAround,
  parseIpv4,
  parseAddressRange,
} from '../../../src/domain/network/ipv4.js';

describe('IPv4 addresses', () => {
  it('are read into unsigned integers', () => {
    expect(parseIpv4('0.0.0.0')).toBe(0);
    expect(parseIpv4('10.0.0.5')).toBe(0x0a00_0005);
    expect(parseIpv4('255.255.255.255')).toBe(0xffff_ffff);
  });

  it.each([
    ['10.0.0', 'four numbers'],
    ['10.0.0.5.6', 'four numbers'],
    ['10.0..5', 'four numbers'],
    ['', 'four numbers'],
    ['10.0.0.256', 'at most 255, not 256'],
    ['10.0.0.99999999999999999999', 'at most 255'],
    ['10.0.0.05', 'without leading zeros, not 05'],
  ])('%j is none, because %s', (text, reason) => {
    expect(parseIpv4(text)).toBeNull();
    expect(ipv4Problem(text)).toContain(reason);
  });

  it('survive being written and read', () => {
    fc.assert(fc.property(fc.nat(0xffff_ffff), (address) => parseIpv4(formatIpv4(address)) === address));
  });

  it('any text is an address or has a problem', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.]{0,16}$/)), (text) => {
        expect(parseIpv4(text) === null).toBe(ipv4Problem(text) !== null);
      }),
    );
  });
});

describe('networks', () => {
  it('reach from their first to their last address', () => {
    expect(networkAround(0x0a00_0005, 24)).toEqual({ first: 0x0a00_0000, last: 0x0a00_00ff });
    expect(networkAround(0xffff_ffff, 0)).toEqual({ first: 0, last: 0xffff_ffff });
    expect(networkAround(0xc0a8_0101, 32)).toEqual({ first: 0xc0a8_0101, last: 0xc0a8_0101 });
  });
});

describe('blocks that no phone can be in', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0/8'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
  ])('%s is in %s', (text, name) => {
    const address = parseIpv4(text) ?? -1;
    expect(blockNotForHosts({ first: address, last: address })).toContain(name);
  });

  it.each(['1.0.0.0', '10.0.0.5', '127.0.0.1', '127.255.255.254', '169.254.1.1', '223.255.255.255'])(
    '%s may be one',
    (text) => {
      const address = parseIpv4(text) ?? -1;
      expect(blockNotForHosts({ first: address, last: address })).toBeNull();
    },
  );
});

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

describe('the first of several ranges that ends at an address or later', () => {
  const ranges = [
    { first: 1, last: 3 },
    { first: 5, last: 5 },
    { first: 8, last: 9 },
  ];

  it.each([
    [0, 0],
    [3, 0],
    [4, 1],
    [5, 1],
    [6, 2],
    [9, 2],
    [10, 3],
  ])('for %d is the one at %d', (address, index) => {
    expect(indexFrom(ranges, address)).toBe(index);
  });

  it('is none of none', () => {
    expect(indexFrom([], 7)).toBe(0);
  });
});
