/** Initial buffer size in bytes, unless a longer body was announced. */
const firstRoom = 64 * 1024;

/**
 * Collects the chunks of a body in one buffer. Kept as they arrive, a body sent byte by byte would cost a hundred times its size: each
 * chunk is an object that keeps its receive buffer alive.
 */
export class Body {
  #room = Buffer.allocUnsafe(0);
  #length = 0;

  /** @param announced the announced length in bytes; 0 if none was announced */
  constructor(private readonly announced = 0) {}

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#room.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.announced || firstRoom, length, 2 * this.#room.length));
      this.#room.copy(larger, 0, 0, this.#length);
      this.#room = larger;
    }
    this.#room.set(piece, this.#length);
    this.#length = length;
  }

  /** Everything added so far; valid until the next `add`. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }
}
