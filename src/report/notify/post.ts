import type { Clock } from '../../domain/ports/clock.js';
import { connectionReason } from '../../domain/text/error-reason.js';
import { safeJson } from '../../domain/text/printable.js';
import { secretsOfUrl, withoutSecrets } from './known-secrets.js';
import { basicOf } from './receiver.js';
import { inTries, type NotifyResult } from './tries.js';

/** Dependencies of a message that is posted. */
export interface PostOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** For one try as a whole, in milliseconds. */
  timeoutMs: number;
}

/**
 * Posts a message as JSON. Without a response, or with a temporary error (5xx, 408, 429), it is tried again after 1 s and 4 s. Ends
 * after three timeouts and five seconds at the latest and never rejects: a lost message changes nothing about a run.
 */
export function postMessage(url: URL, body: object, options: PostOptions): Promise<NotifyResult> {
  const request = requestFor(url, body);
  return inTries(url.host, options.clock, async () => {
    const answer = await post(request, options);
    const status = typeof answer === 'number' ? answer : null;
    return {
      sent: status !== null && status >= 200 && status < 300,
      status,
      why:
        typeof answer === 'number' ? `it responded with status ${answer}` : withoutSecrets(answer, secretsOfUrl(url)),
      isPassing: status === null || status >= 500 || status === 408 || status === 429,
    };
  });
}

interface PostRequest {
  href: string;
  init: RequestInit;
}

function requestFor(url: URL, body: object): PostRequest {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  const basic = basicOf(url);
  return {
    href: bare.href,
    init: {
      method: 'POST',
      // Redirects are not followed: the message and its authorization are for this receiver.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'fleet-migrate',
        ...(basic ? { authorization: `Basic ${basic}` } : {}),
      },
      body: safeJson(body),
    },
  };
}

/** One try: the status of the response, or why there was none. Ends in time even if `fetch` ignores its signal. */
function post({ href, init }: PostRequest, { fetch, clock, timeoutMs }: PostOptions): Promise<number | string> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const finish = (answer: number | string): void => {
      cancelTimer();
      resolve(answer);
    };
    const cancelTimer = clock.after(timeoutMs, () => {
      resolve(`no response within ${timeoutMs} ms`);
      controller.abort();
    });
    // Within a promise, so that a synchronous throw is caught as well.
    Promise.resolve()
      .then(() => fetch(href, { ...init, signal: controller.signal }))
      .then(
        (response) => {
          finish(response.status);
          // The body does not matter; left unread it would hold the connection.
          response.body?.cancel().catch(() => {});
        },
        (error: unknown) => finish(connectionReason(error)),
      );
  });
}
