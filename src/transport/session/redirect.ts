import { type Endpoint, originOf } from '../connection/endpoint.js';
import { TransportError } from '../errors/transport-error.js';
import type { Page } from './page.js';

/** Where a redirect leads on the same host. */
export interface RedirectTarget {
  endpoint: Endpoint;
  path: string;
}

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response redirects to; `null` for any other response. Only redirects to the same host are followed: a captive
 * portal or proxy leads elsewhere.
 * @throws TransportError `redirect-elsewhere`
 */
export function redirectTarget(
  page: Pick<Page, 'status' | 'headers'>,
  host: string,
  endpoint: Endpoint,
  path: string,
): RedirectTarget | null {
  const location = page.headers['location'];
  if (!redirects.has(page.status) || !location) return null;
  const here = originOf({ host, endpoint });
  const url = URL.canParse(location, here + path) ? new URL(location, here + path) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname !== new URL(here).hostname) {
    throw new TransportError('redirect-elsewhere', `it redirects to ${location.slice(0, 200)}`);
  }
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    endpoint: { scheme, port: Number(url.port) || (scheme === 'https' ? 443 : 80) },
    path: url.pathname + url.search,
  };
}

/** The redirects that were followed for one request. */
export class RedirectTrail {
  readonly #seen = new Set<string>();
  #at: RedirectTarget;

  constructor(
    private readonly start: RedirectTarget,
    private readonly maxRedirects: number,
  ) {
    this.#at = start;
    this.#seen.add(placeOf(start));
  }

  /** @throws TransportError `redirect-loop`, or `redirect-downgrade` for one that leads from https to plain http */
  follow(target: RedirectTarget): void {
    if (this.#seen.has(placeOf(target)) || this.#seen.size > this.maxRedirects) {
      throw new TransportError('redirect-loop', `${this.start.path} redirects in circles (last to ${target.path})`);
    }
    this.#seen.add(placeOf(target));
    // What began encrypted does not continue unencrypted.
    if (this.#at.endpoint.scheme === 'https' && target.endpoint.scheme === 'http')
      throw new TransportError('redirect-downgrade', `it redirects to plain http on port ${target.endpoint.port}`);
    this.#at = target;
  }
}

function placeOf({ endpoint: { scheme, port }, path }: RedirectTarget): string {
  return `${scheme}:${port}${path}`;
}
