import { isStoreError } from '../store/store-error.js';
import type { Clock } from '../domain/ports/clock.js';

/** How far a stop goes: `gently` winds the run down, `now` ends it. */
export type StopDegree = 'gently' | 'now';

/**
 * Ends a run early, in one of two ways. `gently`: start no more phones and watch the touched ones for a short while. `now`: leave at once.
 * Either way every target still ends in one outcome and the report is written.
 */
export class StopControl {
  readonly #gentle = new AbortController();
  readonly #now = new AbortController();
  // Not abort listeners: adding or removing one takes time in proportion to their number, and ten thousand phones may be sleeping.
  readonly #sleepers: Readonly<Record<StopDegree, Set<() => void>>> = { gently: new Set(), now: new Set() };
  #reason: string | null = null;

  /** Aborted when the run is to wind down, and also when it is to end now. */
  get gently(): AbortSignal {
    return this.#gentle.signal;
  }

  /** Aborted when the run is to end now. */
  get now(): AbortSignal {
    return this.#now.signal;
  }

  /** What asked for the stop, e.g. `SIGINT`. */
  get reason(): string | null {
    return this.#reason;
  }

  /** The first call winds the run down, the second ends it. */
  request(reason: string): void {
    this.#reason ??= reason;
    const degree = this.#gentle.signal.aborted ? 'now' : 'gently';
    (degree === 'now' ? this.#now : this.#gentle).abort();
    for (const wake of [...this.#sleepers[degree]]) wake();
  }

  /**
   * Calls `run` once when the run is to wind down. If it is winding down already, the call comes soon, but not before this method has
   * returned. The returned function cancels it.
   */
  onGently(run: () => void): () => void {
    const sleepers = this.#sleepers.gently;
    const wake = (): void => {
      if (sleepers.delete(wake)) run();
    };
    sleepers.add(wake);
    if (this.gently.aborted) queueMicrotask(wake);
    return () => void sleepers.delete(wake);
  }

  /** Resolves after `ms`, or as soon as a stop goes, or has gone, that far. Never rejects. */
  sleep(clock: Clock, ms: number, until: StopDegree): Promise<void> {
    if (this[until].aborted) return Promise.resolve();
    const sleepers = this.#sleepers[until];
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        sleepers.delete(wake);
        resolve();
      };
      const cancel = clock.after(ms, wake);
      sleepers.add(wake);
    });
  }

  /** Resolves when the work is done, or as soon as the run is to end now; then the work goes on unheeded. Rejects as the work does. */
  orNow(work: Promise<unknown>): Promise<void> {
    if (this.now.aborted) {
      work.catch(() => {});
      return Promise.resolve();
    }
    const sleepers = this.#sleepers.now;
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        sleepers.delete(wake);
        resolve();
      };
      sleepers.add(wake);
      work.then(wake, reject).finally(() => sleepers.delete(wake));
    });
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Whether an error is the store's. If so, winds the run down: without its memory it must not write, but phones under way are still watched. */
export function stopsForStore(error: unknown, stop: StopControl): boolean {
  if (!isStoreError(error)) return false;
  // A second request would leave the phones under way unwatched.
  if (!stop.gently.aborted) stop.request('the store failed');
  return true;
}
