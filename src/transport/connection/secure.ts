import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import { secureContextFor, type TlsSettings } from './trust.js';
import { isSoundButExpired } from './expired-certificate.js';
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

/** Starts TLS over an open connection and checks the certificate against the peer. @throws TransportError */
export function secure(socket: net.Socket, handshake: Handshake): Promise<tls.TLSSocket> {
  const { host, settings, timeoutMs, clock, namedMac, peer } = handshake;
  return new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      // Whether one that has expired may be taken is decided below, before anything is sent.
      rejectUnauthorized: !settings.insecure && !allowsExpired(settings),
      secureContext: secureContextFor(settings),
      // Only called for a certificate that is trusted. An error from here ends the handshake before anything is sent.
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
    secured.once('secureConnect', () => settle(fault(secured, handshake)));
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

function allowsExpired({ insecure, allowExpired = false, ca }: TlsSettings): boolean {
  return allowExpired && !insecure && ca.length > 0;
}

/** Why a connection that was opened with a certificate still in question must not be used; `null` where it may be. */
function fault(secured: tls.TLSSocket, { host, settings, clock, namedMac, peer }: Handshake): TransportError | null {
  if (!allowsExpired(settings) || secured.authorized) return null;
  // A code, whatever the type says.
  const code = String(secured.authorizationError);
  const certificate = secured.getPeerCertificate();
  if (code === 'certificate-mismatch') return certificateMismatch(certificate, host, namedMac, peer);
  const leaf = secured.getPeerX509Certificate();
  if (code !== 'CERT_HAS_EXPIRED' || !leaf) return toTransportError({ code }, 1, 'certificate-untrusted');
  const expired = `its certificate expired on ${dayOf(leaf.validTo)}`;
  if (!isSoundButExpired(leaf, settings, clock.now()))
    return new TransportError(
      'certificate-untrusted',
      `${expired}, and no authority of --ca signed it as that of a web server`,
    );
  const names = [certificate.subject?.CN ?? []].flat();
  if (!names.some((name) => namedMac(name) !== null))
    return new TransportError('certificate-expired', `${expired}, and it names no phone's MAC`);
  const mismatch = certificateMismatch(certificate, host, namedMac, peer);
  if (!mismatch) peer.expiredAt = dayOf(leaf.validTo);
  return mismatch;
}

function dayOf(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** If old TLS was offered already, `--tls-legacy` does not help. */
function offered(error: TransportError, { legacy = false }: TlsSettings): TransportError {
  if (error.code !== 'tls-too-old' || !legacy) return error;
  return new TransportError('tls-failed', `${error.message}, although old TLS was offered`, { cause: error.cause });
}
