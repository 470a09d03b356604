import { describe, expect, it } from '@jest/globals';
import { formatBytes } from '../../../src/domain/text/bytes.js';

describe('bytes for people', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [9_940, '9.9 kB'],
    [9_960, '10 kB'],
    [61_700_000, '62 MB'],
    [999_600, '1 MB'],
    [7_920_000_000, '7.9 GB'],
    [2e15, '2000 TB'],
  ])('%d are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
