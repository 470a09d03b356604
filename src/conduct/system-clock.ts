import type { Clock } from '../domain/ports/clock.js';

/** The machine's own time: the only place where real timers are made for a run. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    // Longer timers overflow in Node and fire at once.
    const timer = setTimeout(run, Math.min(ms, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
