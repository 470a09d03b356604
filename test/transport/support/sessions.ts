import type { Clock } from '../../../src/domain/ports/clock.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { SessionLimits } from '../../../src/transport/session/limits.js';
import { HttpSession, type SessionOptions } from '../../../src/transport/session/session.js';
import { isTransportError } from '../../../src/transport/errors/transport-error.js';

/** Bounds that a test never meets unless it sets out to. */
const roomy: SessionLimits = {
  connectMs: 5_000,
  responseMs: 5_000,
  sessionMs: 20_000,
  maxBytes: 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  maxRedirects: 4,
  maxInterim: 16,
};

export interface Opening extends Omit<Partial<SessionOptions>, 'limits'> {
  host?: string;
  limits?: Partial<SessionLimits>;
  clock?: Clock;
}

/** A session with 127.0.0.1, by plain HTTP unless said otherwise. */
export function openSession(port: number, { host = '127.0.0.1', limits, ...more }: Opening = {}): HttpSession {
  return new HttpSession(host, {
    endpoint: { scheme: 'http', port },
    limits: { ...roomy, ...limits },
    tls: { ca: [], insecure: false },
    clock: systemClock,
    userAgent: 'fleet-migrate/test',
    namedMac: (commonName) => /-SEP([0-9A-F]{12})$/.exec(commonName)?.[1] ?? null,
    ...more,
  });
}

/** What a session came to: the status of the page, or the code of the failure. Closed afterwards. */
export async function outcomeOf(session: HttpSession, path = '/admin/advanced'): Promise<number | string> {
  try {
    return (await session.get(path)).status;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return error.code;
  } finally {
    session.close();
  }
}

/** The error a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code: string; message: string; cause?: unknown }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('nothing was thrown');
}
