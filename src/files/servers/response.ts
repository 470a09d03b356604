import { readUpTo } from '../../transport/body/read-response.js';
import { STATUS_CODES } from 'node:http';

/** The result of a request to a file server. */
export type Download =
  | {
      kind: 'response';
      status: number;
      /** Content-Type in lower case without parameters; empty when there is none. */
      contentType: string;
      /** The size of the file in bytes, as far as the server tells: Content-Length, or tsize of tftp. */
      length: number | null;
      /** The body up to the limit; empty when only headers were asked for. */
      body: Uint8Array;
      /** The body was longer than the limit and was cut off. */
      tooLarge: boolean;
      /** Where redirects led and with which statuses; empty without any. */
      redirects: { status: number; to: string }[];
      /** In place of the status, where the protocol has none: `TFTP error 1 (File not found)`. */
      said?: string;
    }
  /**
   * `files-unreachable`: a timeout, a refused or broken connection, a name that does not resolve, too many redirects; it says nothing about
   * the file. The other codes: this machine could not even send the request.
   */
  | {
      kind: 'unreachable';
      code: 'files-unreachable' | 'local-resources' | 'local-refused';
      message: string;
      /** The server did answer, but not with this file. */
      answered?: true;
    };

/**
 * Reads a response, its body only up to a limit.
 * @param provesContent where the headers tell no size, the first byte is read
 */
export async function readResponse(
  response: Response,
  maxBytes: number,
  provesContent = false,
): Promise<Omit<Extract<Download, { kind: 'response' }>, 'redirects'>> {
  const length = lengthOf(response.headers);
  const headers = {
    kind: 'response' as const,
    status: response.status,
    contentType: (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    length,
  };
  const limit = maxBytes === 0 && provesContent && length === null ? 1 : maxBytes;
  if (!response.ok || limit === 0) {
    await response.body?.cancel();
    return { ...headers, body: new Uint8Array(), tooLarge: false };
  }
  return { ...headers, ...(await readUpTo(response, limit)) };
}

/** Content-Length; `null` when it is missing, or is that of a compressed response and not of the file. */
function lengthOf(headers: Headers): number | null {
  const length = headers.get('content-length');
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  const isPlain = encoding === '' || encoding === 'identity';
  return length !== null && /^\d{1,15}$/.test(length) && isPlain ? Number(length) : null;
}

/** Whether a later attempt may end differently. */
export function isTransient(result: Download): boolean {
  if (result.kind === 'unreachable') return result.code === 'files-unreachable';
  return result.status >= 500 || result.status === 429 || result.status === 408;
}

/** Whether a body is a web page, which some servers send with status 200 in place of a missing file. */
export function looksLikeHtml(contentType: string, body: Uint8Array): boolean {
  if (contentType === 'text/html' || contentType === 'application/xhtml+xml') return true;
  const start = new TextDecoder('latin1').decode(body.subarray(0, 512)).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  return /^(?:<!--[^]*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|title|meta|h[1-6]|p|div|center|table|script|style|b|i|a|em|strong|font|span|pre|ul|form|frameset|hr|br|header|main|nav|section|article|aside|footer|link|base|img|svg|iframe|ol|li|dl|button|input|label|code|u|small|big|noscript|template)[\s/>]|<\?xml[^>]*>\s*<!doctype\s+html)/i.test(
    start,
  );
}

/** What a server said: `404 (Not Found)`, `TFTP error 1 (File not found)`. */
export function saidText({ status, said }: Pick<Extract<Download, { kind: 'response' }>, 'status' | 'said'>): string {
  return said ?? statusText(status);
}

function statusText(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? `status ${status}` : `${status} (${name})`;
}

/**
 * Warns of redirects: phones are documented to follow 301 and 302 only
 * (docs/knowledge/multiplatform-settings.md#when-a-phone-acts).
 */
export function redirectWarnings(url: string, redirects: readonly { status: number; to: string }[]): string[] {
  if (redirects.length === 0) return [];
  const statuses = redirects.map(({ status }) => status).filter((status) => status !== 301 && status !== 302);
  const unsure =
    statuses.length > 0
      ? ` Phones are known to follow 301 and 302, but perhaps not ${[...new Set(statuses)].join(', ')}.`
      : '';
  return [`${url} is redirected to ${redirects.at(-1)?.to ?? ''}.${unsure}`];
}
