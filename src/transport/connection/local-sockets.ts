import type net from 'node:net';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import type { Hold } from '../session/deadline.js';
import { isTransportError, TransportError } from '../errors/transport-error.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';

/** Without a socket for anybody for so long (ms), what this machine lacks does not come back by itself. */
export const patienceMs = 60_000;
/** So long (ms) somebody waits while others get what he does not: then it is his address alone. */
const aloneMs = 5 * patienceMs;
/** Waits between tries (ms): each twice the last. */
const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** How often what this machine refuses is tried again: a full table of connections empties, a rule of a firewall stays. */
const refusalRetries = 4;
/** When so many were refused and nobody ever was let through, it is a rule for all, and nobody is kept waiting for it. */
const refusalsForAll = 64;

/** How somebody waits. */
export interface Waiting {
  /** Ends the waiting with the last error. */
  signal?: AbortSignal;
  /** What stands still while it is this machine that is waited for. */
  hold?: Hold;
}

/**
 * What this machine has to connect with, shared by a whole run. What it lacks is no answer of whom was to be asked: it is waited for, while
 * other connections end, and only when nobody gets anything for a minute is it an error, `local-resources`. What it refuses for an address
 * is tried again a few times, and is `local-refused` then.
 */
export class LocalSockets {
  readonly #waiting = new Set<() => void>();
  #lastWorkedAt = Number.NEGATIVE_INFINITY;
  #refused = 0;
  #everLetThrough = false;

  constructor(private readonly clock: Clock) {}

  /** Opens a connection, trying as often as it takes. @throws TransportError */
  async open(dial: () => Promise<net.Socket>, how: Waiting = {}): Promise<net.Socket> {
    const socket = await this.patiently(dial, how);
    // What this one held is free then, for who has waited longest.
    socket.once('close', () => this.#waiting.values().next().value?.());
    return socket;
  }

  /** The same for anything else that opens connections. */
  async patiently<T>(work: () => Promise<T>, { signal, hold = (wait) => wait() }: Waiting = {}): Promise<T> {
    const since = this.clock.monotonic();
    for (let tries = 1; ; tries += 1) {
      try {
        const result = await work();
        this.#worked();
        return result;
      } catch (error) {
        if (!isTransportError(error) || !isLocalShortage(error)) {
          this.#worked();
          throw error;
        }
        if (signal?.aborted) throw error;
        this.#giveUp(error, since, tries);
        const pause = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries - 1, 10));
        await hold(() => this.#wait(pause, signal));
      }
    }
  }

  /** An answer of the network, a silence too, needs what this machine has just as a connection does. */
  #worked(): void {
    this.#lastWorkedAt = this.clock.monotonic();
    this.#everLetThrough = true;
  }

  /** Throws when waiting any longer is of no use. */
  #giveUp(error: TransportError, since: number, tries: number): void {
    if (error.code === 'local-refused') {
      if (tries <= refusalRetries && (this.#everLetThrough || this.#refused < refusalsForAll)) return;
      this.#refused += 1;
      throw error;
    }
    const now = this.clock.monotonic();
    if (now - Math.max(since, this.#lastWorkedAt) >= patienceMs)
      throw new TransportError('local-resources', `${error.message}, for ${formatDuration(patienceMs)}`, {
        cause: error,
      });
    if (now - since >= aloneMs)
      throw new TransportError('local-refused', `${error.message}, and only for this address`, { cause: error });
  }

  #wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.clock.after(ms, wake);
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
