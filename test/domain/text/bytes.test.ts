import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatBytes, progressText } from '../../../src/domain/text/bytes.js';

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

describe('how far a transfer is', () => {
  it.each([
    [61_000_000, 61_000_000, '61 of 61 MB'],
    [12_900_000, 61_000_000, '12 of 61 MB'],
    [1_100, 1_100, '1.1 of 1.1 kB'],
    [0, 0, '0 of 0 bytes'],
    [5, 824, '5 of 824 bytes'],
    [7, null, '7 bytes'],
    [60_999_999, 61_000_000, '60 of 61 MB'],
    // What is missing is less than a digit.
    [61_400_000, 61_400_001, '61400000 of 61400001 bytes'],
  ])('%d of %j bytes: %s', (bytes, size, text) => {
    expect(progressText(bytes, size)).toBe(text);
  });

  it('never looks whole where a byte is missing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000_000_000 }),
        fc.double({ min: 0, max: 0.9999999, noNaN: true }),
        (size, part) => {
          const [done, , whole] = progressText(Math.floor(size * part), size).split(' ');
          expect(Number(done)).toBeLessThan(Number(whole));
        },
      ),
    );
  });
});
