import type { StopControl } from '../fleet/stop-control.js';

/** Why a run was interrupted, in its report. */
export const stoppedByProgram = 'stopped by its program';

/** Stops a run for its program. What has been asked for is not asked for again: a second request would go further than the first. */
export function stopRun(stop: StopControl, how: 'gently' | 'now'): void {
  if (!stop.gently.aborted) stop.request(stoppedByProgram);
  if (how === 'now' && !stop.now.aborted) stop.request(stoppedByProgram);
}
