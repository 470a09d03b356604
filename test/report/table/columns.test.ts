import { describe, expect, it } from '@jest/globals';
import { alignColumns } from '../../../src/report/table/columns.js';

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
