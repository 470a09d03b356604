import { describe, expect, it } from '@jest/globals';
import { ByteRates } from '../../../src/domain/pacing/byte-rates.js';
import { HandClock } from '../../transport/support/hand-clock.js';

describe('rates of files', () => {
  it('are without a limit unless one is set', () => {
    expect(new ByteRates({}, new HandClock()).take('10.0.0.1', 1e12)).toBe(0);
  });

  it('hold each client to its own, and all of them to one', () => {
    const rates = new ByteRates({ overall: 3000, perClient: 1000 }, new HandClock());
    expect(rates.take('10.0.0.1', 250)).toBe(0);
    expect(rates.take('10.0.0.1', 250)).toBeCloseTo(250);
    // Another client has its own quarter of a second; together they have used 750 bytes, which is the quarter for all.
    expect(rates.take('10.0.0.2', 250)).toBe(0);
    expect(rates.take('10.0.0.3', 30)).toBeCloseTo(10);
  });

  it('remember no client that has paused long enough, and every other', () => {
    const clock = new HandClock();
    const rates = new ByteRates({ perClient: 1000 }, clock);
    rates.take('slow', 100_000);
    for (let client = 0; client < 2000; client += 1) {
      rates.take(`client ${client}`, 1);
      clock.pass(1);
    }
    expect(rates.clients).toBeLessThan(600);
    expect(rates.take('slow', 0)).toBeGreaterThan(90_000);
  });

  it.each([{ overall: 0 }, { perClient: 0 }])('of %j are none', (limits) => {
    expect(() => new ByteRates(limits, new HandClock())).toThrow(RangeError);
  });
});

describe('a turn', () => {
  it('is an eighth of a second of the lowest limit, and bounded', () => {
    const turn = (limits: ConstructorParameters<typeof ByteRates>[0]): number =>
      new ByteRates(limits, { monotonic: () => 0 }).turnBytes;
    expect(turn({})).toBe(256 * 1024);
    expect(turn({ overall: 1e9 })).toBe(256 * 1024);
    expect(turn({ overall: 80_000, perClient: 8_000 })).toBe(1_000);
  });
});
