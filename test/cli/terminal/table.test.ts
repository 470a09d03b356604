import { describe, expect, it } from '@jest/globals';
import { tableOptions } from '../../../src/cli/terminal/table.js';

describe('a table on standard output', () => {
  it('is as wide as the terminal', () => {
    expect(tableOptions({ isTTY: true, columns: 123 }).width).toBe(123);
  });

  it('is of the usual width where the terminal says nothing, or nothing of use', () => {
    expect(tableOptions({ isTTY: true, columns: 0 }).width).toBe(80);
    expect(tableOptions({ isTTY: true }).width).toBe(80);
  });

  it('is whole and plain in a file or a pipe', () => {
    expect(tableOptions({})).toEqual({ width: Number.POSITIVE_INFINITY, color: false });
  });
});
