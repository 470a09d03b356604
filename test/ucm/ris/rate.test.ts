import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlidingRate } from '../../../src/ucm/ris/rate.js';

/** A clock that goes on by itself as soon as something waits. */
function quickClock(): {
  monotonic: () => number;
  after: (ms: number, run: () => void) => () => void;
  pass: (ms: number) => void;
} {
  let now = 0;
  return {
    monotonic: () => now,
    after: (ms, run) => {
      queueMicrotask(() => {
        now += ms;
        run();
      });
      return () => {};
    },
    pass: (ms) => {
      now += ms;
    },
  };
}

describe('a sliding rate', () => {
  it('never lets more through within any minute, and waits no longer than it must', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (pauses, requests) => {
          const clock = quickClock();
          const rate = new SlidingRate({ requests, spanMs: 60_000 }, clock);
          const at: number[] = [];
          for (const pause of pauses) {
            clock.pass(pause);
            const asked = clock.monotonic();
            await rate.turn();
            at.push(clock.monotonic());
            const before = at.at(-1 - requests);
            expect(clock.monotonic()).toBe(Math.max(asked, before === undefined ? 0 : before + 60_000));
          }
        },
      ),
    );
  });

  it('lets those that ask at once through in their order', async () => {
    const clock = quickClock();
    const rate = new SlidingRate({ requests: 2, spanMs: 1_000 }, clock);
    const at = await Promise.all(Array.from({ length: 5 }, () => rate.turn().then(() => clock.monotonic())));
    expect(at).toEqual([0, 0, 1_000, 1_000, 2_000]);
  });
});
