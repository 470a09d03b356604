import net from 'node:net';

/** A connection as the server sees it. */
export interface Caller {
  /** From 1, in the order of connecting. */
  number: number;
  socket: net.Socket;
  /** Heads of the requests so far. */
  requests: string[];
}

export type Answer = (head: string, caller: Caller) => void;

/** A server that speaks bytes, and counts what a client does to it. */
export interface RawServer {
  port: number;
  /** Everybody who connected. */
  callers: Caller[];
  /** All requests, over whatever connection. */
  requests: string[];
  /** The most connections, and the most unanswered requests, there ever were at once. */
  mostOpen: number;
  mostWaiting: number;
  open(): number;
  /** Resolves when no connection is left. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on loopback and calls `answer` for every whole request.
 * @param greet called for each new connection, before any request
 */
export async function rawServer(answer: Answer, greet: (caller: Caller) => void = () => {}): Promise<RawServer> {
  const open = new Set<net.Socket>();
  let waiters: (() => void)[] = [];
  const server = net.createServer((socket) => {
    const caller: Caller = { number: raw.callers.length + 1, socket, requests: [] };
    raw.callers.push(caller);
    open.add(socket);
    let text = '';
    let waiting = 0;
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = endOfRequest(text); end > 0; end = endOfRequest(text)) {
        const head = text.slice(0, end);
        text = text.slice(end);
        // Counted when it speaks: the end of the connection before may be heard of a moment after this one was accepted.
        raw.mostOpen = Math.max(raw.mostOpen, [...open].filter(({ readableEnded }) => !readableEnded).length);
        raw.requests.push(head);
        caller.requests.push(head);
        waiting += 1;
        raw.mostWaiting = Math.max(raw.mostWaiting, waiting);
        answer(head, caller);
        waiting -= 1;
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      if (open.size > 0) return;
      for (const wake of waiters) wake();
      waiters = [];
    });
    greet(caller);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const raw: RawServer = {
    port: (server.address() as net.AddressInfo).port,
    callers: [],
    requests: [],
    mostOpen: 0,
    mostWaiting: 0,
    open: () => open.size,
    quiet: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return raw;
}

function endOfRequest(text: string): number {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return -1;
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length ? end + 4 + length : -1;
}

/** A whole answer with its length. */
export function page(body: string, headers = 'Content-Type: text/html', status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** A port on loopback that nobody listens on. */
export async function deadPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
