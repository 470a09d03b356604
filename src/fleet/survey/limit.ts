import type { PhoneRecord } from '../record/phone-record.js';

/**
 * Whether a phone counts towards `--limit N`: with a profile, one that is, was or would be written to; in an audit, one that was read or
 * that gave a reason why it could not be.
 */
export function countsForLimit({ state, touched }: Pick<PhoneRecord, 'state' | 'touched'>, isAudit: boolean): boolean {
  if (touched || state === 'waiting' || state === 'planned' || state === 'audited') return true;
  return isAudit && (state === 'blocked' || state === 'aborted');
}

/** The place of a target in the order in which targets are handed out. */
export type Place = number;

/**
 * Reads just as many phones as `--limit N` needs, in the order of the targets: probing runs ahead, but a phone is read only when every
 * target before it is known to be dark or is read, and never more at once than are still wanted. So the same phones are taken every time,
 * and nothing is read, and no password told, beyond them.
 */
export class Limit {
  #handedOut = 0;
  #counted: number;
  #reading = 0;
  /** In ascending order, as places are handed out. */
  readonly #probing = new Set<Place>();
  readonly #waiting = new Map<Place, (mayRead: boolean) => void>();
  #feeders: (() => void)[] = [];

  /** @param counted phones that a resumed run has taken already */
  constructor(
    private readonly most: number,
    counted: number,
  ) {
    this.#counted = counted;
  }

  /** Whether as many phones as wanted were found; the rest of the targets is left alone. */
  get isReached(): boolean {
    return this.#counted >= this.most;
  }

  /** Resolves when the next target may be probed, or when the limit is reached. */
  async room(): Promise<void> {
    while (!this.isReached && this.#counted + this.#reading + this.#waiting.size >= this.most)
      await new Promise<void>((resolve) => this.#feeders.push(resolve));
  }

  /** A target is about to be probed. */
  enter(): Place {
    this.#probing.add((this.#handedOut += 1));
    return this.#handedOut;
  }

  /** Nothing is there to be read, or nothing can be known about it. */
  leave(place: Place): void {
    this.#probing.delete(place);
    this.#next();
  }

  /** Something answered. Resolves to whether it may be read; `false`: the limit was reached without it. */
  turn(place: Place): Promise<boolean> {
    return new Promise((resolve) => {
      this.#probing.delete(place);
      this.#waiting.set(place, resolve);
      this.#next();
    });
  }

  /** A phone whose turn had come was read. */
  wasRead(counts: boolean): void {
    this.#reading -= 1;
    if (counts) this.#counted += 1;
    this.#next();
  }

  #next(): void {
    const [firstProbing = Number.POSITIVE_INFINITY] = this.#probing;
    while (!this.isReached && this.#counted + this.#reading < this.most) {
      const place = [...this.#waiting.keys()].reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
      const resolve = this.#waiting.get(place);
      if (!resolve || place > firstProbing) break;
      this.#waiting.delete(place);
      this.#reading += 1;
      resolve(true);
    }
    if (this.isReached) {
      for (const resolve of this.#waiting.values()) resolve(false);
      this.#waiting.clear();
    }
    const feeders = this.#feeders;
    this.#feeders = [];
    for (const resolve of feeders) resolve();
  }
}
