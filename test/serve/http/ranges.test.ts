import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRange } from '../../../src/serve/http/ranges.js';

describe('a Range header, for a file of 100 bytes', () => {
  it.each([
    ['bytes=0-9', { from: 0, to: 10 }],
    ['bytes=90-', { from: 90, to: 100 }],
    ['bytes=90-500', { from: 90, to: 100 }],
    ['bytes=-10', { from: 90, to: 100 }],
    ['bytes=-500', { from: 0, to: 100 }],
    ['Bytes = 5 - 5', { from: 5, to: 6 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=100-200', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    // No range, or one that servers may leave alone: all of it.
    ['bytes=9-0', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['items=0-9', 'whole'],
    ['bytes=a-b', 'whole'],
    [undefined, 'whole'],
  ])('%j asks for %j', (header, range) => {
    expect(readRange(header, 100)).toEqual(range);
  });

  it('asks for nothing that there is not, whatever it says', () => {
    const header = fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/));
    fc.assert(
      fc.property(header, fc.nat(1_000), (text, size) => {
        const range = readRange(text, size);
        if (typeof range === 'string') return;
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.to).toBeGreaterThan(range.from);
        expect(range.to).toBeLessThanOrEqual(size);
      }),
    );
  });
});
