import type net from 'node:net';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import type { Hold } from '../session/deadline.js';
import { isTransportError, TransportError } from '../errors/transport-error.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';

/** After this long (ms) without a socket for any address, the shortage is not expected to end by itself. */
export const patienceMs = 60_000;
/** After this long (ms) without a socket while others get theirs, the address itself is the reason. */
const aloneMs = 5 * patienceMs;
/** Waits between tries (ms): each twice the last. */
const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** Retries after a local refusal: a full connection table empties, a firewall rule stays. */
const refusalRetries = 4;
/** After this many refusals without a single success, the rule holds for all addresses and retries end. */
const refusalsForAll = 64;

/** How a caller waits. */
export interface Waiting {
  /** Ends the wait with the last error. */
  signal?: AbortSignal;
  /** Pauses deadlines while this machine itself is waited for. */
  hold?: Hold;
}

/**
 * The sockets of this machine, shared by a whole run. A local shortage says nothing about the phone: callers wait while other connections
 * end, and only a minute without any socket is an error, `local-resources`. A refusal by this machine is retried a few times, then it is
 * `local-refused`.
 */
export class LocalSockets {
  readonly #waiting = new Set<() => void>();
  #lastWorkedAt = Number.NEGATIVE_INFINITY;
  #refused = 0;
  #everLetThrough = false;

  constructor(private readonly clock: Clock) {}

  /** Opens a connection, retrying during a local shortage. @throws TransportError */
  async open(dial: () => Promise<net.Socket>, how: Waiting = {}): Promise<net.Socket> {
    const socket = await this.patiently(dial, how);
    // Its socket is free then, for the caller that has waited longest.
    socket.once('close', () => this.#waiting.values().next().value?.());
    return socket;
  }

  /** The same for other work that opens connections. */
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

  /** A network error or a timeout needed a socket just as a connection does. */
  #worked(): void {
    this.#lastWorkedAt = this.clock.monotonic();
    this.#everLetThrough = true;
  }

  /** @throws when waiting any longer is pointless */
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
