import type { Clock } from '../../domain/ports/clock.js';

interface Download {
  /** How much each download has been given when this one is through, in bytes since the link was made. */
  throughAt: number;
  done: () => void;
}

/** A link that all downloads share evenly, each taking what it gets: that a phone takes no more than it can is not its matter. */
export class Link {
  /** By `throughAt`. */
  readonly #downloads: Download[] = [];
  #given = 0;
  #at: number;
  #cancel: () => void = () => {};

  constructor(
    private readonly bitsPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.#at = clock.monotonic();
  }

  /** Calls `done` when so many bytes have come through. @returns how many have, whenever that is asked */
  fetch(bytes: number, done: () => void): () => number {
    this.#advance();
    const download = { throughAt: this.#given + bytes, done };
    // Mostly it is the last.
    const before = this.#downloads.findLastIndex(({ throughAt }) => throughAt <= download.throughAt);
    this.#downloads.splice(before + 1, 0, download);
    this.#wait();
    return () => {
      this.#advance();
      return Math.min(bytes, bytes - (download.throughAt - this.#given));
    };
  }

  #advance(): void {
    const now = this.clock.monotonic();
    const count = this.#downloads.length;
    if (count > 0) this.#given += ((now - this.#at) / 1_000) * (this.bitsPerSecond / 8 / count);
    this.#at = now;
  }

  #wait(): void {
    this.#cancel();
    const [next] = this.#downloads;
    if (!next) return;
    const left = Math.max(0, next.throughAt - this.#given);
    const ms = ((left * this.#downloads.length) / (this.bitsPerSecond / 8)) * 1_000;
    this.#cancel = this.clock.after(ms, () => this.#through());
  }

  #through(): void {
    this.#advance();
    // A byte less is through: the clock has a grain.
    const count = this.#downloads.findIndex(({ throughAt }) => throughAt > this.#given + 1);
    const through = this.#downloads.splice(0, count < 0 ? this.#downloads.length : count);
    for (const { done } of through) done();
    this.#wait();
  }
}
