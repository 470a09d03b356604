import net from 'node:net';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import { TransportError, toTransportError } from '../errors/transport-error.js';

/**
 * So much is read at once (bytes): who a phone is stands in the first of its page, and the rest is not even fetched from the system. Node by itself
 * reads 64 KB, each time into memory of its own. Measured by `bench audit`.
 */
const pieceBytes = 18 * 1024;

/** Where pieces of all connections arrive, one at a time. Windows is given the room before there is anything to read: there each has its own. */
const room = process.platform === 'win32' ? null : Buffer.allocUnsafeSlow(pieceBytes);

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
    const socket: net.Socket = net.connect({ host, port, noDelay: true, ...(room && inPieces(room, () => socket)) });
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

/** What is in the room goes into the socket's stream, which is read as any other's. */
function inPieces(buffer: Buffer, socket: () => net.Socket): net.ConnectOpts {
  return { onread: { buffer, callback: (size) => socket().push(Buffer.from(buffer.subarray(0, size))) } };
}

function givenUp(): TransportError {
  return new TransportError('connect-timeout', 'given up while connecting');
}
