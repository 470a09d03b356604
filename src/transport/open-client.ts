import type net from 'node:net';
import { Client } from 'undici';
import type { SessionLimits } from './limits.js';

/**
 * An HTTP client for one phone: one connection, one request at a time, everything it receives bounded. Whoever dials and whoever waits has
 * deadlines of his own: undici's timers tick in seconds, by the machine's clock.
 */
export function openClient(origin: string, limits: SessionLimits, dial: () => Promise<net.Socket>): Client {
  return new Client(origin, {
    connect: (_options, done) => {
      dial().then(
        (socket) => done(null, socket),
        (error: unknown) => done(error as Error, null),
      );
    },
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: limits.maxBytes,
    maxHeaderSize: limits.maxHeaderBytes,
    // Kept for as long as the session lasts: what is read and what is posted are to go over one connection.
    keepAliveTimeout: limits.sessionMs,
    keepAliveMaxTimeout: limits.sessionMs,
  });
}
