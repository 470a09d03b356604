/** A limit of requests within any span of time, as the real-time service has it. */
export class SlidingWindow {
  readonly #taken: number[] = [];

  /** @param most requests within `spanMs`; 0: any number */
  constructor(
    private readonly most: number,
    private readonly spanMs: number,
  ) {}

  /** Whether one more may pass at that moment (ms); one that may not does not count. */
  admits(now: number): boolean {
    if (this.most === 0) return true;
    while (this.#taken[0] !== undefined && this.#taken[0] <= now - this.spanMs) this.#taken.shift();
    if (this.#taken.length >= this.most) return false;
    this.#taken.push(now);
    return true;
  }
}
