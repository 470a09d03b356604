import type { Clock } from '../../../src/domain/ports/clock.js';

/** The machine's own time, only so many times faster: a second of waiting for a lost packet takes a moment. */
export function fastClock(times: number): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now() * times,
    after: (ms, run) => {
      const timer = setTimeout(run, ms / times);
      return () => clearTimeout(timer);
    },
  };
}
