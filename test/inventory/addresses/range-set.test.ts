import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AddressRange } from '../../../src/domain/network/ipv4.js';
import { RangeSet, rangeSize } from '../../../src/inventory/addresses/range-set.js';

const smallRange = fc
  .tuple(fc.nat(60), fc.nat(20))
  .map(([first, more]): AddressRange => ({ first, last: first + more }));

const listed = (ranges: readonly AddressRange[]): number[] =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

describe('a set of ranges', () => {
  it('gives back what was not in it yet', () => {
    const set = new RangeSet();
    expect(set.add({ first: 10, last: 20 })).toEqual([{ first: 10, last: 20 }]);
    expect(set.add({ first: 15, last: 17 })).toEqual([]);
    expect(set.add({ first: 30, last: 40 })).toEqual([{ first: 30, last: 40 }]);
    expect(set.add({ first: 5, last: 50 })).toEqual([
      { first: 5, last: 9 },
      { first: 21, last: 29 },
      { first: 41, last: 50 },
    ]);
  });

  it('reaches from the first to the last IPv4 address', () => {
    const set = new RangeSet();
    set.add({ first: 0, last: 0xffff_ffff });
    expect([set.has(0), set.has(0xffff_ffff)]).toEqual([true, true]);
    expect(set.without({ first: 0, last: 0xffff_ffff })).toEqual([]);
    expect(rangeSize({ first: 0, last: 0xffff_ffff })).toBe(2 ** 32);
  });

  it('agrees with a set of single addresses', () => {
    fc.assert(
      fc.property(fc.array(smallRange), smallRange, (ranges, asked) => {
        const set = new RangeSet();
        const model = new Set<number>();
        for (const range of ranges) {
          expect(listed(set.add(range))).toEqual(listed([range]).filter((address) => !model.has(address)));
          for (const address of listed([range])) model.add(address);
        }
        for (let address = 0; address < 90; address += 1) expect(set.has(address)).toBe(model.has(address));
        expect(listed(set.without(asked))).toEqual(listed([asked]).filter((address) => !model.has(address)));
      }),
    );
  });
});
