import { describe, expect, it } from '@jest/globals';
import { type Clock, sleep } from '../../../src/domain/ports/clock.js';

/** A clock that stands until it is told to go on. */
function standingClock(): Clock & { pass(ms: number): void; waiting(): number } {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms) {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
    waiting: () => timers.size,
  };
}

describe('sleeping', () => {
  it('ends when its time has passed, not before', async () => {
    const clock = standingClock();
    let awake = false;
    const slept = sleep(clock, 100).then(() => (awake = true));
    clock.pass(99);
    await Promise.resolve();
    expect(awake).toBe(false);
    clock.pass(1);
    await slept;
    expect(awake).toBe(true);
  });

  it('ends at once when aborted, and leaves no timer behind', async () => {
    const clock = standingClock();
    const stop = new AbortController();
    const slept = sleep(clock, 100, stop.signal);
    expect(clock.waiting()).toBe(1);
    stop.abort();
    await slept;
    expect(clock.waiting()).toBe(0);
  });

  it('does not begin when aborted before', async () => {
    const clock = standingClock();
    await sleep(clock, 100, AbortSignal.abort());
    expect(clock.waiting()).toBe(0);
  });
});
