import { isLocalShortage } from '../domain/failures/failure-codes.js';
import type { Clock } from '../domain/ports/clock.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { serverOf } from './servers/file-url.js';

/** For how long (ms) a server that does not answer is left alone at least: all phones that wait for it would ask at once. */
const shortestPauseMs = 1_000;

/** Why nothing is known about a file; null: something is. */
export interface Trouble {
  code: FileFailureCode;
  message: string;
  /** The server did not answer at all. */
  noResponse: boolean;
}

/** For how long file servers, and single files of those that answer, have been in trouble. */
export class Troubles {
  /** By server, or by URL. */
  readonly #since = new Map<string, number>();
  readonly #silent = new Map<string, { until: number; message: string }>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** The refusal of a server that did not answer just now; `null`: ask. */
  justRefused(url: string): FileCheck | null {
    const silent = this.#silent.get(serverOf(url));
    if (!silent || this.clock.monotonic() >= silent.until) return null;
    const { message } = silent;
    return this.timed({ ok: false, url, code: 'files-unreachable', message, warnings: [], noResponse: true });
  }

  /** Notes the result of a request that began at `askedAt`. */
  heard(url: string, trouble: Trouble | null, askedAt: number): void {
    // Of a shortage of this machine nothing follows for the server.
    if (trouble !== null && isLocalShortage(trouble)) return;
    const server = serverOf(url);
    if (!trouble?.noResponse) this.#forget(server);
    if (!trouble) return this.#forget(url);
    const key = trouble.noResponse ? server : url;
    this.#since.set(key, this.#since.get(key) ?? askedAt);
    if (!trouble.noResponse) return;
    const now = this.clock.monotonic();
    // A server that is waited for to no end is asked less often than one that refuses at once.
    const pause = Math.max(shortestPauseMs, 2 * (now - askedAt));
    this.#silent.set(server, { until: now + pause, message: trouble.message });
  }

  /** The check with how long there has been trouble. */
  timed(check: FileCheck): FileCheck {
    if (check.ok || check.code !== 'files-unreachable') return check;
    const now = this.clock.monotonic();
    const since = this.#since.get(check.noResponse ? serverOf(check.url) : check.url) ?? now;
    return { ...check, troubleForMs: now - since };
  }

  #forget(key: string): void {
    this.#since.delete(key);
    this.#silent.delete(key);
  }
}
