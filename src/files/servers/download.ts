import { type Download, isTransient, readResponse } from './response.js';
import { downloadTftp } from './tftp-download.js';
import type { Turns } from './turns.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { checksAgent } from '../../domain/network/checks-agent.js';
import { connectionReason } from '../../domain/text/error-reason.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { LocalSockets } from '../../transport/connection/local-sockets.js';
import { isTransportError, toTransportError } from '../../transport/errors/transport-error.js';
import type { TlsSettings } from '../../transport/connection/trust.js';
import { trustingFetch } from '../../transport/connection/trust.js';

/** How undici calls a connection that ends within a response. */
const brokenConnection = 'UND_ERR_SOCKET';

/** What a request needs from outside. */
export interface DownloadOptions {
  fetch: typeof fetch;
  /** For one attempt as a whole: redirects, headers and body. Milliseconds. */
  timeoutMs: number;
  clock: Pick<Clock, 'after' | 'monotonic'>;
  /** How many files are asked for over TFTP at once: servers refuse more. Absent: no limit. */
  tftpTurns?: Turns;
  /** The sockets of this machine, shared by the run. Absent: a local shortage is not waited out. */
  sockets?: LocalSockets;
}

export interface DownloadRequest {
  method: 'GET' | 'HEAD';
  /** Bytes to read at most; 0 ends the request once the headers have arrived. */
  maxBytes: number;
  /** With `maxBytes` 0: reads the first byte where the headers tell no size, so that an empty file is told from one that is there. */
  provesContent?: boolean;
  /** Attempts in all; a second one follows a transient failure only. */
  attempts: 1 | 2;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Fetches a file, or its headers, over http, https or tftp. Never rejects. A transient failure (no response, 5xx, 408, 429, and what TFTP has for them) is tried again if `attempts` allows it and the first took less than the time for one. */
export async function download(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
  const began = options.clock.monotonic();
  let result = await patiently(url, request, options);
  // A server that was silent for all of the time has had it: twice as long would be another time than the one that is told.
  const hasTime = (): boolean => options.clock.monotonic() - began < options.timeoutMs;
  for (let made = 1; made < request.attempts && isTransient(result) && hasTime(); made += 1) {
    result = await patiently(url, request, options);
  }
  return result;
}

/** One attempt. A local shortage is waited out first: without a socket, nothing has been attempted. */
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

/** @throws TransportError for a local shortage */
function attempt(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
  if (url.protocol !== 'tftp:') return attemptHttp(url, request, options);
  const once = (): Promise<Download> => downloadTftp(url, request, options);
  return options.tftpTurns?.take(once) ?? once();
}

async function attemptHttp(url: URL, request: DownloadRequest, options: DownloadOptions): Promise<Download> {
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
    const shortage = toTransportError({ code: reason }, 0);
    if (!timedOut && isLocalShortage(shortage)) throw shortage;
    const why = timedOut
      ? `no complete response within ${options.timeoutMs} ms`
      : reason === brokenConnection
        ? 'it ended the connection before its response was complete'
        : reason;
    return { kind: 'unreachable', code: 'files-unreachable', message: `${url.host} could not be reached: ${why}.` };
  } finally {
    cancelTimer();
    // Also ends a body that is still arriving, such as an image of which only the headers were wanted.
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
      // A compressed response would differ in length from the file.
      headers: { 'accept-encoding': 'identity', 'user-agent': checksAgent },
    });
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null)
      return { ...(await readResponse(response, request.maxBytes, request.provesContent)), redirects };
    await response.body?.cancel();
    if (redirects.length === MAX_REDIRECTS) {
      const message = `${start.host} redirects more than ${MAX_REDIRECTS} times.`;
      return { kind: 'unreachable', code: 'files-unreachable', message, answered: true };
    }
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (!next || !/^https?:$/.test(next.protocol) || next.username !== '' || next.password !== '') {
      return {
        kind: 'unreachable',
        code: 'files-unreachable',
        message: `${start.host} redirects to something that is not a plain http or https URL.`,
        answered: true,
      };
    }
    redirects.push({ status: response.status, to: next.href });
    url = next;
  }
}

/** Node's own `fetch` for the file server, with the same trust in certificates as for phones. */
export function createFilesFetch(settings: TlsSettings): typeof fetch {
  return trustingFetch(settings);
}
