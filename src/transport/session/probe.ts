import type { Clock } from '../../domain/ports/clock.js';
import type { Endpoint } from '../connection/endpoint.js';
import { connectTcp } from '../connection/connect.js';
import type { OpenConnection } from '../connection/connections.js';
import { LocalSockets } from '../connection/local-sockets.js';
import { isTransportError, TransportError } from '../errors/transport-error.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';

/** The first web port that took a connection, which goes on into the session, so that finding a phone costs it one connection. */
export type ProbeResult = OpenConnection;

/** Why other tries end. One for all: a reason of their own would cost each a stack trace. */
const otherPortAnswered = new Error('another port has taken the connection');

/** Head start of the first port (ms): a phone that is there accepts well within. */
const headStartMs = 250;

/**
 * Gently finds out whether a device is at an address: one connect to the first port, and to the next only when that one is refused or
 * slow. Ends within `timeoutMs`, so that a dark address costs no more than one deadline; waiting out a local shortage does not count.
 * @throws TransportError when no port took a connection
 */
export async function probe(
  host: string,
  endpoints: readonly Endpoint[],
  timeoutMs: number,
  clock: Clock,
  sockets = new LocalSockets(clock),
): Promise<ProbeResult> {
  // With one port there is no other try to end.
  const stop = endpoints.length > 1 ? new AbortController() : null;
  const errors: TransportError[] = [];
  return new Promise((resolve, reject) => {
    let started = 0;
    let answered = false;
    let cancelHeadStart = (): void => {};
    const startedAt = clock.monotonic();

    const next = (): void => {
      cancelHeadStart();
      const endpoint = endpoints[started];
      if (answered) return;
      if (!endpoint) {
        if (endpoints.length === 0) reject(mostTelling(errors));
        return;
      }
      started += 1;
      if (started < endpoints.length) cancelHeadStart = clock.after(Math.min(headStartMs, timeoutMs / 2), next);
      const left = Math.max(1, timeoutMs - (clock.monotonic() - startedAt));
      const signal = stop?.signal;
      sockets
        .open(() => connectTcp(host, endpoint.port, left, clock, signal), signal && { signal })
        .then(
          (socket) => {
            if (answered) return void socket.destroy();
            answered = true;
            cancelHeadStart();
            // Another try is under way; without one there is nothing to end, and an abort costs.
            if (started > errors.length + 1) stop?.abort(otherPortAnswered);
            resolve({ endpoint, socket });
          },
          (error: unknown) => {
            if (answered) return;
            errors.push(isTransportError(error) ? error : new TransportError('internal-error', String(error)));
            if (started < endpoints.length) return next();
            if (errors.length === endpoints.length) reject(mostTelling(errors));
          },
        );
    };
    next();
  });
}

/** A port that was not tried proves nothing, nor does a timeout; a refusal proves that a device is there. */
function mostTelling(errors: readonly TransportError[]): TransportError {
  return (
    errors.find(isLocalShortage) ??
    errors.find(({ code }) => code === 'connect-refused') ??
    errors[0] ??
    new TransportError('connect-timeout', 'no port to try')
  );
}
