import { readUpTo } from '../../transport/body/read-response.js';
import { checksAgent } from '../../domain/network/checks-agent.js';
import type { Clock } from '../../domain/ports/clock.js';
import { codeOf } from '../../domain/text/error-reason.js';
import { toTransportError } from '../../transport/errors/transport-error.js';
import { UcmError } from '../ucm.js';

/** One request to a node. */
export interface HttpRequest {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** `null`: a GET. */
  body: string | null;
  /** Whether it may change something on Unified CM. */
  changes: boolean;
  /** For the whole of it (ms). */
  timeoutMs: number;
  /** Bytes of the body at most. */
  maxBytes: number;
}

/** What came back, whatever it is. */
export interface HttpAnswer {
  status: number;
  /** In lower case, without parameters; empty when there is none. */
  contentType: string;
  text: string;
  /** The body was longer than the limit. */
  isTooLong: boolean;
  /** It is no UTF-8, so that `text` is not all of it. */
  isDamaged: boolean;
  cookies: readonly string[];
}

export interface HttpContext {
  fetch: typeof fetch;
  clock: Pick<Clock, 'after'>;
}

/** Codes of failures before any request can have left. */
const unsent =
  /^(?:ECONNREFUSED|ENOTFOUND|ENODATA|EAI_\w+|EMFILE|ENFILE|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|\w+_CERT\w*|UNABLE_TO_\w+|INVALID_(?:CA|PURPOSE)|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/;

const ofCertificate = new Set(['certificate-untrusted', 'certificate-expired', 'tls-failed', 'tls-too-old']);
const ofAnotherService = new Set(['wrong-protocol', 'malformed-response', 'headers-too-large']);

/**
 * Sends one request and reads all of the response up to its limit. Follows no redirect.
 * @throws UcmError `ucm-unreachable`, `ucm-certificate`, `ucm-not-ucm`; for a change that may have arrived `ucm-answer-lost`
 */
export async function exchange(request: HttpRequest, { fetch, clock }: HttpContext): Promise<HttpAnswer> {
  const controller = new AbortController();
  let timedOut = false;
  const cancelTimer = clock.after(request.timeoutMs, () => {
    timedOut = true;
    controller.abort();
  });
  try {
    const response = await fetch(request.url.href, {
      method: request.body === null ? 'GET' : 'POST',
      body: request.body,
      redirect: 'manual',
      signal: controller.signal,
      headers: { 'user-agent': checksAgent, 'accept-encoding': 'identity', ...request.headers },
    });
    const { body: bytes, tooLarge: isTooLong } = await readUpTo(response, request.maxBytes);
    return {
      status: response.status,
      contentType: (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      ...decoded(bytes),
      isTooLong,
      cookies: response.headers.getSetCookie(),
    };
  } catch (error) {
    throw whyNot(error, request, timedOut);
  } finally {
    cancelTimer();
    controller.abort();
  }
}

function decoded(bytes: Uint8Array): { text: string; isDamaged: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isDamaged: false };
  } catch {
    return { text: new TextDecoder().decode(bytes), isDamaged: true };
  }
}

function whyNot(error: unknown, { url, changes, timeoutMs }: HttpRequest, timedOut: boolean): UcmError {
  const cause = telling(error);
  const { code, message } = toTransportError(cause, 0, 'connection-lost');
  const nodeCode = codeOf(cause) ?? '';
  const wasSent = timedOut || !(unsent.test(nodeCode) || (cause as { syscall?: unknown }).syscall === 'connect');
  const why = timedOut ? `there was no complete response within ${timeoutMs} ms` : message;
  if (changes && wasSent)
    return new UcmError(
      'ucm-answer-lost',
      `The answer of Unified CM at ${url.host} to a change was lost (${why}), so whether it was made is not known.`,
      false,
      { cause: error },
    );
  const kind = timedOut
    ? 'ucm-unreachable'
    : ofCertificate.has(code)
      ? 'ucm-certificate'
      : ofAnotherService.has(code)
        ? 'ucm-not-ucm'
        : 'ucm-unreachable';
  return new UcmError(kind, `Unified CM at ${url.host} could not be asked: ${why}.`, true, { cause: error });
}

/** The first of an error's causes that has a code: `fetch` itself only says that it failed. */
function telling(error: unknown): object {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    if (codeOf(at) !== null) return at;
    at = 'cause' in at ? at.cause : null;
  }
  return Object(error) as object;
}
