/** What a body begins with room for, in bytes, unless it was announced to be longer. */
const firstRoom = 64 * 1024;

/**
 * Gathers the pieces of a body in one place. Kept as they come, a body sent byte by byte would cost a hundred times its size: each piece
 * is an object of its own that keeps the buffer alive it was received in.
 */
export class Body {
  #room = Buffer.allocUnsafe(0);
  #length = 0;

  /** @param announced how many bytes it is said to have; 0: not said */
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

  /** What was added so far; good until the next piece. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }
}
