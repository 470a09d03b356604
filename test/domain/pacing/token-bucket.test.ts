import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBucket } from '../../../src/domain/pacing/token-bucket.js';
import { HandClock } from '../../transport/support/hand-clock.js';

describe('a rate in bytes per second', () => {
  it('lets a quarter of a second through at once, then as much as it says', () => {
    const clock = new HandClock();
    const bucket = new TokenBucket(1000, clock);
    expect(bucket.take(250)).toBe(0);
    expect(bucket.take(100)).toBeCloseTo(100);
    expect(bucket.take(100)).toBeCloseTo(200);
    clock.pass(200);
    expect(bucket.take(50)).toBeCloseTo(50);
  });

  it('saves up no more than that in a long pause', () => {
    const clock = new HandClock();
    const bucket = new TokenBucket(1000, clock);
    bucket.take(500);
    expect(bucket.isFull).toBe(false);
    clock.pass(3_600_000);
    expect(bucket.isFull).toBe(true);
    expect(bucket.take(250)).toBe(0);
    expect(bucket.take(10)).toBeCloseTo(10);
  });

  it('grants also what is larger than it holds', () => {
    expect(new TokenBucket(1000, new HandClock()).take(10_250)).toBeCloseTo(10_000);
  });

  it.each([0, -1, NaN])('of %s is none', (rate) => {
    expect(() => new TokenBucket(rate, new HandClock())).toThrow(RangeError);
  });

  it('is never exceeded over any time, whoever takes what', () => {
    const taking = fc.record({ bytes: fc.nat(5000), pause: fc.nat(2000) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(taking, { maxLength: 50 }), (rate, takings) => {
        const clock = new HandClock();
        const begun = clock.monotonic();
        const bucket = new TokenBucket(rate, clock);
        let sum = 0;
        for (const { bytes, pause } of takings) {
          clock.pass(pause);
          sum += bytes;
          const sentAfter = clock.monotonic() - begun + bucket.take(bytes);
          expect(sum).toBeLessThanOrEqual((rate * (sentAfter + 251)) / 1000 + 1e-6 * sum);
        }
      }),
    );
  });
});
