import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

/** What a plain client saw. `error` is the code of the failure, `''` when there was none. */
export interface Seen {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
  bytes: number;
  error: string;
}

export interface Asked {
  method?: string;
  body?: string;
  /** Besides those of the body. */
  headers?: Record<string, string>;
  secure?: boolean;
  /** Stops reading after so many bytes. */
  most?: number;
  timeoutMs?: number;
}

/** One request over a connection of its own; never rejects. */
export function ask(port: number, address: string, path: string, asked: Asked = {}): Promise<Seen> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    let response: http.IncomingMessage | undefined;
    const timeout = asked.timeoutMs ?? 5000;
    // The client's own timeout is of silence, and some devices never stop talking.
    const deadline = setTimeout(() => finish('timeout'), 3 * timeout);
    const finish = (error: string): void => {
      clearTimeout(deadline);
      const body = Buffer.concat(parts).toString(
        /8859/.test(response?.headers['content-type'] ?? '') ? 'latin1' : 'utf8',
      );
      resolve({ status: response?.statusCode ?? 0, headers: response?.headers ?? {}, body, bytes, error });
      request.destroy();
    };
    const options = {
      host: address,
      port,
      path,
      method: asked.method ?? 'GET',
      agent: false as const,
      timeout,
      rejectUnauthorized: false,
      headers: {
        ...asked.headers,
        ...(asked.body === undefined
          ? {}
          : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(asked.body) }),
      },
    };
    const request = (asked.secure === true ? https : http).request(options, (incoming) => {
      response = incoming;
      incoming.on('data', (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
        if (bytes > (asked.most ?? Number.POSITIVE_INFINITY)) finish('too much');
      });
      incoming.on('end', () => finish(''));
      incoming.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'unknown'));
    });
    request.on('timeout', () => finish('timeout'));
    request.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'unknown'));
    request.end(asked.body);
  });
}

/** Connects, sends some bytes, and answers all that came back before the end and how it ended. */
export function rawTalk(port: number, address: string, send: string): Promise<{ bytes: Buffer; error: string }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = net.connect(port, address, () => socket.write(send));
    let error = '';
    socket.on('data', (part) => parts.push(part));
    socket.on('error', (problem: NodeJS.ErrnoException) => (error = problem.code ?? 'unknown'));
    socket.on('close', () => resolve({ bytes: Buffer.concat(parts), error }));
  });
}

/** One connection that is kept: each `get` waits for a whole answer with a length. */
export interface Conversation {
  get(path: string): Promise<{ head: string; body: string }>;
  /** Resolves when the connection is gone on this side. */
  close(): Promise<void>;
}

/** Opens a connection to a device. Bytes only, so that nothing between decides when to reconnect. */
export async function converse(port: number, address: string): Promise<Conversation> {
  const socket = net.connect(port, address);
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        let received = Buffer.alloc(0);
        const onData = (part: Buffer): void => {
          received = Buffer.concat([received, part]);
          const end = received.indexOf('\r\n\r\n');
          if (end < 0) return;
          const head = received.subarray(0, end).toString('latin1');
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
          if (received.length < end + 4 + length) return;
          socket.off('data', onData);
          socket.off('close', reject);
          resolve({ head, body: received.subarray(end + 4).toString('utf8') });
        };
        socket.on('data', onData);
        socket.once('close', reject);
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
      }),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}
