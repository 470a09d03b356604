/** Time as the program sees it: passed in everywhere, so that a test decides what time it is. All units are milliseconds. */
export interface Clock {
  /** Milliseconds since the epoch, for what people and other programs read. The machine's clock may be set at any time: nothing is measured by it. */
  now(): number;
  /** Milliseconds since some moment of the machine's own; they only ever go forward. Deadlines, waits and durations are measured by them. */
  monotonic(): number;
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The moment, by `Clock.monotonic`, at which the machine's clock showed `at`, as far as that is to be believed: never one to come. */
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
