import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Coverage } from '../../../src/serve/transfers/coverage.js';

describe('how much of a file a client has', () => {
  it('counts each byte once, however the parts overlap and in whatever order they come', () => {
    const part = fc.tuple(fc.nat(60), fc.nat(60));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), part, (parts, [low, high]) => {
        const coverage = new Coverage();
        const bytes = new Set<number>();
        for (const [from, to] of parts) {
          coverage.add(from, to);
          for (let at = from; at < to; at += 1) bytes.add(at);
        }
        expect(coverage.bytes).toBe(bytes.size);
        fc.pre(low < high);
        const all = Array.from({ length: high - low }, (_, nth) => low + nth);
        expect(coverage.covers(low, high)).toBe(all.every((at) => bytes.has(at)));
      }),
    );
  });
});
