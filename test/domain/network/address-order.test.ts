import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inAddressOrder } from '../../../src/domain/network/address-order.js';

const sorted = (addresses: readonly string[]): string[] => inAddressOrder(addresses, (address) => address);

describe('the order of addresses', () => {
  it('is by number, ports within an address, host names last, numbers in them by value', () => {
    const expected = [
      '9.255.255.255',
      '10.0.0.9',
      '10.0.0.9:80',
      '10.0.0.9:8080',
      '10.0.0.9:10443',
      '10.0.0.10',
      '200.0.0.1',
      'a.example',
      'phone-2.example',
      'phone-10.example',
    ];
    expect(sorted([...expected].reverse())).toEqual(expected);
  });

  it('is the same however they came', () => {
    const address = fc.oneof(fc.ipV4(), fc.domain(), fc.string());
    fc.assert(
      fc.property(fc.array(address), (addresses) => {
        expect(sorted([...addresses].reverse())).toEqual(sorted(addresses));
      }),
    );
  });
});
