import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { systemErrors } from '../../domain/failures/system-errors.js';

/** What happened, in words for voice engineers. */
const words: Partial<Record<FailureCodeName, string>> = {
  'connect-refused': 'nothing listens on the port',
  'connect-timeout': 'nothing answered the attempt to connect',
  'connect-reset': 'the connection was closed before any response',
  'connection-lost': 'the connection was closed in the middle of a response',
  'host-unreachable': 'the network has no route to this address',
  'local-resources': 'this machine has nothing left to connect with',
  'local-refused': 'this machine itself refuses to connect there; look at its own firewall and routes',
  'name-lookup-failed': 'no name server could say whether the name has an address',
  'unresolved-host': 'the name has no address',
  'response-too-large': 'its response is larger than any phone page and was cut off',
  'headers-too-large': 'its response has more headers than any phone sends',
  'malformed-response': 'what came back is not HTTP',
  'tls-failed': 'the TLS handshake failed',
  'tls-too-old': 'it only speaks TLS too old to be offered by default',
  'certificate-untrusted': 'its certificate is not trusted',
  'certificate-expired': 'its certificate is out of date by the clock of this machine',
};

/** Codes for which the library's own text is the reason. */
const reasonMatters: ReadonlySet<FailureCodeName> = new Set([
  'certificate-untrusted',
  'certificate-expired',
  'tls-failed',
  'tls-too-old',
]);

/**
 * A failure in words, with the library's code in parentheses.
 * @param libraryText what the library said; shown only where it is the reason itself, as for certificates
 */
export function said(failureCode: FailureCodeName, libraryCode: string, libraryText: string): string {
  const text = systemErrors[libraryCode]?.words ?? described(failureCode, libraryCode, libraryText);
  return libraryCode === '' || text.includes(libraryCode) ? text : `${text} (${libraryCode})`;
}

function described(failureCode: FailureCodeName, libraryCode: string, libraryText: string): string {
  if (failureCode === 'wrong-protocol') {
    return libraryCode === ''
      ? 'it speaks TLS on this port, where plain HTTP was expected'
      : 'it does not speak TLS on this port';
  }
  const text = words[failureCode] ?? 'it could not be reached';
  const parserReason = /^Response does not match the HTTP\/1\.1 protocol(?: \((.*)\))?$/.exec(libraryText);
  if (parserReason) return parserReason[1] ? `${text} (${parserReason[1]})` : text;
  const isReason = reasonMatters.has(failureCode) || libraryCode === '';
  const reason = isReason ? withoutAdvice(withoutOpenSslPlaces(libraryText)) : '';
  return reason === '' ? text : `${text}: ${reason}`;
}

/** OpenSSL puts thread, number, source file and line around its reason: `00E8…:error:0A00…:SSL routines:f:reason:../x.c:1605:…`. */
function withoutOpenSslPlaces(text: string): string {
  return /:SSL routines:[^:]*:([^:]+):/.exec(text)?.[1] ?? text.trim();
}

/** Newer versions of Node add advice on how to start them; our hint says what to do with this program. */
function withoutAdvice(text: string): string {
  return text.replace(/; if the root CA is installed locally.*$/s, '');
}
