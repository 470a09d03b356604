/** How many times the profile's interval a phone may be left alone. */
const slowest = 4;
/** For how much of the time that the quickest phones took nothing is expected. */
const certain = 0.8;

/**
 * The wait before the next look at a phone that says it is upgrading (ms): the profile's interval, which is the shortest, and longer while it
 * cannot be done yet.
 * @param interval of the profile (ms)
 * @param passed since the step was sent (ms)
 * @param soonest what the quickest phones of this fleet took for such a step (ms); `null`: not known
 */
export function pollPause(interval: number, passed: number, soonest: number | null): number {
  if (soonest === null) return interval;
  return Math.max(interval, Math.min(slowest * interval, soonest * certain - passed));
}
