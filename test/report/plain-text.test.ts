import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignColumns, utcMinute, utcSecond, wrap } from '../../src/report/plain-text.js';

describe('columns', () => {
  it('are as wide as their widest cell, and no line ends in blanks', () => {
    expect(
      alignColumns([
        ['a', 'bbb', 'c'],
        ['aaa', 'b', ''],
        ['a', '', ''],
      ]),
    ).toEqual(['a    bbb  c', 'aaa  b', 'a']);
  });

  it('may stand to the right', () => {
    expect(
      alignColumns(
        [
          ['n', 'x'],
          ['100', 'y'],
        ],
        new Set([0]),
      ),
    ).toEqual(['  n  x', '100  y']);
  });

  it('may be none', () => {
    expect(alignColumns([])).toEqual([]);
  });
});

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

describe('an instant for people', () => {
  it.each([
    ['2026-01-31T22:14:59.999Z', '2026-01-31 22:14 UTC'],
    ['2026-01-31T22:14:00+02:00', '2026-01-31 20:14 UTC'],
    ['', '-'],
    ['yesterday', '-'],
  ])('%j is %s', (instant, expected) => {
    expect(utcMinute(instant)).toBe(expected);
  });

  it('has its seconds where they matter', () => {
    expect([utcSecond('2026-01-31T22:14:59.999Z'), utcSecond('')]).toEqual(['2026-01-31 22:14:59 UTC', '-']);
  });
});
