/** Below this a piece costs more than it carries. */
const leastBytes = 1_024;
/** So many are kept for the next transfers. */
const mostKept = 256;

/** The memory that files are read into: each transfer holds one piece, and the next one takes it over, so that it stays as much as it once was. */
export class Pieces {
  readonly #bytes: number;
  readonly #free: Buffer[] = [];

  /** @param turnBytes what is sent at a time */
  constructor(turnBytes: number) {
    this.#bytes = Math.max(leastBytes, turnBytes);
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
  }

  /** Nothing may use it any more. */
  giveBack(piece: Buffer): void {
    if (this.#free.length < mostKept) this.#free.push(piece);
  }
}
