/** Which bytes of a file have been sent, however many pieces they were asked for in. */
export class Coverage {
  /** Neither overlapping nor touching, in ascending order; the end is not included. */
  readonly #parts: { from: number; to: number }[] = [];

  /** Adds the bytes from `from` on, up to `to`, which is not included. */
  add(from: number, to: number): void {
    if (to <= from) return;
    const first = this.#parts.findIndex((part) => part.to >= from);
    const at = first < 0 ? this.#parts.length : first;
    let until = at;
    let [low, high] = [from, to];
    for (let part = this.#parts[until]; part !== undefined && part.from <= to; part = this.#parts[until]) {
      low = Math.min(low, part.from);
      high = Math.max(high, part.to);
      until += 1;
    }
    this.#parts.splice(at, until - at, { from: low, to: high });
  }

  /** Whether all of these are in it. */
  covers(from: number, to: number): boolean {
    return this.#parts.some((part) => part.from <= from && part.to >= to);
  }

  /** How many bytes. */
  get bytes(): number {
    return this.#parts.reduce((sum, { from, to }) => sum + to - from, 0);
  }
}
