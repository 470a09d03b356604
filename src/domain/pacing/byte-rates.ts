import type { Clock } from '../ports/clock.js';
import { TokenBucket } from './token-bucket.js';

/** Bytes per second; absent: no limit. */
export interface RateLimits {
  /** All clients together. */
  overall?: number;
  /** Each client by itself. */
  perClient?: number;
}

/** A turn is this part of a second's worth (of the lowest limit), and no more than so many bytes, so that a rate is held evenly. */
const turnsPerSecond = 8;
const longestTurn = 256 * 1024;

/** From so many clients on, those that have paused long enough to be as good as new are forgotten. */
const remembered = 256;

/**
 * How fast files are sent: a limit overall and one for each client. One object serves all servers of a process, whatever their protocol, so
 * that a phone that fetches over two of them has one limit.
 *
 * A sender takes each piece before it sends it, and waits for the time returned. With one piece of `turnBytes` at a time per transfer, whatever
 * its protocol sends at once, all transfers share the overall rate evenly.
 */
export class ByteRates {
  readonly #overall: TokenBucket | null;
  readonly #clients = new Map<string, TokenBucket>();
  #pruneAt = remembered;

  /** @throws RangeError for a limit that is not above zero */
  constructor(
    private readonly limits: RateLimits,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {
    const { overall, perClient } = limits;
    if (perClient !== undefined) new TokenBucket(perClient, clock);
    this.#overall = overall === undefined ? null : new TokenBucket(overall, clock);
  }

  /** What a transfer takes in one turn. */
  get turnBytes(): number {
    const { overall = Infinity, perClient = Infinity } = this.limits;
    return Math.min(longestTurn, Math.floor(Math.min(overall, perClient) / turnsPerSecond));
  }

  /** How many clients are remembered. */
  get clients(): number {
    return this.#clients.size;
  }

  /**
   * Takes bytes for a client.
   * @param client whatever names it, such as its address
   * @returns how long (ms) to wait before they are sent; 0 for at once
   */
  take(client: string, bytes: number): number {
    const overall = this.#overall?.take(bytes) ?? 0;
    return Math.max(overall, this.#bucketOf(client)?.take(bytes) ?? 0);
  }

  #bucketOf(client: string): TokenBucket | null {
    const { perClient } = this.limits;
    if (perClient === undefined) return null;
    let bucket = this.#clients.get(client);
    if (bucket === undefined) {
      if (this.#clients.size >= this.#pruneAt) this.#prune();
      bucket = new TokenBucket(perClient, this.clock);
      this.#clients.set(client, bucket);
    }
    return bucket;
  }

  #prune(): void {
    for (const [client, bucket] of this.#clients) if (bucket.isFull) this.#clients.delete(client);
    this.#pruneAt = Math.max(remembered, 2 * this.#clients.size);
  }
}
