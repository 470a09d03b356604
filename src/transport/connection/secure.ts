import { constants } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import type { TlsSettings } from './connect.js';
import { certificateMismatch, type NamedMac, type Peer } from './peer.js';
import { TransportError, toTransportError } from '../errors/transport-error.js';

/** What a handshake is held to. */
export interface Handshake {
  host: string;
  settings: TlsSettings;
  timeoutMs: number;
  clock: Clock;
  namedMac: NamedMac;
  peer: Peer;
}

/** Reading authorities costs more than a handshake, so it is done once for a run's settings. */
const contexts = new WeakMap<TlsSettings, tls.SecureContext>();

function contextFor(settings: TlsSettings): tls.SecureContext {
  let context = contexts.get(settings);
  if (!context) contexts.set(settings, (context = tls.createSecureContext(trusting(settings))));
  return context;
}

function trusting({ ca, legacy = false }: TlsSettings): tls.SecureContextOptions {
  return {
    // An intermediate authority that was given is trusted as such: its root may be in nobody's hands.
    ...(ca.length === 0 ? {} : { ca: [...tls.rootCertificates, ...ca], allowPartialTrustChain: true }),
    // What web servers of ten years ago speak: TLS 1.0, short keys, SHA-1, no secure renegotiation (RFC 5746).
    ...(legacy
      ? {
          minVersion: 'TLSv1' as const,
          ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
          secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
        }
      : {}),
  };
}

/** Speaks TLS over an open connection, with whom the certificate and the peer say. @throws TransportError */
export function secure(socket: net.Socket, handshake: Handshake): Promise<tls.TLSSocket> {
  const { host, settings, timeoutMs, clock, namedMac, peer } = handshake;
  return new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: !settings.insecure,
      secureContext: contextFor(settings),
      // Only asked for a certificate that is trusted. An error from here ends the handshake before anything is sent.
      checkServerIdentity: (_name, certificate) =>
        settings.insecure ? undefined : (certificateMismatch(certificate, host, namedMac, peer) ?? undefined),
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
      settle(offered(toTransportError(error, socket.bytesRead, otherwise), settings));
    });
    secured.once('close', () =>
      settle(
        new TransportError(socket.bytesRead === 0 ? 'connect-reset' : 'tls-failed', 'closed during the TLS handshake'),
      ),
    );
  });
}

/** With everything offered that there is, a phone that still does not agree is not helped by `--tls-legacy`. */
function offered(error: TransportError, { legacy = false }: TlsSettings): TransportError {
  if (error.code !== 'tls-too-old' || !legacy) return error;
  return new TransportError('tls-failed', `${error.message}, although old TLS was offered`, { cause: error.cause });
}
