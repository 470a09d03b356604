import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Body } from '../../../src/transport/body/body.js';

describe('the body of an answer', () => {
  it('is what its pieces are together', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50_000 }), { maxLength: 12 }), (pieces) => {
        const body = new Body();
        for (const piece of pieces) body.add(piece);
        expect(body.bytes.equals(Buffer.concat(pieces))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is not another one, where its buffer is used again', () => {
    const first = new Body();
    first.add(Buffer.from('first'));
    const { buffer } = first.bytes;
    first.release();
    expect(first.bytes).toHaveLength(0);
    const second = new Body();
    second.add(Buffer.from('sec'));
    expect([second.bytes.toString(), second.bytes.buffer]).toEqual(['sec', buffer]);
    const third = new Body();
    third.add(Buffer.from('third'));
    expect([second.bytes.toString(), third.bytes.toString()]).toEqual(['sec', 'third']);
  });

  it('costs about its size, also when it comes byte by byte', () => {
    const body = new Body();
    const received = Buffer.alloc(64 * 1024, 'x');
    for (let at = 0; at < 1_000_000; at += 1) body.add(received.subarray(at % 1000, (at % 1000) + 1));
    expect(body.bytes).toHaveLength(1_000_000);
    expect(body.bytes.buffer.byteLength).toBeLessThan(2_100_000);
  });
});
