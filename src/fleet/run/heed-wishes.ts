import { stopAskedBy } from '../../domain/report/asked-to-stop.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import type { AskedWish } from '../../store/store-rows.js';
import type { PauseControl } from '../pause-control.js';
import type { StopControl } from '../stop-control.js';

/** So often (ms) a run reads what is wished of it. */
const everyMs = 2_000;

/** Whose wishes are read, and what they set in motion. */
export interface Heeding {
  store: Pick<Store, 'wishFor'>;
  runId: string;
  clock: Clock;
  log: Log;
  stop: StopControl;
  pause: PauseControl;
}

/**
 * Reads from the store every few seconds what somebody beside the run wishes of it, and does so. A stop is one ctrl-C, however often it is asked
 * for. A store that cannot be read changes nothing, and is told once. Returns what ends the reading.
 */
export function heedWishes({ store, runId, clock, log, stop, pause }: Heeding): () => void {
  let cancel = (): void => {};
  let over = false;
  let isTroubleTold = false;
  const read = async (): Promise<void> => {
    try {
      const asked = await store.wishFor(runId);
      if (!over && asked !== null) heed(asked, { log, stop, pause });
    } catch (error) {
      if (!isTroubleTold && !over)
        log.warn('what is wished of the run from beside it cannot be read; the run goes on', {
          error: messageOf(error),
        });
      isTroubleTold = true;
    }
    if (!over) cancel = clock.after(everyMs, () => void read());
  };
  cancel = clock.after(everyMs, () => void read());
  return () => {
    over = true;
    cancel();
  };
}

function heed({ wish, by }: AskedWish, { log, stop, pause }: Pick<Heeding, 'log' | 'stop' | 'pause'>): void {
  // It winds down already: a second request would leave the phones under way unwatched.
  if (stop.gently.aborted) return;
  switch (wish) {
    case 'pause':
      if (!pause.isPaused) log.warn('the run is paused: no further phone is written to until it is continued', { by });
      return pause.pause(by);
    case 'continue':
      if (pause.isPaused) log.warn('the run is continued', { by });
      return pause.continue(by);
    case 'stop':
      log.warn('the run was asked to stop: no more phones are started, those under way are watched a little longer', {
        by,
      });
      return stop.request(stopAskedBy(by));
  }
}
