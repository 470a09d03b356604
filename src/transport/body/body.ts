/** Initial buffer size in bytes, unless a longer body was announced. */
const firstRoom = 64 * 1024;

/** Buffers of that size to be used again: each would else be garbage that V8 is slow to collect. */
const spare: Buffer[] = [];
const mostSpare = 64;

const nothing = Buffer.alloc(0);

function roomFor(size: number): Buffer {
  return (size === firstRoom ? spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(size);
}

/**
 * Collects the chunks of a body in one buffer. Kept as they arrive, a body sent byte by byte would cost a hundred times its size: each
 * chunk is an object that keeps its receive buffer alive.
 */
export class Body {
  #room: Buffer = nothing;
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
      const size = this.#room.length === 0 ? firstRoom : Math.max(this.announced, 2 * this.#room.length);
      const larger = roomFor(Math.max(size, length));
      this.#room.copy(larger, 0, 0, this.#length);
      this.release();
      this.#room = larger;
    }
    this.#room.set(piece, this.#length);
    this.#length = length;
  }

  /** Gives its buffer back: what was in it is not valid any more. */
  release(): void {
    if (this.#room.length === firstRoom && spare.length < mostSpare) spare.push(this.#room);
    this.#room = nothing;
  }

  /** Everything added so far; valid until the next `add`, or the end. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }
}
