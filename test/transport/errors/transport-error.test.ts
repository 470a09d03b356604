import { describe, expect, it } from '@jest/globals';
import { failureCodes, isLocalShortage } from '../../../src/domain/failures/failure-codes.js';
import { TransportError, isTransportError, toTransportError } from '../../../src/transport/errors/transport-error.js';

function thrown(code: string | undefined, message = 'library words', more: object = {}): Error {
  return Object.assign(new Error(message), code === undefined ? more : { code, ...more });
}

/** An error of undici's parser, which gives it no code. */
function parserError(reason: string, data: string): Error {
  const message = `Response does not match the HTTP/1.1 protocol (${reason})`;
  return Object.assign(new Error(message), { name: 'HTTPParserError', code: undefined, data });
}

describe('what went wrong, by what was thrown', () => {
  it.each([
    ['ECONNREFUSED', 'connect-refused', 'nothing listens on the port (ECONNREFUSED)'],
    ['ETIMEDOUT', 'connect-timeout', 'nothing answered the attempt to connect (ETIMEDOUT)'],
    ['EHOSTUNREACH', 'host-unreachable', 'the network has no route to this address (EHOSTUNREACH)'],
    ['ENETUNREACH', 'host-unreachable', 'the network has no route to this address (ENETUNREACH)'],
    ['ENOTFOUND', 'unresolved-host', 'the name has no address (ENOTFOUND)'],
    ['ECONNRESET', 'connection-lost', 'the connection was closed in the middle of a response (ECONNRESET)'],
    ['EPIPE', 'connection-lost', 'the connection was closed in the middle of a response (EPIPE)'],
    ['UND_ERR_SOCKET', 'connection-lost', 'the connection was closed in the middle of a response (UND_ERR_SOCKET)'],
    [
      'UND_ERR_HEADERS_OVERFLOW',
      'headers-too-large',
      'its response has more headers than any phone sends (UND_ERR_HEADERS_OVERFLOW)',
    ],
    [
      'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      'response-too-large',
      'its response is larger than any phone page and was cut off (UND_ERR_RES_EXCEEDED_MAX_SIZE)',
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'wrong-protocol',
      'it does not speak TLS on this port (ERR_SSL_WRONG_VERSION_NUMBER)',
    ],
    [
      'CERT_HAS_EXPIRED',
      'certificate-expired',
      'its certificate is out of date by the clock of this machine: library words (CERT_HAS_EXPIRED)',
    ],
  ])('%s is %s, in words for people', (code, expected, message) => {
    const error = toTransportError(thrown(code), 1);
    expect(error).toMatchObject({ code: expected, message, cause: { code } });
    expect(Object.keys(failureCodes)).toContain(error.code);
  });

  it.each([
    ...['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'EADDRNOTAVAIL', 'ENETDOWN'].map((code) => [
      code,
      'local-resources',
    ]),
    ...['EACCES', 'EPERM'].map((code) => [code, 'local-refused']),
  ])('%s is this machine’s own trouble (%s), and is said to be', (code = '', expected = '') => {
    const error = toTransportError(thrown(code), 0);
    expect(error.code).toBe(expected);
    expect(isLocalShortage(error)).toBe(true);
    expect(error.message).toMatch(/this machine/);
    expect(error.message).toMatch(new RegExp(`\\(${code}\\)$`));
    expect(Object.keys(failureCodes)).toContain(expected);
  });

  it.each(['EAI_AGAIN', 'EAI_FAIL', 'EAI_SYSTEM', 'EAI_MEMORY'])(
    '%s does not say that a name has no address',
    (code) => {
      expect(toTransportError(thrown(code), 0).code).toBe('name-lookup-failed');
    },
  );

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])(
    '%s before the first byte means that nobody answered',
    (code) => {
      expect(toTransportError(thrown(code), 0).code).toBe('connect-reset');
      expect(toTransportError(thrown(code), 1).code).toBe('connection-lost');
    },
  );

  it('keeps OpenSSL’s reason and leaves out its places', () => {
    const text =
      '00E8A1:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/ssl/rec.c:1605:SSL alert number 70';
    expect(toTransportError(thrown('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', text), 7)).toMatchObject({
      code: 'tls-too-old',
      message:
        'it only speaks TLS too old to be offered by default: tlsv1 alert protocol version (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
    });
  });

  it.each(['EE certificate key too weak', 'CA md too weak', 'CA certificate key too weak'])(
    'knows by OpenSSL’s words alone that a chain is too weak: %s',
    (text) => expect(toTransportError(thrown('UNSPECIFIED', text), 7).code).toBe('tls-too-old'),
  );

  it('keeps OpenSSL’s reason for a failed handshake', () => {
    const text = '00E8A1:error:0A000126:SSL routines:ssl3_read_n:unexpected eof:../deps/ssl/rec.c:320:';
    expect(toTransportError(thrown('ERR_SSL_UNEXPECTED_EOF', text), 7)).toMatchObject({
      code: 'tls-failed',
      message: 'the TLS handshake failed: unexpected eof (ERR_SSL_UNEXPECTED_EOF)',
    });
  });

  it('tells by what was left to read why an answer could not be parsed', () => {
    expect(toTransportError(parserError('Expected HTTP/', 'SSH-2.0'), 7)).toMatchObject({
      code: 'malformed-response',
      message: 'what came back is not HTTP (Expected HTTP/)',
    });
    expect(toTransportError(parserError('Invalid EOF state', ''), 7).code).toBe('connection-lost');
    expect(toTransportError(parserError('Expected HTTP/', '\x15\x03\x03'), 7).code).toBe('wrong-protocol');
    expect(toTransportError(parserError('Expected HTTP/', '\x16\x03\x01'), 7).code).toBe('wrong-protocol');
  });

  it('says of what it does not know what the caller knows', () => {
    expect(toTransportError(thrown(undefined, 'odd'), 1)).toMatchObject({
      code: 'malformed-response',
      message: 'what came back is not HTTP: odd',
    });
    expect(toTransportError(thrown('ODD', 'odd'), 1, 'tls-failed')).toMatchObject({
      code: 'tls-failed',
      message: 'the TLS handshake failed: odd (ODD)',
    });
  });

  it.each([null, undefined, 'a text', 7, {}])('copes with %j being thrown', (cause) => {
    expect(toTransportError(cause, 1).code).toBe('malformed-response');
  });

  it('leaves its own errors as they are', () => {
    const error = new TransportError('redirect-loop', 'in circles');
    expect(toTransportError(error, 0)).toBe(error);
    expect(isTransportError(error)).toBe(true);
    for (const other of [new Error('x'), null, undefined, 'TransportError'])
      expect(isTransportError(other)).toBe(false);
  });
});
