import { constants } from 'node:crypto';
import tls from 'node:tls';
import { Agent, type Dispatcher } from 'undici';

/** Which certificates are trusted, and how old a TLS is spoken. Certificates are checked unless `insecure`. */
export interface TlsSettings {
  /** PEM certificates of further authorities. */
  ca: readonly string[];
  insecure: boolean;
  /** Offers old versions, ciphers and short keys too. Absent: no. */
  legacy?: boolean;
  /** Takes a phone's certificate of an authority in `ca` that names its MAC even if it has expired. Absent: no. */
  allowExpired?: boolean;
}

const contexts = new WeakMap<TlsSettings, tls.SecureContext>();

/** The TLS context for a run's settings. Reading authorities costs more than a handshake, so it is made once. */
export function secureContextFor(settings: TlsSettings): tls.SecureContext {
  let context = contexts.get(settings);
  if (!context) contexts.set(settings, (context = tls.createSecureContext(trusting(settings))));
  return context;
}

function trusting({ ca, legacy = false }: TlsSettings): tls.SecureContextOptions {
  return {
    // A given intermediate authority is trusted as such: its root may not be at hand.
    ...(ca.length === 0 ? {} : { ca: [...tls.rootCertificates, ...ca], allowPartialTrustChain: true }),
    // What ten-year-old web servers speak: TLS 1.0, short keys, SHA-1, no secure renegotiation (RFC 5746).
    ...(legacy
      ? {
          minVersion: 'TLSv1' as const,
          ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
          secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
        }
      : {}),
  };
}

/** Makes `fetch` trust the given authorities, or every certificate; `null` where its defaults are enough. */
export function trustingDispatcher({ ca, insecure }: TlsSettings): Dispatcher | null {
  if (!insecure && ca.length === 0) return null;
  return new Agent({
    connect: { rejectUnauthorized: !insecure, ...trusting({ ca, insecure }) },
  });
}

/** Node's own `fetch`, with this trust. It is looked up at each call, so that a test may stand in for the network. */
export function trustingFetch(settings: TlsSettings): typeof fetch {
  const dispatcher = trustingDispatcher(settings);
  if (!dispatcher) return (input, init) => fetch(input, init);
  // `dispatcher` is undici's addition to the standard's options; Node's fetch is undici's.
  return (input, init) => fetch(input, { ...init, dispatcher } as unknown as RequestInit);
}
