import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';

/** The two encodings of phones' pages, by Node's names. */
export type Charset = 'utf8' | 'latin1';

/**
 * The text of a response. Phone pages are UTF-8 or ISO-8859-1, declared in the header, in the page or nowhere; bytes that are not
 * valid UTF-8 are read as ISO-8859-1, which never fails.
 */
export function decodeBody(bytes: Buffer, contentType: string): { text: string; charset: Charset } {
  const declared = charsetIn(contentType) ?? charsetIn(bytes.toString('latin1', 0, 1024));
  const latin = declared !== null && /^(?:iso-?8859-1|latin-?1|windows-1252|us-ascii)$/.test(declared);
  const charset = !latin && isUtf8(bytes) ? 'utf8' : 'latin1';
  return { text: bytes.toString(charset), charset };
}

/** The same of the beginning of a response: a character that has arrived in part does not make it ISO-8859-1. */
export function decodeBeginning(bytes: Buffer, contentType: string): ReturnType<typeof decodeBody> {
  return decodeBody(bytes.subarray(0, bytes.length - cutCharacter(bytes)), contentType);
}

/** How many bytes at the end begin a UTF-8 character that is not all there. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?([\w-]{1,40})/i.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** The response headers, repeated ones joined by commas. */
export function headersOf({ headers }: Pick<Dispatcher.ResponseData, 'headers'>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? '';
    joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

/** The announced length of the body in bytes; 0 if none. */
export function announcedLength(headers: Readonly<Record<string, string>>): number {
  return Number.parseInt(headers['content-length'] ?? '', 10) || 0;
}
