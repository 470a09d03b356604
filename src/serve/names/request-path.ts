/** Longer ones are no names of files. */
const mostUnits = 1_024;

/** How a path is written: percent-encoded in URLs, as it is in TFTP. */
export type Spelling = 'url' | 'plain';

/**
 * The path of a file within what is served, of a request as it came: the target of an HTTP request, or the name in a TFTP request. Queries are
 * left out (rules of phones are varied by `?again=1`), repeated slashes count once. Decoded once only: what was encoded twice stays a name that
 * no file has.
 * @returns parts with slashes between them, none of them `.`, `..`, hidden, or empty; `''` for what is served itself; `null` for what no path is
 */
export function requestPath(target: string, spelling: Spelling): string | null {
  if (target.length > mostUnits) return null;
  const [written = ''] = withoutServer(target, spelling).split(/[?#]/, 1);
  const decoded = spelling === 'url' ? decode(written) : written;
  // Control characters, halves of characters, and what separates paths on Windows.
  if (decoded === null || /[\0-\x1f\x7f\\\p{Cs}]/u.test(decoded)) return null;
  const parts = decoded.split('/').filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('.'))) return null;
  // A folder is asked for, even if a file has that name.
  return parts.length > 0 && decoded.endsWith('/') ? null : parts.join('/');
}

/** Proxies are asked for whole URLs, and servers must take them (RFC 9112 §3.2.2). */
function withoutServer(target: string, spelling: Spelling): string {
  return spelling === 'url' ? target.replace(/^https?:\/\/[^/?#]*/i, '') : target;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
