import net from 'node:net';

/** What went through, in the order of the requests. */
export interface Relay {
  port: number;
  connections: number;
  /** The `Authorization` header of each request, `null` without one. */
  authorizations: (string | null)[];
  statuses: number[];
  /** How many challenges said that the nonce was too old. */
  stale: number;
  /** The nonce count of each request; `null` without one. */
  counts(): (number | null)[];
  close(): Promise<void>;
}

/** Passes bytes to a web server on loopback and back, and reads along. Bodies of the test must not look like heads. */
export async function startRelay(to: number): Promise<Relay> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    relay.connections += 1;
    const far = net.connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.on(
      'data',
      headReader(/(?:GET|POST) \S+ HTTP\/1\.1\r\n/, (head) => {
        relay.authorizations.push(/^authorization: (.*)\r$/im.exec(head)?.[1] ?? null);
      }),
    );
    far.on(
      'data',
      headReader(/HTTP\/1\.1 \d{3} /, (head) => {
        relay.statuses.push(Number(head.slice(9, 12)));
        if (/^www-authenticate:.*stale="?true/im.test(head)) relay.stale += 1;
      }),
    );
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: Relay = {
    port: (server.address() as net.AddressInfo).port,
    connections: 0,
    authorizations: [],
    statuses: [],
    stale: 0,
    counts: () =>
      relay.authorizations.map((header) => {
        const count = /\bnc=([0-9a-f]{8})/.exec(header ?? '')?.[1];
        return count === undefined ? null : Number.parseInt(count, 16);
      }),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return relay;
}

/** Finds the heads in a stream: from what begins like one to the next empty line. */
function headReader(begin: RegExp, found: (head: string) => void): (chunk: Buffer) => void {
  let text = '';
  return (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      const start = text.search(begin);
      const end = start < 0 ? -1 : text.indexOf('\r\n\r\n', start);
      if (end < 0) return;
      found(text.slice(start, end + 2));
      text = text.slice(end + 4);
    }
  };
}
