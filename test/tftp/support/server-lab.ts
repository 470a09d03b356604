import { afterEach, expect } from '@jest/globals';
import { startTftpServer } from '../../../src/tftp/server.js';
import type { TftpEvent, TftpPeer, TftpServer, TftpServerOptions, TftpSource } from '../../../src/tftp/serving.js';
import { HandClock } from '../../transport/support/hand-clock.js';
import { ack, Peer } from './peer.js';
import { freePort } from './ports.js';

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

export type Made = Partial<TftpServerOptions> & { files?: Record<string, TftpSource>; address?: string };

export interface Lab {
  server: TftpServer;
  at: TftpPeer;
  clock: HandClock;
  events: TftpEvent[];
  peer(address?: string): Promise<Peer>;
  /** Whether an event of that kind has come; waits for it. */
  event<Kind extends TftpEvent['kind']>(kind: Kind): Promise<Extract<TftpEvent, { kind: Kind }>>;
}

export async function lab({ files = {}, address = '127.0.0.1', ...options }: Made = {}): Promise<Lab> {
  const clock = new HandClock();
  const events: TftpEvent[] = [];
  const { port, value: server } = await freePort((free) =>
    startTftpServer({
      address,
      port: free,
      clock,
      open: (name) => Promise.resolve(files[name] ?? null),
      onEvent: (event) => events.push(event),
      ...options,
    }),
  );
  running.push(() => server.close());
  return {
    server,
    at: { address, port },
    clock,
    events,
    async peer(from = '127.0.0.1') {
      const peer = await Peer.open(from);
      running.push(() => peer.close());
      return peer;
    },
    async event(kind) {
      for (;;) {
        const found = events.find((event) => event.kind === kind);
        if (found) return found as Extract<TftpEvent, { kind: typeof kind }>;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** Takes a whole file, acknowledging each window. */
export async function take(
  peer: Peer,
  first: Awaited<ReturnType<Peer['next']>>,
  blockBytes = 512,
  window = 1,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let received = first, block = 1; ; received = await peer.next(), block += 1) {
    const { packet, from } = received;
    if (packet?.kind !== 'data') throw new Error(`not data: ${JSON.stringify(packet)}`);
    expect(packet.block).toBe(block & 0xffff);
    pieces.push(packet.bytes);
    const isLast = packet.bytes.length < blockBytes;
    if (isLast || block % window === 0) peer.say(ack(block), from);
    if (isLast) return Buffer.concat(pieces);
  }
}
