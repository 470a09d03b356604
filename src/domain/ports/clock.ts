/** Time as the program sees it: passed in everywhere, so that a test decides what time it is. All units are milliseconds. */
export interface Clock {
  /**
   * Milliseconds since the epoch, for people and other programs. The machine's clock may be set at any time, so nothing is measured by it.
   */
  now(): number;
  /** Milliseconds since an arbitrary moment; never goes backward. Deadlines, waits and durations are measured by it. */
  monotonic(): number;
  /** Calls `run` once after `ms`. Returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The moment, by `Clock.monotonic`, at which the machine's clock showed `at`; now, if `at` lies in the future. */
export function monotonicOf(clock: Pick<Clock, 'now' | 'monotonic'>, at: number): number {
  return clock.monotonic() - Math.max(0, clock.now() - at);
}

/** Resolves after `ms`, or at once when `signal` is (or becomes) aborted: it never rejects. */
export function sleep(clock: Pick<Clock, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
