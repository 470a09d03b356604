import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Combination, covering, partsOf } from './covering.js';

/** Every combination of these values. */
function all(dimensions: Readonly<Record<string, readonly unknown[]>>): Combination[] {
  return Object.entries(dimensions).reduce<Combination[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}
const partsIn = (rows: readonly Combination[], strength: 1 | 2): Set<string> =>
  new Set(rows.flatMap((row) => partsOf(row, strength)));

describe.each([1, 2] as const)('a cover of strength %d', (strength) => {
  it('keeps what occurs in any row, whatever the rows are, and takes only from them', () => {
    const row = fc.record({ a: fc.nat(3), b: fc.nat(4), c: fc.boolean(), d: fc.constantFrom('x', null, undefined) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const chosen = covering(rows, strength);
        expect(partsIn(chosen, strength)).toEqual(partsIn(rows, strength));
        expect(rows).toEqual(expect.arrayContaining(chosen));
      }),
    );
  });

  it('chooses the same rows each time, in their order', () => {
    const rows = all({ one: ['a', 'b', 'c'], two: ['d', 'e'], three: ['f', 'g'] });
    const chosen = covering(rows, strength);
    expect(covering(rows, strength)).toEqual(chosen);
    expect(chosen).toEqual(rows.filter((row) => chosen.includes(row)));
  });

  it('keeps every value of a single dimension, and nothing of nothing', () => {
    expect(covering([{ a: 1 }, { a: 2 }, { a: 1 }], strength)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(covering([], strength)).toEqual([]);
  });
});

describe('how many rows a cover needs', () => {
  const rows = all({ access: [1, 2, 3, 4, 5], dialect: [1, 2, 3, 4, 5], answer: [1, 2, 3, 4], select: [1, 2] });

  it('pairwise: little more than the two largest dimensions ask for', () => {
    const { length } = covering(rows, 2);
    expect([rows.length, length >= 25, length <= 32]).toEqual([200, true, true]);
  });

  it('of single values: as many as the largest dimension has', () => {
    expect(covering(rows, 1)).toHaveLength(5);
  });
});
