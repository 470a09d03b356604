import type { FailureCodeName } from '../domain/failure-codes.js';
import { said } from './wording.js';

/** A request that did not work, with the failure code its phone gets. Match on `code`, not on the class. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly code: FailureCodeName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const byNodeCode: Record<string, FailureCodeName> = {
  ECONNREFUSED: 'connect-refused',
  ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  // What this machine itself refuses: no address or socket left, a firewall of its own.
  EADDRNOTAVAIL: 'host-unreachable',
  EMFILE: 'host-unreachable',
  ENFILE: 'host-unreachable',
  ENOBUFS: 'host-unreachable',
  EACCES: 'host-unreachable',
  EPERM: 'host-unreachable',
  ENOTFOUND: 'unresolved-host',
  EAI_AGAIN: 'unresolved-host',
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
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * The failure code for what Node, OpenSSL or undici threw, in words for whoever looks after the phones. What the library said is kept
 * as `cause`.
 * @param bytesRead what the connection had received: an end before the first byte means that nobody really answered
 * @param otherwise the code of what is none of the known ones
 */
export function toTransportError(
  cause: unknown,
  bytesRead: number,
  otherwise: FailureCodeName = 'malformed-response',
): TransportError {
  if (isTransportError(cause)) return cause;
  const { code: nodeCode, message } = Object(cause) as { code?: unknown; message?: unknown };
  const code = typeof nodeCode === 'string' ? nodeCode : '';
  const failureCode = classify(code, cause, bytesRead, otherwise);
  return new TransportError(failureCode, said(failureCode, code, typeof message === 'string' ? message : ''), {
    cause,
  });
}

function classify(code: string, cause: unknown, bytesRead: number, otherwise: FailureCodeName): FailureCodeName {
  if (untrusted.has(code)) return 'certificate-untrusted';
  if (notTls.has(code)) return 'wrong-protocol';
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return 'tls-failed';
  const isParserError = (cause as { name?: unknown } | null)?.name === 'HTTPParserError';
  const known = byNodeCode[code] ?? (isParserError ? misread(cause) : otherwise);
  return known === 'connection-lost' && bytesRead === 0 ? 'connect-reset' : known;
}

/** What the parser of answers stumbled over. Undici 7.30 gives such errors no code, only what was left to read. */
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
