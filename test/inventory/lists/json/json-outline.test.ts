import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineAt, outlineJson } from '../../../../src/inventory/lists/json/json-outline.js';

describe('the outline of a JSON text', () => {
  it('has the rows of the outermost array', () => {
    expect(outlineJson(' [ {"a":[1,2]} ,\n"x", 3]', null)).toEqual({ brokenAt: null, rowsAt: [3, 17, 22] });
  });

  it('has the rows under the outermost key phones, the last if there are two', () => {
    expect(outlineJson('{"x":[1],"phones":[1,2,3],"y":{"phones":[4]},"phones":[ 5]}', 'phones').rowsAt).toEqual([56]);
    expect(outlineJson('{"a":{"phones":[1]}}', 'phones').rowsAt).toEqual([]);
  });

  it.each([
    ['[1,]', 3],
    ['[tru]', 1],
    ['[1 2]', 3],
    ['{"a":1 x}', 7],
    ['{a:1}', 1],
    ['["a', 3],
    ['["a\nb"]', 3],
    ['["\\x"]', 2],
    ['[01]', 1],
    ['[1', 2],
    ['', 0],
    ['[] []', 3],
    ['[}', 1],
  ])('%j breaks at %d', (text, offset) => {
    expect(outlineJson(text, 'phones').brokenAt).toBe(offset);
  });

  it('gives up on a text of brackets', () => {
    expect(outlineJson('['.repeat(1_000_000), null).brokenAt).not.toBeNull();
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const damaged = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '\\', '0', '-', 'e', ':', '\n', 'x'),
      )
      .map(([text, at, what]) => {
        const position = at % (text.length + 1);
        return text.slice(0, position) + what + text.slice(position + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(outlineJson(text, 'phones').brokenAt === null).toBe(valid);
      }),
      { numRuns: 3_000 },
    );
  });

  it('has as many rows as the array has elements', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), (rows) => {
        for (const text of [JSON.stringify(rows), JSON.stringify({ phones: rows }, null, 1)]) {
          expect(outlineJson(text, 'phones').rowsAt).toHaveLength(rows.length);
        }
      }),
    );
  });
});

describe('the line of an offset', () => {
  it('counts from one', () => {
    expect([0, 1, 2, 3].map((offset) => lineAt('a\nb\n', offset))).toEqual([1, 1, 2, 2]);
  });
});
