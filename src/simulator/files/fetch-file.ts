import http from 'node:http';
import https from 'node:https';
import { fetchTftp } from '../../tftp/client.js';
import { isLoopback } from '../addresses.js';

/** What came back: a body, or why not. `status` 0 means no response. */
export interface FetchedFile {
  status: number;
  body: Buffer;
}

const NO_ANSWER: FetchedFile = { status: 0, body: Buffer.alloc(0) };
/** Redirects followed at most; phones follow 301 and 302 (docs/knowledge/multiplatform-settings.md#when-a-phone-acts). */
const MOST_REDIRECTS = 3;
const MOST_BYTES = 4 * 1024 * 1024;
const DEADLINE_MS = 10_000;

/**
 * Fetches a URL as a phone does. Only http, https and tftp on loopback: a simulated phone never leaves the machine, and
 * anything else (another host or scheme, a broken URL) gets no response. Over TFTP "file not found" is a 404, and any other refusal a 503. Never rejects.
 */
export async function fetchFile(url: string, userAgent: string, redirects = 0): Promise<FetchedFile> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || !(isLoopback(target.hostname) || target.hostname === 'localhost')) return NO_ANSWER;
  if (target.protocol === 'tftp:') return overTftp(target);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return NO_ANSWER;
  const { status, body, location } = await request(target, userAgent);
  if ((status === 301 || status === 302) && location !== undefined && redirects < MOST_REDIRECTS) {
    const next = URL.canParse(location, url) ? new URL(location, url).href : '';
    return fetchFile(next, userAgent, redirects + 1);
  }
  return { status, body };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Over TFTP phones do not say who they are. */
async function overTftp({ hostname, port, pathname }: URL): Promise<FetchedFile> {
  const result = await fetchTftp({
    host: hostname === 'localhost' ? '127.0.0.1' : hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    ...{ file: decoded(pathname.slice(1)), maxBytes: MOST_BYTES, timeoutMs: DEADLINE_MS, clock: deadlines },
  });
  if (result.kind === 'file') return result.tooLarge ? NO_ANSWER : { status: 200, body: Buffer.from(result.bytes) };
  return result.kind === 'refused' ? { ...NO_ANSWER, status: result.code === 1 ? 404 : 503 } : NO_ANSWER;
}

/** Not those of the simulation, which may run faster: packets take as long as they take. */
const deadlines = {
  after: (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

function request(target: URL, userAgent: string): Promise<FetchedFile & { location: string | undefined }> {
  return new Promise((resolve) => {
    const failed = (): void => resolve({ ...NO_ANSWER, location: undefined });
    const options = { headers: { 'User-Agent': userAgent }, agent: false as const, timeout: DEADLINE_MS };
    const answered = (response: http.IncomingMessage): void => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > MOST_BYTES) response.destroy();
        else parts.push(part);
      });
      response.on('error', failed);
      response.on('close', failed);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts),
          location: response.headers.location,
        }),
      );
    };
    // Our own file server's certificate cannot be verified.
    const sent =
      target.protocol === 'https:'
        ? https.get(target, { ...options, rejectUnauthorized: false }, answered)
        : http.get(target, options, answered);
    sent.on('timeout', () => sent.destroy());
    sent.on('error', failed);
  });
}
