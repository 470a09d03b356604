/**
 * Which block is sent next, by what was acknowledged: RFC 1350 §2 (lock step, as a window of one), RFC 7440 §4 (windows). Blocks are counted from
 * 1 without end; on the wire the count has 16 bits and rolls over to 0.
 *
 * Only an acknowledgment of something new sends anything. A duplicate one sends nothing, or every later packet would travel twice
 * (Sorcerer's Apprentice, RFC 1123 §4.2.3.1).
 */
export class SendWindow {
  #acknowledged = 0;
  #sent = 0;
  /** What an acknowledgment may name: more than was sent since the last start of the window, if it was started again. */
  #everSent = 0;

  constructor(
    private readonly blocks: number,
    private readonly size: number,
  ) {}

  /** Blocks that the client has. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  get isDone(): boolean {
    return this.#acknowledged === this.blocks;
  }

  /** Whether all blocks were sent once at least. */
  get isLastSent(): boolean {
    return this.#everSent === this.blocks;
  }

  /** The block to be sent now; `null`: an acknowledgment is due first. Each block is returned once, until {@link startAgain}. */
  next(): number | null {
    if (this.#sent >= Math.min(this.#acknowledged + this.size, this.blocks)) return null;
    this.#sent += 1;
    this.#everSent = Math.max(this.#everSent, this.#sent);
    return this.#sent;
  }

  /** Takes an acknowledgment. False: it says nothing new, and nothing may follow from it. */
  acknowledge(block: number): boolean {
    const more = (block - this.#acknowledged) & 0xffff;
    if (more === 0 || this.#acknowledged + more > this.#everSent) return false;
    this.#acknowledged += more;
    // Within a window, the client has missed the next block and drops what follows it (RFC 7440 §4).
    this.#sent = this.#acknowledged;
    return true;
  }

  /** Nothing was acknowledged for too long: the window is sent once more. */
  startAgain(): void {
    this.#sent = this.#acknowledged;
  }
}
