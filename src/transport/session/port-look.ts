import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../../domain/ports/clock.js';
import { formatDuration } from '../../domain/text/duration.js';
import { connectTcp } from '../connection/connect.js';
import type { Endpoint } from '../connection/endpoint.js';
import { secureContextFor, type TlsSettings } from '../connection/trust.js';
import { isTransportError, TransportError, toTransportError } from '../errors/transport-error.js';

/** A certificate as a web server shows it. Names are the certificate's own and not to be trusted in output. */
interface ShownCertificate {
  /** `CN=CP-8851-SEP…, O=…`. */
  subject: string;
  issuer: string;
  /** ISO 8601; `null` where it is not a date. */
  validFrom: string | null;
  validTo: string | null;
  /** SHA-256, upper-case pairs joined by colons. */
  fingerprint: string;
}

/** What a TLS handshake showed. */
export interface TlsLook {
  /** `TLSv1.3`. */
  protocol: string | null;
  cipher: string;
  /** Signed by an authority that is trusted, and within its time. Whose certificate it is, is another question. */
  trusted: boolean;
  /** Why it is not, in OpenSSL's words. */
  distrust: string | null;
  certificate: ShownCertificate | null;
}

/** One web port as it was found. */
export interface PortLook {
  endpoint: Endpoint;
  /** `null`: it took a connection. */
  failure: { code: string; message: string } | null;
  /** To connect (ms). */
  tookMs: number;
  /** Of an https port that took a connection. */
  tls: TlsLook | { code: string; message: string } | null;
}

/** How ports are looked at. */
export interface PortLookOptions {
  /** To connect; a handshake may take twice as long. Milliseconds. */
  timeoutMs: number;
  clock: Clock;
  tls: TlsSettings;
}

/** Connects once to a port and, where it speaks https, reads its certificate, trusted or not. Nothing is requested. Never rejects. */
export async function lookAtPort(host: string, endpoint: Endpoint, options: PortLookOptions): Promise<PortLook> {
  const { timeoutMs, clock } = options;
  const began = clock.monotonic();
  const took = (): number => Math.round(clock.monotonic() - began);
  let socket: net.Socket;
  try {
    socket = await connectTcp(host, endpoint.port, timeoutMs, clock);
  } catch (error) {
    return { endpoint, failure: failureOf(error), tookMs: took(), tls: null };
  }
  const tookMs = took();
  try {
    return {
      endpoint,
      failure: null,
      tookMs,
      tls: endpoint.scheme === 'https' ? await shakeHands(socket, host, options) : null,
    };
  } catch (error) {
    return { endpoint, failure: null, tookMs, tls: failureOf(error) };
  } finally {
    socket.destroy();
  }
}

function shakeHands(
  socket: net.Socket,
  host: string,
  { timeoutMs, clock, tls: settings }: PortLookOptions,
): Promise<TlsLook> {
  return new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      // Looked at, not relied on: nothing is sent over this connection.
      rejectUnauthorized: false,
      secureContext: secureContextFor(settings),
    });
    const end = (settle: () => void): void => {
      cancel();
      secured.removeAllListeners('secureConnect').removeAllListeners('error').removeAllListeners('close');
      secured.on('error', () => {});
      settle();
      secured.destroy();
    };
    const cancel = clock.after(2 * timeoutMs, () =>
      end(() => reject(new TransportError('tls-failed', `no TLS handshake within ${formatDuration(2 * timeoutMs)}`))),
    );
    secured.once('secureConnect', () => end(() => resolve(shownBy(secured))));
    secured.once('error', (error) => end(() => reject(toTransportError(error, socket.bytesRead, 'tls-failed'))));
    secured.once('close', () => end(() => reject(new TransportError('tls-failed', 'closed during the TLS handshake'))));
  });
}

function shownBy(secured: tls.TLSSocket): TlsLook {
  // A code such as `SELF_SIGNED_CERT_IN_CHAIN`, although it is declared as an Error.
  const distrust: unknown = secured.authorizationError;
  const shown = secured.getPeerCertificate();
  const hasAny = typeof shown.fingerprint256 === 'string';
  return {
    protocol: secured.getProtocol(),
    cipher: secured.getCipher().name,
    trusted: secured.authorized,
    distrust: secured.authorized ? null : typeof distrust === 'string' ? distrust : 'for an unknown reason',
    certificate: hasAny
      ? {
          subject: nameOf(shown.subject),
          issuer: nameOf(shown.issuer),
          validFrom: instant(shown.valid_from),
          validTo: instant(shown.valid_to),
          fingerprint: shown.fingerprint256,
        }
      : null,
  };
}

/** A distinguished name, its parts in the order of the certificate. */
function nameOf(name: tls.Certificate | undefined): string {
  return Object.entries(name ?? {})
    .flatMap(([key, value]: [string, unknown]) => [value].flat().map((one) => `${key}=${String(one)}`))
    .join(', ');
}

function instant(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function failureOf(error: unknown): { code: string; message: string } {
  return isTransportError(error)
    ? { code: error.code, message: error.message }
    : { code: 'internal-error', message: String(error) };
}
