import type net from 'node:net';
import { Duplex } from 'node:stream';
import { Client } from 'undici';
import type { SessionLimits } from '../session/limits.js';

/**
 * Loads undici's parser now. Undici reads it from a file at its first connection, when no file descriptor may be left, and that would
 * look like a response of the phone.
 */
export function loadParser(): void {
  const nobody = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
  // It uses this socket only as a stream.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const client = new Client('http://127.0.0.1', { connect: (_options, done) => done(null, nobody as net.Socket) });
  client.dispatch({ method: 'GET', path: '/' }, { onRequestStart: () => {}, onResponseError: () => {} });
  setImmediate(() => void client.destroy());
}

/**
 * An HTTP client for one phone: one connection, one request at a time, everything it receives bounded. Dialing and waiting
 * have deadlines elsewhere: undici's timers tick in seconds, by the machine's clock.
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
    // As long as the session: reads and posts go over one connection.
    keepAliveTimeout: limits.sessionMs,
    keepAliveMaxTimeout: limits.sessionMs,
  });
}
