import type { Clock } from '../domain/ports/clock.js';
import type { StopControl } from './stop-control.js';

/** So often (ms) what waits for the end of a pause looks whether its window has closed meanwhile. */
const lookEveryMs = 60_000;

/**
 * Keeps a run from writing to any further phone for a while. Phones that are written to already are watched to their end, and reading goes on.
 * A stop ends the waiting, too.
 */
export class PauseControl {
  readonly #waiting = new Set<() => void>();
  readonly #listeners: ((change: PauseChange) => void)[] = [];
  /** Pauses that are over, by `Clock.monotonic`. */
  readonly #over: { from: number; to: number }[] = [];
  /** Why it is paused now. */
  readonly #causes = new Set<PauseCause>();
  #current: { from: number; at: number } | null = null;

  constructor(private readonly clock: Clock) {}

  /** Whether no further phone may be written to. */
  get isPaused(): boolean {
    return this.#current !== null;
  }

  /** Since when (ms since the epoch); `null`: it is not paused. */
  get since(): number | null {
    return this.#current?.at ?? null;
  }

  /** Pauses the run; nothing is told where it is paused already. @param by who asked, for people */
  pause(by: string, cause: PauseCause = 'asked'): void {
    this.#causes.add(cause);
    if (this.#current !== null) return;
    this.#current = { from: this.clock.monotonic(), at: this.clock.now() };
    this.#tell({ event: 'paused', by });
  }

  /** Ends a pause of that cause; the run goes on where there is none of another. @param by who asked, for people */
  continue(by: string, cause: PauseCause = 'asked'): void {
    this.#causes.delete(cause);
    if (this.#current === null || this.#causes.size > 0) return;
    this.#over.push({ from: this.#current.from, to: this.clock.monotonic() });
    this.#current = null;
    this.#tell({ event: 'continued', by });
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls `tell` with each beginning and end of a pause. */
  onChange(tell: (change: PauseChange) => void): void {
    this.#listeners.push(tell);
  }

  /** For how long (ms) it was paused since a moment (by `Clock.monotonic`; absent: in all), with the pause that lasts. */
  pausedMs(since = Number.NEGATIVE_INFINITY): number {
    const now = this.clock.monotonic();
    const all = this.#current === null ? this.#over : [...this.#over, { from: this.#current.from, to: now }];
    return all.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, since)), 0);
  }

  /**
   * Resolves when the pause is over, or the run is to wind down, or after a minute: who waits may have come to its end by other reasons. At once
   * where there is no pause. Never rejects.
   */
  wait(stop: StopControl): Promise<void> {
    if (this.#current === null || stop.gently.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        forget();
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = this.clock.after(lookEveryMs, wake);
      const forget = stop.onGently(wake);
      this.#waiting.add(wake);
    });
  }

  /** Resolves when the pause is over, or the run is to wind down. At once where there is no pause. Never rejects. */
  async over(stop: StopControl): Promise<void> {
    while (this.isPaused && !stop.gently.aborted) await this.wait(stop);
  }

  #tell(change: PauseChange): void {
    for (const tell of this.#listeners) tell(change);
  }
}

/** Somebody asked for it, or the store is away: each ends by itself, and neither ends the other. */
type PauseCause = 'asked' | 'store';

/** The beginning or the end of a pause, and who asked for it. */
export interface PauseChange {
  event: 'paused' | 'continued';
  by: string;
}
