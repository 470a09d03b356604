import net from 'node:net';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import { TransportError, toTransportError } from '../errors/transport-error.js';

/**
 * Tries once to open a TCP connection, bounded by the passed-in clock: undici's connect timer ticks at 500 ms and ignores an abort.
 * @throws TransportError
 */
export function connectTcp(
  host: string,
  port: number,
  timeoutMs: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(givenUp());
    const socket = net.connect({ host, port, noDelay: true });
    const settle = (error: TransportError | null): void => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
      socket.removeAllListeners('connect').removeAllListeners('error');
      // A reset may arrive while nothing reads the socket; it must not become an uncaught error.
      socket.on('error', () => {});
      if (!error) return resolve(socket);
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => settle(givenUp());
    const cancel = clock.after(timeoutMs, () =>
      settle(new TransportError('connect-timeout', `no connection within ${formatDuration(timeoutMs)}`)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => settle(null));
    // An error not known to come from the network comes from this machine.
    socket.once('error', (error) => settle(toTransportError(error, 0, 'local-refused')));
  });
}

function givenUp(): TransportError {
  return new TransportError('connect-timeout', 'given up while connecting');
}
