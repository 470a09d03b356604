import type { Endpoint } from '../connection/connect.js';
import { originOf } from './origin.js';
import { TransportError } from '../errors/transport-error.js';

/** Where a redirect leads on the same host. */
export interface RedirectTarget {
  endpoint: Endpoint;
  path: string;
}

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer redirects to, or `null` when it is none. Only the same host is followed: on a captive portal or proxy everything
 * else would be somebody else's page.
 * @throws TransportError `redirect-elsewhere`
 */
export function redirectTarget(
  page: { status: number; headers: Readonly<Record<string, string>> },
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
