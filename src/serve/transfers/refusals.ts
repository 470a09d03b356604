import type { Clock } from '../../domain/ports/clock.js';

/** A refusal that happens again is told once in so long (ms). */
const periodMs = 600_000;
/** So many different ones are told in a period, of one client and of all. */
const mostPerClient = 50;
const mostInAll = 2_000;

/** What to do about a refusal. */
export type Telling =
  /** `before`: how often it happened in the period before, beyond the one that was told. */
  | { kind: 'tell'; before: number }
  /** The first that is not told because there are too many. */
  | { kind: 'too-many' }
  | { kind: 'silent' };

/** Keeps a client that asks for the same missing file over and over, or for one after another, from filling the screen and the disk. */
export class Refusals {
  #since = Number.NEGATIVE_INFINITY;
  /** How often each happened beyond the one that was told. */
  #told = new Map<string, number>();
  #before: ReadonlyMap<string, number> = new Map();
  readonly #clients = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** @param what was refused and why */
  note(client: string, what: string): Telling {
    if (this.clock.monotonic() - this.#since >= periodMs) this.#begin();
    const key = `${client}\0${what}`;
    const times = this.#told.get(key);
    if (times !== undefined) {
      this.#told.set(key, times + 1);
      return { kind: 'silent' };
    }
    const ofClient = this.#clients.get(client) ?? 0;
    if (ofClient > mostPerClient || this.#told.size >= mostInAll) return { kind: 'silent' };
    this.#clients.set(client, ofClient + 1);
    if (ofClient === mostPerClient) return { kind: 'too-many' };
    this.#told.set(key, 0);
    return { kind: 'tell', before: this.#before.get(key) ?? 0 };
  }

  #begin(): void {
    this.#since = this.clock.monotonic();
    this.#before = this.#told;
    this.#told = new Map();
    this.#clients.clear();
  }
}
