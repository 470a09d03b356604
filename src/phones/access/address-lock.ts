import type { ProbeResult } from '../../transport/session/probe.js';

/** Ends a turn; further calls do nothing. */
export type ReleaseAddress = () => void;

/**
 * One conversation with a phone at a time (docs/architecture.md#7-gentle): a search for a phone that has moved visits the addresses of
 * phones that are being watched. Addresses do not wait for each other.
 */
export class AddressLock {
  readonly #last = new Map<string, Promise<void>>();
  readonly #left = new WeakMap<ProbeResult['socket'], ReleaseAddress>();

  /** Waits until every earlier turn with that address has ended. */
  async take(address: string): Promise<ReleaseAddress> {
    const before = this.#last.get(address) ?? Promise.resolve();
    let finish = (): void => {};
    const mine = new Promise<void>((resolve) => (finish = resolve));
    const ended = before.then(() => mine);
    this.#last.set(address, ended);
    await before;
    return () => {
      finish();
      if (this.#last.get(address) === ended) this.#last.delete(address);
    };
  }

  /** Ties a turn to an open connection: it lasts until a visit reclaims it, or the connection closes. */
  attachTo({ socket }: ProbeResult, end: ReleaseAddress): void {
    this.#left.set(socket, end);
    socket.once('close', () => this.reclaim({ socket })?.());
  }

  /** The turn tied to a connection, if it still is. */
  reclaim({ socket }: Pick<ProbeResult, 'socket'>): ReleaseAddress | undefined {
    const end = this.#left.get(socket);
    this.#left.delete(socket);
    return end;
  }
}
