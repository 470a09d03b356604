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

/** The fields of a urlencoded body, in order; of a repeated name the last one counts. */
export function readForm(body: string): Map<string, string> {
  return new Map(new URLSearchParams(body));
}

/** A reply, before the faults of the device's web server are applied to it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Closes the connection without sending anything. */
  drop?: boolean;
}

/** An HTML page. `charset` empty: the header does not name one. */
export function html(body: Buffer | string, charset: string = 'utf-8', status = 200): Reply {
  const type = charset === '' ? 'text/html' : `text/html; charset=${charset}`;
  return { status, headers: { 'Content-Type': type }, body: Buffer.from(body) };
}

/** A document of XML. */
export function xml(body: string): Reply {
  return { status: 200, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: Buffer.from(body) };
}

/** A redirect. */
export function redirect(status: number, location: string): Reply {
  return { status, headers: { Location: location }, body: Buffer.alloc(0) };
}

/** The ancestors' 404, to the byte (docs/knowledge/multiplatform-pages.md#titles-headers-and-sizes). */
export function phoneNotFound(): Reply {
  return html('<p><font size="5" color="#990000">404 Not Found\r\n!</p>', '', 404);
}

/** Every other device's 404. */
export function plainNotFound(): Reply {
  return html('<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>', 'utf-8', 404);
}
