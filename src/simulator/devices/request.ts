/** A request as a device sees it. */
export interface DeviceRequest {
  port: 'http' | 'https';
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  body: string;
  /** Its `Authorization` header. */
  authorization: string | null;
  /** Its `Cookie` header. */
  cookie: string | null;
  /** Its `Referer` header. */
  referer: string | null;
  /** Its `Host` header. */
  host: string;
}

/** The fields of a urlencoded body, in order, later ones of a name winning. */
export function readForm(body: string): Map<string, string> {
  return new Map(new URLSearchParams(body));
}
