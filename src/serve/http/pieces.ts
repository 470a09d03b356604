/** Read and sent at a time, unless rates are limited. */
const usualBytes = 256 * 1024;
/** Below this a piece costs more than it carries. */
const leastBytes = 1_024;
/** So many are kept for the next transfers. */
const mostKept = 256;

/** The memory that files are read into: each transfer holds one piece, and the next one takes it over, so that it stays as much as it once was. */
export class Pieces {
  readonly #bytes: number;
  readonly #free: Buffer[] = [];

  /** @param bytesPerSecond the lowest limit, of which a piece is an eighth of a second's worth, so that it is held evenly; absent: no limit */
  constructor(bytesPerSecond?: number) {
    const worth = bytesPerSecond === undefined ? usualBytes : Math.floor(bytesPerSecond / 8);
    this.#bytes = Math.max(leastBytes, Math.min(usualBytes, worth));
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
  }

  /** Nothing may use it any more. */
  giveBack(piece: Buffer): void {
    if (this.#free.length < mostKept) this.#free.push(piece);
  }
}
