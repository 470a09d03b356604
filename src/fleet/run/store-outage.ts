import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { formatDuration } from '../../domain/text/duration.js';
import { isStoreAway, type StoreError } from '../../store/store-error.js';
import type { PauseControl } from '../pause-control.js';
import type { StopControl } from '../stop-control.js';

/** A database that does not answer for longer than this (ms) ends the run: somebody has to look after it. */
const longestMs = 60 * 60_000;

/** How long a run that is over waits for it (ms), to store how it ended. */
const longestAtEndMs = 10 * 60_000;

/** Between two tries then (ms). */
const tryEveryMs = 5_000;

/** Who waits for a database. */
export interface OutageTools {
  pause: PauseControl;
  clock: Clock;
  log: Log;
  /** Called where it stays away for too long. */
  onTooLong: (error: StoreError) => void;
  /** Called when it is back. */
  onBack: () => void;
}

/**
 * A run whose database does not answer for a while: no phone is started, those under way are watched on, and what is seen of them is kept until it
 * is back.
 */
export class StoreOutage {
  #since: number | null = null;
  #cancel = (): void => {};

  constructor(private readonly tools: OutageTools) {}

  /** It did not answer. Called for each try. */
  goesOn(error: StoreError): void {
    if (this.#since !== null) return;
    const { pause, clock, log, onTooLong } = this.tools;
    this.#since = clock.monotonic();
    log.warn(
      `${error.message} No phone is started until it is back; those under way are watched, and what they show is kept here meanwhile.`,
    );
    pause.pause('the store, which does not answer', 'store');
    this.#cancel = clock.after(longestMs, () => onTooLong(error));
  }

  /** It answers again. */
  over(): void {
    if (this.#since === null) return;
    const { pause, clock, log, onBack } = this.tools;
    log.warn('the database is back; the run goes on', { after: formatDuration(clock.monotonic() - this.#since) });
    this.end();
    onBack();
    pause.continue('the store, which is back', 'store');
  }

  /** Waits for nothing more. */
  end(): void {
    this.#since = null;
    this.#cancel();
  }
}

/** Does what needs the store at the end of a run once it answers, or not at all. @throws StoreError where it stays away for too long */
export async function onceStoreAnswers<T>(
  work: () => Promise<T>,
  { clock, log, stop }: Pick<OutageTools, 'clock' | 'log'> & { stop: StopControl },
): Promise<T> {
  const until = clock.monotonic() + longestAtEndMs;
  for (let isTold = false; ; isTold = true) {
    try {
      return await work();
    } catch (error) {
      if (!isStoreAway(error) || clock.monotonic() >= until || stop.now.aborted) throw error;
      if (!isTold)
        log.warn(
          `${error.message} The run has come to its end, and waits for it to store the rest; ctrl-C twice ends the waiting.`,
        );
      await sleep(clock, tryEveryMs, stop.now);
    }
  }
}
