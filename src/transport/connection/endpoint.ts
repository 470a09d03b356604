/** Scheme and port that a phone is spoken to at. */
export interface Endpoint {
  scheme: 'http' | 'https';
  port: number;
}

/** The beginning of a URL at a host's endpoint, such as `http://10.0.0.7:80`; an IPv6 address is put in brackets. */
export function originOf({ host, endpoint: { scheme, port } }: { host: string; endpoint: Endpoint }): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether two endpoints have the same scheme and port. */
export function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return one.scheme === other.scheme && one.port === other.port;
}
