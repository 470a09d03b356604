import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareAddresses } from '../../../src/report/formats/address-order.js';

describe('the order of addresses', () => {
  it('is by number, ports within an address, host names last', () => {
    const sorted = [
      '9.255.255.255',
      '10.0.0.9',
      '10.0.0.9:80',
      '10.0.0.9:8080',
      '10.0.0.10',
      '200.0.0.1',
      'a.example',
      'b.example',
    ];
    expect([...sorted].reverse().sort(compareAddresses)).toEqual(sorted);
  });

  it('is the same from both sides', () => {
    const address = fc.oneof(fc.ipV4(), fc.domain(), fc.string());
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(Math.sign(compareAddresses(a, b)) + Math.sign(compareAddresses(b, a))).toBe(0);
      }),
    );
  });
});
