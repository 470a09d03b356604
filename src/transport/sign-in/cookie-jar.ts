import type { Clock } from '../../domain/ports/clock.js';
import type { Endpoint } from '../connection/endpoint.js';

interface Cookie {
  name: string;
  value: string;
  /** Only for pages at or below it. */
  path: string;
  /** The one scheme and port it came from, and goes back to. */
  door: string;
  /** By `Clock.monotonic`; `null`: as long as the run. */
  expiresAt: number | null;
}

const mostCookies = 20;
const mostCharacters = 4_096;

/**
 * The cookies of one address for one run. Stricter than RFC 6265: a cookie goes back only to the scheme and port it came from, so that
 * none that came over https leaves over plain http, and a `Domain` widens nothing.
 */
export class CookieJar {
  readonly #cookies: Cookie[] = [];

  constructor(private readonly clock: Pick<Clock, 'now' | 'monotonic'>) {}

  get isEmpty(): boolean {
    return this.#cookies.length === 0;
  }

  /** Stores the cookies of a response. Never throws. @param headers each `Set-Cookie` header separately */
  take(headers: readonly string[], endpoint: Endpoint, requestPath: string): void {
    for (const header of headers) {
      const cookie = this.#read(header, endpoint, requestPath);
      if (!cookie) continue;
      const { name, path, door, expiresAt } = cookie;
      const at = this.#cookies.findIndex((one) => one.name === name && one.path === path && one.door === door);
      if (at >= 0) this.#cookies.splice(at, 1);
      if (expiresAt !== null && expiresAt <= this.clock.monotonic()) continue;
      if (this.#cookies.length >= mostCookies) this.#cookies.shift();
      this.#cookies.push(cookie);
    }
  }

  /** The `Cookie` header of a request, the longest paths first; `null` when there is none for it. */
  header(endpoint: Endpoint, requestPath: string): string | null {
    const now = this.clock.monotonic();
    const path = pathOf(requestPath);
    const fitting = this.#cookies
      .filter(({ door }) => door === doorOf(endpoint))
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
      .filter((cookie) => isBelow(path, cookie.path))
      .sort((a, b) => b.path.length - a.path.length);
    return fitting.length === 0 ? null : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #read(header: string, endpoint: Endpoint, requestPath: string): Cookie | null {
    const [pair = '', ...rest] = header.slice(0, mostCharacters * 2).split(';');
    const [, name = '', value = ''] = /^\s*([^\s=;,]+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
    // Only what a header can carry.
    if (name === '' || name.length + value.length > mostCharacters || /[^\x21-\x7e]/.test(name)) return null;
    if (/[^\x20-\x7e\x80-\xff]/.test(value)) return null;
    const attributes = new Map(rest.map(attributeOf));
    if (attributes.has('secure') && endpoint.scheme !== 'https') return null;
    const path = attributes.get('path') ?? '';
    return {
      name,
      value,
      path: path.startsWith('/') ? path : defaultPath(pathOf(requestPath)),
      door: doorOf(endpoint),
      expiresAt: this.#end(attributes),
    };
  }

  /** `Max-Age` wins over `Expires`; unreadable values count as absent. */
  #end(attributes: ReadonlyMap<string, string>): number | null {
    const age = attributes.get('max-age') ?? '';
    if (/^-?\d{1,12}$/.test(age)) return this.clock.monotonic() + Number(age) * 1_000;
    const at = Date.parse(attributes.get('expires') ?? '');
    return Number.isNaN(at) ? null : this.clock.monotonic() + (at - this.clock.now());
  }
}

function attributeOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const [name, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return [name.trim().toLowerCase(), value.trim()];
}

function doorOf({ scheme, port }: Endpoint): string {
  return `${scheme}:${port}`;
}

function pathOf(requestPath: string): string {
  return requestPath.split(/[?#]/, 1)[0] ?? '/';
}

/** The folder of a page (RFC 6265 §5.1.4). */
function defaultPath(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || (path.startsWith(folder) && (folder.endsWith('/') || path[folder.length] === '/'));
}
