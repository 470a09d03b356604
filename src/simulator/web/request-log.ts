import type { Device } from '../devices/device.js';
import type { RequestLogEntry } from '../types.js';

/** Requests as they come in, the oldest dropped beyond a limit. */
export class RequestLog {
  readonly entries: RequestLogEntry[] = [];
  readonly #limit: number;
  readonly #onRequest: ((entry: RequestLogEntry) => void) | undefined;

  constructor(limit: number, onRequest: ((entry: RequestLogEntry) => void) | undefined) {
    this.#limit = limit;
    this.#onRequest = onRequest;
  }

  /** Notes a request as it comes in, before anything is answered. */
  begin(device: Device, entry: RequestLogEntry): void {
    keep(this.entries, entry, this.#limit);
    keep(device.requests, entry, Math.max(10, Math.ceil(this.#limit / 100)));
  }

  /** Tells the listener about a request that is over. */
  end(entry: RequestLogEntry): void {
    this.#onRequest?.(entry);
  }
}

function keep(list: RequestLogEntry[], entry: RequestLogEntry, limit: number): void {
  list.push(entry);
  // A tenth at a time, so that a full log costs nothing per request.
  if (list.length > limit * 1.1) list.splice(0, list.length - limit);
}
