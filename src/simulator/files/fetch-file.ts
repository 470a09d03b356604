import http from 'node:http';
import https from 'node:https';
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
 * Fetches a URL as a phone does. Only http and https on loopback: a simulated phone never leaves the machine, and
 * anything else (another host, tftp, a broken URL) gets no response. Never rejects.
 */
export async function fetchFile(url: string, userAgent: string, redirects = 0): Promise<FetchedFile> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || !(isLoopback(target.hostname) || target.hostname === 'localhost')) return NO_ANSWER;
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return NO_ANSWER;
  const { status, body, location } = await request(target, userAgent);
  if ((status === 301 || status === 302) && location !== undefined && redirects < MOST_REDIRECTS) {
    const next = URL.canParse(location, url) ? new URL(location, url).href : '';
    return fetchFile(next, userAgent, redirects + 1);
  }
  return { status, body };
}

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
