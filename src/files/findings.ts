import type { Clock } from '../domain/ports/clock.js';

/** How old (ms) a result may get before it is asked for anew: a phone may have waited for its slot for hours. */
const longestKeptMs = 30 * 60_000;
/** For how long (ms) a server in trouble is left alone: all phones that wait for it would ask at once. */
const pauseMs = 1_000;

/** How long a result counts. */
export interface Keeping<Result> {
  clock: Pick<Clock, 'monotonic'>;
  /** The result says nothing about the file, so it is asked for again soon. */
  isTransient: (result: Result) => boolean;
}

/** What was found at each URL of a run. Callers for the same one share one request. */
export class Findings<Result> {
  readonly #found = new Map<string, { askedAt: number; until: number; result: Promise<Result> }>();

  constructor(private readonly keeping: Keeping<Result>) {}

  /** The remembered result, or that of asking now. */
  get(key: string, ask: () => Promise<Result>): Promise<Result> {
    const { clock, isTransient } = this.keeping;
    const known = this.#found.get(key);
    const now = clock.monotonic();
    if (known && now < known.until) return known.result;
    const asked = { askedAt: now, until: Number.POSITIVE_INFINITY, result: ask() };
    this.#found.set(key, asked);
    void asked.result.then((result) => {
      asked.until = clock.monotonic() + (isTransient(result) ? pauseMs : longestKeptMs);
    });
    return asked.result;
  }

  /** Forgets what was asked for at least so long ago (ms). */
  forget(ageMs: number): void {
    const now = this.keeping.clock.monotonic();
    for (const [key, { askedAt }] of this.#found) if (now - askedAt >= ageMs) this.#found.delete(key);
  }
}
