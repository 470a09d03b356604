import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { checksAgent } from '../../domain/network/checks-agent.js';
import { fetchTftp } from '../../tftp/client.js';
import { toTransportError } from '../../transport/errors/transport-error.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Download } from './response.js';

/** What a refusal by TFTP (RFC 1350 §5) is over HTTP. Any other may pass: servers that are full send 0, whose meaning is in its text. */
const statusOf: Readonly<Record<number, number>> = { 1: 404, 2: 403 };
const mayPass = 503;

/** One attempt over TFTP, as a download over HTTP. @throws TransportError for a local shortage */
export async function downloadTftp(
  url: URL,
  { method, maxBytes, provesContent = false }: { method: 'GET' | 'HEAD'; maxBytes: number; provesContent?: boolean },
  { timeoutMs, clock }: { timeoutMs: number; clock: Pick<Clock, 'after'> },
): Promise<Download> {
  const most = method === 'GET' && maxBytes === 0 && provesContent ? 1 : maxBytes;
  const result = await fetchTftp({
    host: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    file: fileOf(url),
    maxBytes: most,
    timeoutMs,
    clock,
    userAgent: checksAgent,
  });
  const response = { kind: 'response' as const, contentType: '', redirects: [] };
  switch (result.kind) {
    case 'file':
      return { ...response, status: 200, length: result.size, body: result.bytes, tooLarge: result.tooLarge };
    case 'refused': {
      // Broken off in the middle, it says nothing about the file.
      const status = result.bytes > 0 ? mayPass : (statusOf[result.code] ?? mayPass);
      const said = `TFTP error ${result.code}${result.message === '' ? '' : ` (${result.message})`}`;
      return { ...response, status, length: null, body: new Uint8Array(), tooLarge: false, said };
    }
    case 'broken':
      return { kind: 'unreachable', code: 'files-unreachable', message: result.message, answered: true };
    case 'unreachable': {
      const shortage = toTransportError({ code: result.code ?? '' }, 0);
      if (isLocalShortage(shortage)) throw shortage;
      return { kind: 'unreachable', code: 'files-unreachable', message: result.message };
    }
  }
}

/** The name to ask for: without the slash that ends the server's name. */
function fileOf({ pathname, search }: URL): string {
  const path = pathname.slice(1) + search;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
