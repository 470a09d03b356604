/** Counts requests of one kind, and says which of them a flag is about. */
export class Counter {
  #count = 0;

  /** Counts one; whether it is among the first so many, or an n-th (0: none). */
  hits({ first = 0, every }: { first?: number; every: number }): boolean {
    this.#count += 1;
    return this.#count <= first || (every > 0 && this.#count % every === 0);
  }
}
