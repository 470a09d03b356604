import { connectionReason } from '../../domain/text/error-reason.js';
import { type Backoff, backoffDelay } from '../../domain/pacing/backoff.js';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import { safeJson } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { NotifyBody } from './notify-body.js';

/** Dependencies of a notification. */
export interface NotifyOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** For one try as a whole, in milliseconds. */
  timeoutMs: number;
}

/** What became of a message. `message` names the receiver by host only: the rest of such URLs is often a secret. */
export interface NotifyResult {
  sent: boolean;
  /** Status of the last response; `null` without one. */
  status: number | null;
  tries: number;
  message: string;
}

const mostTries = 3;

/** There is one sender, so no jitter is needed. */
const betweenTries: Backoff = { firstMs: 1_000, factor: 4, mostMs: 4_000, spread: 0 };

/**
 * Checks the URL of `--notify` before anything is contacted. User and password in it are sent as Basic authorization.
 *
 * @throws UsageError, which does not repeat the URL: it may contain a secret.
 */
export function checkNotifyUrl(text: string): URL {
  const how = 'give an http or https URL such as https://chat.example.com/hooks/fleet';
  if (!URL.canParse(text)) throw new UsageError(`--notify is not a URL; ${how}.`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`--notify has a URL that begins with ${url.protocol} and cannot be posted to; ${how}.`);
  if (basicOf(url) === null) throw new UsageError(`--notify has a user or password with a broken % escape; ${how}.`);
  return url;
}

/**
 * Posts a message as JSON. Without a response, or with a temporary error (5xx, 408, 429), it is tried again after 1 s and 4 s. Ends
 * after three timeouts and five seconds at the latest and never rejects: a lost message changes nothing about a run.
 */
export async function notify(url: URL, body: NotifyBody, options: NotifyOptions): Promise<NotifyResult> {
  const request = requestFor(url, body);
  for (let tries = 1; ; tries += 1) {
    const answer = await post(url, request, options);
    const status = typeof answer === 'number' ? answer : null;
    if (status !== null && status >= 200 && status < 300)
      return { sent: true, status, tries, message: `${url.host} was notified.` };
    const passing = status === null || status >= 500 || status === 408 || status === 429;
    if (!passing || tries === mostTries) {
      const why = status === null ? answer : `it responded with status ${status}`;
      const after = tries === 1 ? '' : ` (${tries} tries)`;
      return { sent: false, status, tries, message: `${url.host} could not be notified: ${why}${after}.` };
    }
    await sleep(
      options.clock,
      backoffDelay(betweenTries, tries, () => 0.5),
    );
  }
}

interface PostRequest {
  href: string;
  init: RequestInit;
}

function requestFor(url: URL, body: NotifyBody): PostRequest {
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
function post(
  url: URL,
  { href, init }: PostRequest,
  { fetch, clock, timeoutMs }: NotifyOptions,
): Promise<number | string> {
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

/** `user:password` for Basic authorization; empty without any, `null` when it cannot be decoded. */
function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return '';
  try {
    return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`, 'utf8').toString('base64');
  } catch {
    return null;
  }
}
