/** Before anything is known of the way, and the bounds of what is learned (ms). */
const firstMs = 1_000;
const shortestMs = 250;
const longestMs = 8_000;

/** After so many tries and so long without a response, nobody is there any more. */
const leastTries = 2;
const silenceMs = 20_000;

/**
 * How long to wait before sending again, and when to give up. RFC 1123 §4.2.3.2 asks for a wait that adapts to the way and doubles with every try;
 * it is learned here from responses to packets that were sent once, as RFC 6298 does for TCP. One that the client asked for (RFC 2349) is kept.
 */
export class Patience {
  #learnedMs: number | null = null;
  #spreadMs = 0;
  #tries = 0;
  #silentMs = 0;

  /** @param askedMs what the other side asked for; `null`: learned */
  constructor(private readonly askedMs: number | null = null) {}

  /** Nobody is there any more: nothing is sent again. */
  get isOver(): boolean {
    return this.#tries >= leastTries && this.#silentMs >= silenceMs;
  }

  /** The wait (ms) for a response to what is sent now. */
  next(): number {
    const base = this.askedMs ?? this.#base();
    const wait = Math.min(base * 2 ** this.#tries, Math.max(base, longestMs));
    this.#tries += 1;
    this.#silentMs += wait;
    return wait;
  }

  /** How many waits have begun since the last response: the first send is one. */
  get tries(): number {
    return this.#tries;
  }

  /** Something new has come. @param tookMs since what it responds to was sent; `null` where that was sent more than once */
  heard(tookMs: number | null): void {
    this.#tries = 0;
    this.#silentMs = 0;
    if (tookMs === null) return;
    const off = Math.abs(tookMs - (this.#learnedMs ?? tookMs));
    this.#spreadMs = this.#learnedMs === null ? tookMs / 2 : 0.75 * this.#spreadMs + 0.25 * off;
    this.#learnedMs = this.#learnedMs === null ? tookMs : 0.875 * this.#learnedMs + 0.125 * tookMs;
  }

  #base(): number {
    if (this.#learnedMs === null) return firstMs;
    return Math.min(longestMs, Math.max(shortestMs, this.#learnedMs + 4 * this.#spreadMs));
  }
}
