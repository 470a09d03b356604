import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { systemErrors } from '../../domain/failures/system-errors.js';
import { said } from './wording.js';

/** A request that did not work, with the failure code its phone gets. Match on `code`, not on the class. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** Of a request whose intent is on record: it certainly did not leave. */
  nothingSent = false;

  constructor(
    readonly code: FailureCodeName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Errors of the network and the HTTP library, by Node's code; those of this machine are in `systemErrors`. */
const byNodeCode: Record<string, FailureCodeName> = {
  ECONNREFUSED: 'connect-refused',
  ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ECONNRESET: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  EPIPE: 'connection-lost',
  UND_ERR_SOCKET: 'connection-lost',
  UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'response-too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection-lost',
};

/** What OpenSSL says when the other side does not speak TLS at all. */
const notTls = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'EPROTO',
]);

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const outOfDate = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** What OpenSSL says when one side is too old for the other: its version, its ciphers, its keys, its renegotiation. */
const tooOld = new Set([
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_VERSION_TOO_LOW',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_NO_SHARED_CIPHER',
  'ERR_SSL_UNKNOWN_CIPHER_RETURNED',
  'ERR_SSL_WRONG_CIPHER_RETURNED',
  'ERR_SSL_DH_KEY_TOO_SMALL',
  'ERR_SSL_EE_KEY_TOO_SMALL',
  'ERR_SSL_CA_KEY_TOO_SMALL',
  'ERR_SSL_CA_MD_TOO_WEAK',
  'ERR_SSL_WRONG_SIGNATURE_TYPE',
  'ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED',
  'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
]);
/** Node has no code for these verdicts on a chain, only OpenSSL's words. */
const tooWeak = /^(?:EE certificate|CA certificate|CA) (?:key|md) too weak$/;

/**
 * The failure code for what Node, OpenSSL or undici threw, in words for voice engineers. What the library said is kept
 * as `cause`.
 * @param bytesRead what the connection had received: a connection that ends before the first byte was not answered
 * @param otherwise the code for any other error
 */
export function toTransportError(
  cause: unknown,
  bytesRead: number,
  otherwise: FailureCodeName = 'malformed-response',
): TransportError {
  if (isTransportError(cause)) return cause;
  const { code: nodeCode, message } = Object(cause) as { code?: unknown; message?: unknown };
  const code = typeof nodeCode === 'string' ? nodeCode : '';
  const text = typeof message === 'string' ? message : '';
  const failureCode = tooWeak.test(text) ? 'tls-too-old' : classify(code, cause, bytesRead, otherwise);
  return new TransportError(failureCode, said(failureCode, code, text), { cause });
}

function classify(code: string, cause: unknown, bytesRead: number, otherwise: FailureCodeName): FailureCodeName {
  if (untrusted.has(code)) return 'certificate-untrusted';
  if (outOfDate.has(code)) return 'certificate-expired';
  if (notTls.has(code)) return 'wrong-protocol';
  if (tooOld.has(code)) return 'tls-too-old';
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return 'tls-failed';
  const isParserError = (cause as { name?: unknown } | null)?.name === 'HTTPParserError';
  const known = systemErrors[code]?.code ?? byNodeCode[code] ?? (isParserError ? misread(cause) : otherwise);
  return known === 'connection-lost' && bytesRead === 0 ? 'connect-reset' : known;
}

/** Why the response could not be parsed. Undici 7.30 gives such errors no code, only the unread rest. */
function misread(cause: unknown): FailureCodeName {
  const { data } = cause as { data?: unknown };
  const left = typeof data === 'string' ? data : '';
  // Nothing left: the end came in the middle of the headers or of a chunk.
  if (left === '') return 'connection-lost';
  // A TLS record (alert or handshake) where an HTTP status line was expected.
  return /^[\x15\x16]\x03/.test(left) ? 'wrong-protocol' : 'malformed-response';
}

export function isTransportError(error: unknown): error is TransportError {
  return (error as { name?: unknown } | null)?.name === 'TransportError';
}
