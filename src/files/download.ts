import { connectionReason } from '../domain/text/error-reason.js';
import type { Clock } from '../domain/ports/clock.js';
import type { OwnSockets } from '../transport/connection/own-sockets.js';
import { isOwnLack, isTransportError, toTransportError } from '../transport/errors/transport-error.js';

/** What a request needs from outside. */
export interface DownloadOptions {
  fetch: typeof fetch;
  /** For one attempt as a whole: redirects, headers and body. Milliseconds. */
  timeoutMs: number;
  clock: Pick<Clock, 'after'>;
  /** What this machine has to connect with. Absent: what it lacks is not waited for. */
  sockets?: OwnSockets;
}

/** What one file server answered. */
export type Download =
  | {
      kind: 'answer';
      status: number;
      /** Content-Type in lower case without parameters; empty when there is none. */
      contentType: string;
      /** Content-Length, null when it is missing. */
      length: number | null;
      /** The body up to the limit; empty when only headers were asked for. */
      body: Uint8Array;
      /** The body was longer than the limit and was cut off. */
      tooLarge: boolean;
      /** Where redirects led and with which statuses; empty without any. */
      redirects: { status: number; to: string }[];
    }
  /**
   * Timeouts, refused or broken connections, names that do not resolve, too many redirects: no word about the file. The other codes: this
   * machine could not even ask.
   */
  | { kind: 'unreachable'; code: 'files-unreachable' | 'local-resources' | 'local-refused'; message: string };

export interface DownloadRequest {
  method: 'GET' | 'HEAD';
  /** Bytes to read at most; 0 ends the request once the headers are there. */
  maxBytes: number;
  /** Attempts in all; a further one is made after a transient failure only. */
  attempts: 1 | 2;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Fetches a file or its headers. Never rejects; a transient failure (no answer, 5xx, 429) is tried again once if asked. */
export async function download(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
  let result = await patiently(url, request, options);
  for (let made = 1; made < request.attempts && isTransient(result); made += 1) {
    result = await patiently(url, request, options);
  }
  return result;
}

/** One attempt; for as long as this machine has nothing to make it with, it is none. */
async function patiently(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
  const once = (): Promise<Download> => attempt(url, request, options);
  try {
    return await (options.sockets?.patiently(once) ?? once());
  } catch (error) {
    if (!isTransportError(error)) throw error;
    const code = error.code === 'local-refused' ? 'local-refused' : 'local-resources';
    return { kind: 'unreachable', code, message: `${url.host} could not be asked: ${error.message}.` };
  }
}

/** Whether a later try may end differently. */
export function isTransient(result: Download): boolean {
  if (result.kind === 'unreachable') return result.code === 'files-unreachable';
  return result.status >= 500 || result.status === 429 || result.status === 408;
}

/** @throws TransportError for what this machine lacks */
async function attempt(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
  const controller = new AbortController();
  let timedOut = false;
  const cancelTimer = options.clock.after(options.timeoutMs, () => {
    timedOut = true;
    controller.abort();
  });
  try {
    return await follow(url, request, options.fetch, controller.signal);
  } catch (error) {
    const reason = connectionReason(error);
    const lack = toTransportError({ code: reason }, 0);
    if (!timedOut && isOwnLack(lack)) throw lack;
    const why = timedOut ? `no complete answer within ${options.timeoutMs} ms` : reason;
    return { kind: 'unreachable', code: 'files-unreachable', message: `${url.host} could not be reached: ${why}.` };
  } finally {
    cancelTimer();
    // Also ends what is still coming in, such as an image of which only the headers were wanted.
    controller.abort();
  }
}

async function follow(
  start: URL,
  request: DownloadRequest,
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<Download> {
  const redirects: { status: number; to: string }[] = [];
  for (let url = start; ;) {
    const response = await fetchFile(url.href, {
      method: request.method,
      redirect: 'manual',
      signal,
      // A compressed answer would have another length than the file.
      headers: { 'accept-encoding': 'identity', 'user-agent': 'fleet-migrate' },
    });
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return { ...(await answerOf(response, request.maxBytes)), redirects };
    await response.body?.cancel();
    if (redirects.length === MAX_REDIRECTS) {
      const message = `${start.host} redirects more than ${MAX_REDIRECTS} times.`;
      return { kind: 'unreachable', code: 'files-unreachable', message };
    }
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (!next || !/^https?:$/.test(next.protocol) || next.username !== '' || next.password !== '') {
      return {
        kind: 'unreachable',
        code: 'files-unreachable',
        message: `${start.host} redirects to something that is not a plain http or https URL.`,
      };
    }
    redirects.push({ status: response.status, to: next.href });
    url = next;
  }
}

async function answerOf(
  response: Response,
  maxBytes: number,
): Promise<Omit<Extract<Download, { kind: 'answer' }>, 'redirects'>> {
  const length = response.headers.get('content-length');
  const answer = {
    kind: 'answer' as const,
    status: response.status,
    contentType: (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    length: length !== null && /^\d+$/.test(length) ? Number(length) : null,
  };
  if (!response.ok || maxBytes === 0) {
    await response.body?.cancel();
    return { ...answer, body: new Uint8Array(), tooLarge: false };
  }
  return { ...answer, ...(await readUpTo(response, maxBytes)) };
}

async function readUpTo(response: Response, maxBytes: number): Promise<{ body: Uint8Array; tooLarge: boolean }> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size <= maxBytes) continue;
    await reader?.cancel();
    return { body: Buffer.concat(pieces).subarray(0, maxBytes), tooLarge: true };
  }
  return { body: Buffer.concat(pieces), tooLarge: false };
}
