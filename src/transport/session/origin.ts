import type { Endpoint } from '../connection/connect.js';

/** Where a host is spoken to, as the beginning of a URL, such as `http://10.0.0.7:80`; an IPv6 address in its brackets. */
export function originOf({ host, endpoint: { scheme, port } }: { host: string; endpoint: Endpoint }): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
