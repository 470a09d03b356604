import type { Clock } from '../domain/ports/clock.js';

/** How old (ms) a result may get before it is asked for anew: a phone may have waited for its slot for hours. */
const longestKeptMs = 30 * 60_000;
const onItsWay = Number.POSITIVE_INFINITY;

/** How long a result counts. */
export interface Keeping<Result> {
  clock: Pick<Clock, 'monotonic'>;
  /** The result says nothing about the file, so it is not remembered. */
  isTransient: (result: Result) => boolean;
}

/** What was found at each URL of a run. Callers for the same one share one request. */
export class Findings<Result> {
  readonly #found = new Map<string, { askedAt: number; until: number; result: Promise<Result> }>();

  constructor(private readonly keeping: Keeping<Result>) {}

  /** Whether a result asked for within `maxAgeMs` is remembered, or one is on its way. */
  knows(key: string, maxAgeMs: number = longestKeptMs): boolean {
    const found = this.#found.get(key);
    if (!found) return false;
    const now = this.keeping.clock.monotonic();
    return found.until === onItsWay || (now < found.until && now - found.askedAt < maxAgeMs);
  }

  /** The remembered result, or that of asking now. */
  get(key: string, ask: () => Promise<Result>, maxAgeMs?: number): Promise<Result> {
    const { clock, isTransient } = this.keeping;
    const known = this.#found.get(key);
    if (known && this.knows(key, maxAgeMs)) return known.result;
    const asked = { askedAt: clock.monotonic(), until: onItsWay, result: ask() };
    this.#found.set(key, asked);
    void asked.result.then((result) => {
      asked.until = isTransient(result) ? Number.NEGATIVE_INFINITY : clock.monotonic() + longestKeptMs;
    });
    return asked.result;
  }

  /** Forgets what was asked for at least so long ago (ms). */
  forget(ageMs: number): void {
    const now = this.keeping.clock.monotonic();
    for (const [key, { askedAt }] of this.#found) if (now - askedAt >= ageMs) this.#found.delete(key);
  }
}
