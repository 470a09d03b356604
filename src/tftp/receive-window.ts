/** What to do with a block that has arrived. */
export interface Arrival {
  /** It is the next one: its bytes are new. */
  isNew: boolean;
  /** An acknowledgment of {@link ReceiveWindow.block} is due now. */
  acknowledge: boolean;
}

const nothing: Arrival = { isNew: false, acknowledge: false };

/**
 * What a client does with blocks in whatever order they arrive: RFC 1350 §2 (lock step, as a window of one), RFC 7440 §4 (windows).
 *
 * The RFCs do not say what follows block 65535. Most servers count on at 0; in lock step also those are understood that count on at 1.
 */
export class ReceiveWindow {
  #received = 0;
  #sinceAcknowledged = 0;
  #skipped = 0;
  #gapTold = false;

  constructor(private readonly size: number) {}

  /** The number of the last block that arrived in its place, as it is acknowledged: 0 before the first. */
  get block(): number {
    return (this.#received + this.#skipped) & 0xffff;
  }

  /** @param isLast whether it is shorter than a full block, and so the last one if it is new */
  arrived(block: number, isLast: boolean): Arrival {
    if (this.size === 1 && this.block === 0xffff && block === 1) this.#skipped += 1;
    const ahead = (block - this.block - 1) & 0xffff;
    if (ahead === 0) return this.#inPlace(isLast);
    if (ahead < this.size) return this.#gap();
    // The last one once more: its acknowledgment was lost. Within a window nothing was acknowledged yet, and more is on its way.
    return ahead === 0xffff && this.#sinceAcknowledged === 0 ? { isNew: false, acknowledge: true } : nothing;
  }

  #inPlace(isLast: boolean): Arrival {
    this.#received += 1;
    this.#sinceAcknowledged += 1;
    this.#gapTold = false;
    const acknowledge = isLast || this.#sinceAcknowledged === this.size;
    if (acknowledge) this.#sinceAcknowledged = 0;
    return { isNew: true, acknowledge };
  }

  /** A block was lost or overtaken: the server is told at once where to go on, but once only, not for each block behind the gap. */
  #gap(): Arrival {
    if (this.#gapTold) return nothing;
    this.#gapTold = true;
    this.#sinceAcknowledged = 0;
    return { isNew: false, acknowledge: true };
  }

  /** Nothing arrived for too long: what has arrived is acknowledged once more, and a new window begins behind it. */
  startAgain(): void {
    this.#sinceAcknowledged = 0;
    this.#gapTold = false;
  }
}
