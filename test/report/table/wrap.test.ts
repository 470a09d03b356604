import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wrap } from '../../../src/report/table/wrap.js';

describe('wrapping', () => {
  it('breaks at blanks and indents by the first line', () => {
    expect(wrap('one two three four', 12, '  - ')).toEqual(['  - one two', '    three', '    four']);
    expect(wrap('short', 12)).toEqual(['short']);
    expect(wrap('', 12, '- ')).toEqual(['- ']);
  });

  it('leaves a long word whole', () => {
    expect(wrap('see http://10.0.0.5:6970/x.loads now', 12)).toEqual(['see', 'http://10.0.0.5:6970/x.loads', 'now']);
  });

  it('loses no word and keeps to the width where words do', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 9 })), (words) => {
        const lines = wrap(words.join(' '), 12, '> ');
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
