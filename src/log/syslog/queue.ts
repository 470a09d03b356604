import type { Clock } from '../../domain/ports/clock.js';
import type { Connect, Connection } from './connection.js';

/** What waits for its receiver at most: a receiver that is away for long must not take the run's memory. */
const most = { messages: 2_000, bytes: 1_000_000 };

/** What is on its way at once (bytes); the rest waits here, where it is bounded. */
const mostFlying = 64_000;

/** The first pause before another try, and the longest (ms). */
const pause = { firstMs: 1_000, mostMs: 60_000 };

/** How long the last messages are waited for at the end of a run (ms). */
const patienceMs = 2_000;

export interface QueueParts {
  connect: Connect;
  clock: Pick<Clock, 'after'>;
  /** Called for the first trouble only: a receiver that comes and goes would fill the log with it. */
  onTrouble: (error: unknown) => void;
  /** The message about messages that were dropped, sent before those that follow. */
  lostMessage: (count: number) => Buffer;
}

/** Messages for a receiver that may be away: in order, bounded, never waited for but for a moment at the end. Nothing here throws. */
export class SyslogQueue {
  readonly #parts: QueueParts;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #flying = new Set<Buffer>();
  #flyingBytes = 0;
  #lost = 0;
  #connection: Connection | null = null;
  #isReady = false;
  #isTold = false;
  #pauseMs = pause.firstMs;
  #cancelRetry: (() => void) | null = null;
  #closing: (() => void) | null = null;
  #isClosed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    this.#open();
  }

  /** Sends a message as soon as it can be sent; drops it when too many wait already. */
  push(message: Buffer): void {
    if (this.#isClosed) return;
    const isFull = this.#waiting.length >= most.messages || this.#bytes + message.length > most.bytes;
    if (isFull) {
      this.#lost += 1;
      return;
    }
    this.#add(this.#lostMessage());
    this.#add(message);
    this.#pump();
  }

  /** Resolves when all is sent, or was waited for long enough. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(patienceMs, () => finish());
      const finish = (): void => {
        if (this.#isClosed) return;
        this.#isClosed = true;
        cancel();
        this.#cancelRetry?.();
        this.#connection?.close();
        resolve();
      };
      this.#closing = finish;
      // One more try at once: the receiver may be back.
      if (this.#cancelRetry && this.#waiting.length > 0) {
        this.#cancelRetry();
        this.#open();
      }
      this.#pump();
    });
  }

  #open(): void {
    this.#cancelRetry = null;
    this.#isReady = false;
    // What a connection tells before it is known here, or after another has taken its place, is about none.
    let isCurrent = true;
    const connection = this.#parts.connect({
      ready: () => {
        if (!isCurrent) return;
        this.#isReady = true;
        this.#pump();
      },
      broken: (error) => {
        if (!isCurrent) return;
        isCurrent = false;
        this.#broken(error);
      },
    });
    if (isCurrent) this.#connection = connection;
    else connection.close();
  }

  #broken(error: unknown): void {
    this.#connection?.close();
    this.#connection = null;
    this.#isReady = false;
    // What did not leave for certain goes once more: twice is better than not at all.
    this.#waiting = [...this.#flying, ...this.#waiting];
    this.#bytes += this.#flyingBytes;
    this.#flying = new Set();
    this.#flyingBytes = 0;
    if (this.#isClosed) return;
    const isFirst = !this.#isTold;
    this.#isTold = true;
    if (isFirst) this.#parts.onTrouble(error);
    if (this.#closing) return this.#closing();
    this.#cancelRetry = this.#parts.clock.after(this.#pauseMs, () => this.#open());
    this.#pauseMs = Math.min(2 * this.#pauseMs, pause.mostMs);
  }

  #pump(): void {
    const connection = this.#connection;
    while (!this.#isClosed && this.#isReady && connection && this.#flyingBytes < mostFlying) {
      const message = this.#next();
      if (!message) break;
      this.#flying.add(message);
      this.#flyingBytes += message.length;
      connection.send(message, () => this.#sent(message));
    }
    if (this.#closing && this.#waiting.length + this.#flying.size + this.#lost === 0) this.#closing();
  }

  #next(): Buffer | undefined {
    const message = this.#waiting.shift();
    if (!message) return this.#lostMessage();
    this.#bytes -= message.length;
    return message;
  }

  #add(message: Buffer | undefined): void {
    if (!message) return;
    this.#waiting.push(message);
    this.#bytes += message.length;
  }

  /** That some were lost, if any were since this was last said. */
  #lostMessage(): Buffer | undefined {
    const count = this.#lost;
    this.#lost = 0;
    return count === 0 ? undefined : this.#parts.lostMessage(count);
  }

  #sent(message: Buffer): void {
    // Of a connection that broke meanwhile: it is to be sent again.
    if (!this.#flying.delete(message)) return;
    this.#flyingBytes -= message.length;
    this.#pauseMs = pause.firstMs;
    this.#pump();
  }
}
