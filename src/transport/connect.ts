import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../domain/clock.js';
import { formatDuration } from '../domain/duration.js';
import { TransportError, toTransportError } from './transport-error.js';

/** How a phone's web server is reached. */
export interface Way {
  scheme: 'http' | 'https';
  port: number;
}

/** Whom to trust. Certificates are checked unless `insecure` says otherwise. */
export interface TlsSettings {
  /** PEM certificates of further authorities. */
  ca: readonly string[];
  insecure: boolean;
}

/**
 * Opens a TCP connection, bounded by the passed-in clock: undici's own connect timer ticks at 500 ms and does not heed an abort.
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
      // A reset may come while nobody is reading yet (or any more); it must not become an uncaught error.
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
    socket.once('error', (error) => settle(toTransportError(error, 0)));
  });
}

function givenUp(): TransportError {
  return new TransportError('connect-timeout', 'given up while connecting');
}

/** Reading authorities costs more than a handshake, so it is done once for a run's settings. */
const contexts = new WeakMap<readonly string[], tls.SecureContext>();

function trusting(ca: readonly string[]): { secureContext?: tls.SecureContext } {
  if (ca.length === 0) return {};
  let context = contexts.get(ca);
  if (!context) contexts.set(ca, (context = tls.createSecureContext({ ca: [...tls.rootCertificates, ...ca] })));
  return { secureContext: context };
}

/** Speaks TLS over an open connection. @throws TransportError */
export function secure(
  socket: net.Socket,
  host: string,
  settings: TlsSettings,
  timeoutMs: number,
  clock: Clock,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: !settings.insecure,
      ...trusting(settings.ca),
      // A phone's certificate names its model and MAC, never its address, so the name is checked against the MAC, not here.
      checkServerIdentity: () => undefined,
    });
    const settle = (error: TransportError | null): void => {
      cancel();
      secured.removeAllListeners('secureConnect').removeAllListeners('error').removeAllListeners('close');
      secured.on('error', () => {});
      if (!error) return resolve(secured);
      secured.destroy();
      socket.destroy();
      reject(error);
    };
    const cancel = clock.after(timeoutMs, () =>
      settle(new TransportError('tls-failed', `no TLS handshake within ${formatDuration(timeoutMs)}`)),
    );
    secured.once('secureConnect', () => settle(null));
    secured.once('error', (error) => {
      const otherwise = secured.authorizationError ? 'certificate-untrusted' : 'tls-failed';
      settle(toTransportError(error, socket.bytesRead, otherwise));
    });
    secured.once('close', () =>
      settle(
        new TransportError(socket.bytesRead === 0 ? 'connect-reset' : 'tls-failed', 'closed during the TLS handshake'),
      ),
    );
  });
}
