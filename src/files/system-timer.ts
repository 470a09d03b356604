import type { Clock } from '../domain/ports/clock.js';

/** Real time, for when no clock is passed in. */
export const systemTimer: Pick<Clock, 'after'> = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
