import { afterEach, describe, expect, it } from '@jest/globals';
import { ByteRates } from '../../src/domain/pacing/byte-rates.js';
import { startTftpServer } from '../../src/tftp/server.js';
import type { TftpEvent, TftpPeer, TftpServer, TftpServerOptions, TftpSource } from '../../src/tftp/serving.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { someBytes, sourceOf } from './support/files.js';
import { ack, data, error, oack, Peer, read, settled } from './support/peer.js';
import { freePort } from './support/ports.js';

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

type Made = Partial<TftpServerOptions> & { files?: Record<string, TftpSource>; address?: string };

interface Lab {
  server: TftpServer;
  at: TftpPeer;
  clock: HandClock;
  events: TftpEvent[];
  peer(address?: string): Promise<Peer>;
  /** Whether an event of that kind has come; waits for it. */
  event<Kind extends TftpEvent['kind']>(kind: Kind): Promise<Extract<TftpEvent, { kind: Kind }>>;
}

async function lab({ files = {}, address = '127.0.0.1', ...options }: Made = {}): Promise<Lab> {
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
async function take(
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

describe('a TFTP server', () => {
  it('gives a file in blocks of 512 to a client that asks for nothing else, from a port of its own', async () => {
    const bytes = someBytes(1100);
    const source = sourceOf(bytes);
    const { at, peer: open, event, events } = await lab({ files: { 'a.bin': source } });
    const peer = await open();
    peer.say(read('a.bin'), at);
    const first = await peer.next();
    expect(first.from.port).not.toBe(at.port);
    expect((await take(peer, first)).equals(bytes)).toBe(true);
    await event('ended');
    expect(events).toEqual([
      { kind: 'started', id: 1, client: peer.at, file: 'a.bin', size: 1100 },
      { kind: 'ended', id: 1, bytes: 1100, ok: true, reason: 'done', why: 'the client has it all' },
    ]);
    expect(source.closed).toBe(1);
  });

  it('ends a file of full blocks with an empty one, and an empty file is one empty block', async () => {
    const { at, peer: open } = await lab({
      files: { full: sourceOf(someBytes(1024)), empty: sourceOf(Buffer.alloc(0)) },
    });
    const peer = await open();
    peer.say(read('full'), at);
    expect(await take(peer, await peer.next())).toHaveLength(1024);
    peer.say(read('empty'), at);
    expect((await peer.next()).packet).toEqual(data(1, ''));
  });

  it('agrees to block size, size, timeout and window, and sends so', async () => {
    const bytes = someBytes(10_000);
    const { at, peer: open, clock } = await lab({ files: { f: sourceOf(bytes) } });
    const peer = await open();
    peer.say(read('f', { blksize: '1000', tsize: '0', timeout: '2', windowsize: '3', unknown: 'x' }), at);
    const reply = oack({ blksize: '1000', tsize: '10000', timeout: '2', windowsize: '3' });
    const { packet, from } = await peer.next();
    expect(packet).toEqual(reply);
    // The timeout is the client's.
    clock.pass(1999);
    await settled(from);
    expect(await peer.rest()).toEqual([]);
    clock.pass(1);
    expect((await peer.next()).packet).toEqual(reply);
    peer.say(ack(0), from);
    expect((await take(peer, await peer.next(), 1000, 3)).equals(bytes)).toBe(true);
  });

  it('sends a window again from where the client has missed something', async () => {
    const { at, peer: open } = await lab({ files: { f: sourceOf(someBytes(5000)) } });
    const peer = await open();
    peer.say(read('f', { windowsize: '4' }), at);
    const { from } = await peer.next();
    const blocks = async (count: number): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (let at = 0; at < count; at += 1) found.push((await peer.next()).packet);
      return found.map((packet) => (packet as { block: number }).block);
    };
    peer.say(ack(0), from);
    expect(await blocks(4)).toEqual([1, 2, 3, 4]);
    peer.say(ack(2), from);
    expect(await blocks(4)).toEqual([3, 4, 5, 6]);
  });

  it('sends nothing for a duplicate, late or senseless acknowledgment', async () => {
    const { at, peer: open } = await lab({ files: { f: sourceOf(someBytes(5000)) } });
    const peer = await open();
    peer.say(read('f'), at);
    const { from } = await peer.next();
    peer.say(ack(1), from);
    expect((await peer.next()).packet).toMatchObject({ block: 2 });
    for (const what of [
      ack(1),
      ack(1),
      ack(0),
      ack(3),
      ack(65535),
      data(1, 'x'),
      read('f'),
      oack({}),
      Buffer.of(0, 9),
      Buffer.alloc(0),
    ]) {
      peer.say(what, from);
    }
    await settled(from);
    expect(await peer.rest()).toEqual([]);
    peer.say(ack(2), from);
    expect((await peer.next()).packet).toMatchObject({ block: 3 });
  });

  it('sends again with longer and longer waits, then ends it as silent', async () => {
    const { at, peer: open, clock, event } = await lab({ files: { f: sourceOf(someBytes(5000)) } });
    const peer = await open();
    peer.say(read('f'), at);
    const { packet, from } = await peer.next();
    for (const wait of [1000, 2000, 4000, 8000]) {
      await settled(from);
      clock.pass(wait - 1);
      expect(await peer.rest()).toEqual([]);
      clock.pass(1);
      expect((await peer.next()).packet).toEqual(packet);
    }
    await settled(from);
    clock.pass(8000);
    expect((await peer.next()).packet).toEqual(error(0));
    expect(await event('ended')).toMatchObject({
      ok: false,
      bytes: 0,
      reason: 'client-silent',
      why: 'the client went silent after 0 of 5000 bytes',
    });
    expect(clock.waiting()).toBe(0);
  });

  it('does not know that a client has the file until the last block is acknowledged', async () => {
    const { at, peer: open, clock, event } = await lab({ files: { f: sourceOf(someBytes(600)) } });
    const peer = await open();
    peer.say(read('f'), at);
    const { from } = await peer.next();
    peer.say(ack(1), from);
    await peer.next();
    for (let tries = 0; tries < 10; tries += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.pass(8000);
    }
    expect(await event('ended')).toMatchObject({
      ok: false,
      bytes: 512,
      reason: 'client-silent',
      why: 'the client did not acknowledge the last of it',
    });
  });

  it('ends with the client’s ERROR, which it shows', async () => {
    const source = sourceOf(someBytes(5000));
    const { at, peer: open, event } = await lab({ files: { f: source } });
    const peer = await open();
    peer.say(read('f', { tsize: '0' }), at);
    const { from } = await peer.next();
    peer.say({ kind: 'error', code: 3, message: 'full\x1b[2J' }, from);
    expect(await event('ended')).toMatchObject({
      ok: false,
      reason: 'client-ended',
      why: 'the client ended it with ERROR 3 (full\\x1b[2J)',
    });
    expect(source.closed).toBe(1);
  });

  it('tells a stranger that it is wrong here, never answers an ERROR, and goes on', async () => {
    const { at, peer: open } = await lab({ files: { f: sourceOf(someBytes(600)) } });
    const [peer, stranger] = [await open(), await open()];
    peer.say(read('f'), at);
    const { from } = await peer.next();
    stranger.say({ kind: 'error', code: 0, message: '' }, from);
    stranger.say(Buffer.from('nonsense'), from);
    stranger.say(ack(1), from);
    expect((await stranger.next()).packet).toEqual(error(5));
    expect([await stranger.rest(), await peer.rest()]).toEqual([[], []]);
    peer.say(ack(1), from);
    expect((await peer.next()).packet).toMatchObject({ block: 2 });
  });

  it('answers a request that arrives twice once, and one that comes after the client has responded anew', async () => {
    const { at, peer: open, events } = await lab({ files: { f: sourceOf(someBytes(600)) } });
    const peer = await open();
    peer.say(read('f'), at);
    peer.say(read('f'), at);
    const { from } = await peer.next();
    peer.say(ack(1), from);
    expect((await peer.next()).packet).toMatchObject({ block: 2 });
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    peer.say(read('f'), at);
    const other = await peer.next();
    expect(other).toMatchObject({ packet: { block: 1 } });
    expect(other.from.port).not.toBe(from.port);
  });

  it.each<[string, Made, Parameters<typeof read>, number, string]>([
    ['a file that is not there', {}, ['x'], 1, 'File not found'],
    ['a name without characters', {}, [''], 1, 'File not found'],
    [
      'a name with a line feed, for which nothing is opened',
      { open: () => Promise.reject(new Error('asked')) },
      ['a\nb'],
      1,
      'File not found',
    ],
    [
      'a file that is not for this client',
      { open: () => Promise.resolve({ refused: 'Not for you' }) },
      ['x'],
      2,
      'Not for you',
    ],
    [
      'a client that may not ask',
      { allow: (address) => address !== '127.0.0.1' },
      ['x'],
      2,
      'Not allowed from this address',
    ],
    ['mail', {}, ['x', {}, 'mail'], 4, 'The mode must be octet or netascii'],
    [
      'a file that cannot be opened',
      { open: () => Promise.reject(Object.assign(new Error('/secret/x'), { code: 'EACCES' })) },
      ['x'],
      0,
      'The file cannot be given now',
    ],
    [
      'a source that throws',
      {
        open: () => {
          throw new Error('bug');
        },
      },
      ['x'],
      0,
      'The file cannot be given now',
    ],
    [
      'a source without a size',
      { files: { x: { ...sourceOf(Buffer.alloc(0)), size: NaN } } },
      ['x'],
      0,
      'The file cannot be given now',
    ],
  ])('refuses %s, and goes on', async (_, made, asked, code, message) => {
    const { at, peer: open, events } = await lab(made);
    const peer = await open();
    peer.say(read(...asked), at);
    expect((await peer.next()).packet).toEqual(error(code, message));
    expect(events).toMatchObject([{ kind: 'refused', client: peer.at, file: asked[0], code }]);
    peer.say(read('y'), at);
    expect((await peer.next()).packet).toMatchObject({ kind: 'error' });
  });

  it('takes no files', async () => {
    const { at, peer: open } = await lab();
    const peer = await open();
    peer.say({ kind: 'write', file: 'x', mode: 'octet', options: new Map() }, at);
    expect((await peer.next()).packet).toEqual(error(2, 'This server takes no files'));
  });

  it('ignores what is no request', async () => {
    const { at, peer: open, events } = await lab();
    const peer = await open();
    for (const what of [
      ack(0),
      data(1, 'x'),
      oack({}),
      error(0, ''),
      read('x'.repeat(1100)),
      Buffer.from('GET / HTTP/1.1'),
    ]) {
      peer.say(what, at);
    }
    peer.say(read('there'), at);
    expect((await peer.next()).packet).toEqual(error(1));
    expect(events).toHaveLength(1);
  });

  it('sends netascii as such, with the size that it has then', async () => {
    const { at, peer: open } = await lab({ files: { f: sourceOf(Buffer.from('a\nb')) } });
    const peer = await open();
    peer.say(read('f', { tsize: '0' }, 'NetASCII'), at);
    const { packet, from } = await peer.next();
    expect(packet).toEqual(oack({ tsize: '4' }));
    peer.say(ack(0), from);
    expect((await peer.next()).packet).toEqual(data(1, 'a\r\nb'));
  });

  it('keeps a small piece of a large file, and reads each once', async () => {
    const source = { ...sourceOf(Buffer.alloc(0)), size: 10_000_000 };
    const reads: number[] = [];
    source.read = (_, length) => {
      reads.push(length);
      return Promise.resolve(Buffer.alloc(length));
    };
    const { at, peer: open, server } = await lab({ files: { f: source } });
    const peer = await open();
    peer.say(read('f', { blksize: '1468', windowsize: '8' }), at);
    const { from } = await peer.next();
    peer.say(ack(0), from);
    for (let block = 1; block <= 800; block += 1) {
      expect((await peer.next()).packet).toMatchObject({ block });
      if (block % 8 === 0) peer.say(ack(block), from);
    }
    expect(Math.max(...reads)).toBeLessThanOrEqual(64 * 1024);
    expect(reads.length).toBeLessThanOrEqual(1 + (808 * 1468) / (63 * 1024));
    await server.close();
  });

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['becomes shorter', () => Promise.resolve(Buffer.alloc(3)), 'the file became shorter'],
    ['vanishes', () => Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' })), 'ENOENT'],
  ])('ends a transfer whose file %s, with an ERROR; another goes on', async (_, failing, why) => {
    const bad = { ...sourceOf(Buffer.alloc(0)), size: 200_000 };
    let reads = 0;
    bad.read = (_offset, length) => ((reads += 1) === 1 ? Promise.resolve(Buffer.alloc(length)) : failing());
    const { at, peer: open, event } = await lab({ files: { bad, good: sourceOf(someBytes(1000)) } });
    const [peer, other] = [await open(), await open()];
    other.say(read('good'), at);
    const good = await other.next();
    peer.say(read('bad'), at);
    for (let received = await peer.next(); ; received = await peer.next()) {
      if (received.packet?.kind !== 'data') {
        expect(received.packet).toEqual(error(0, 'The file could not be read'));
        break;
      }
      peer.say(ack(received.packet.block), received.from);
    }
    expect(await event('ended')).toMatchObject({ ok: false, reason: 'file-failed', why });
    expect(await take(other, good)).toHaveLength(1000);
  });

  it('gives up a file that takes forever to open or to read', async () => {
    let finish: (source: TftpSource) => void = () => {};
    const late = sourceOf(Buffer.alloc(5));
    const stuck = { ...sourceOf(Buffer.alloc(0)), size: 5, read: () => new Promise<Uint8Array>(() => {}) };
    const {
      at,
      peer: open,
      clock,
      event,
    } = await lab({
      open: (name) => (name === 'stuck' ? Promise.resolve(stuck) : new Promise((resolve) => (finish = resolve))),
    });
    const [one, two] = [await open(), await open()];
    one.say(read('opening'), at);
    two.say(read('stuck'), at);
    await event('started');
    clock.pass(20_000);
    expect((await one.next()).packet).toEqual(error(0));
    expect((await two.next()).packet).toEqual(error(0));
    finish(late);
    await new Promise((resolve) => setImmediate(resolve));
    expect(late.closed).toBe(1);
  });

  it('has a bound on all transfers and on those of one client, and says so', async () => {
    const files = { f: sourceOf(someBytes(600)) };
    const { at, peer: open } = await lab({ files, maxTransfers: 3, maxTransfersPerClient: 2 });
    const from = ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.3'];
    const peers = await Promise.all(from.map(open));
    const answers = [];
    for (const peer of peers) {
      peer.say(read('f'), at);
      answers.push(await peer.next());
    }
    expect(answers.map(({ packet }) => (packet?.kind === 'error' ? packet.message : packet?.kind))).toEqual([
      'data',
      'data',
      'Too many transfers at once to this address',
      'data',
      'Too many transfers at once',
    ]);
    // A place is free again when a transfer has ended.
    peers[0]?.say(error(0, ''), answers[0]?.from ?? at);
    await settledRefusals(peers[4], at);
  });

  /** Asks until there is a place. */
  async function settledRefusals(peer: Peer | undefined, at: TftpPeer): Promise<void> {
    for (let kind: string | undefined = 'error'; kind === 'error';) {
      peer?.say(read('f'), at);
      kind = (await peer?.next())?.packet?.kind;
    }
  }

  it('keeps to the rates, block by block', async () => {
    const clock = new HandClock();
    const rates = new ByteRates({ perClient: 5120 }, clock);
    const { at, peer: open } = await lab({ clock, rates, files: { f: sourceOf(someBytes(100_000)) } });
    const peer = await open();
    peer.say(read('f'), at);
    let from = at;
    // A quarter of a second at once, then a block each tenth of a second.
    for (let block = 1; block <= 2; block += 1) {
      const received = await peer.next();
      from = received.from;
      peer.say(ack(block), from);
    }
    for (let block = 3; block <= 6; block += 1) {
      await settled(from);
      expect(await peer.rest()).toEqual([]);
      clock.pass(block === 3 ? 50 : 100);
      expect((await peer.next()).packet).toMatchObject({ block });
      peer.say(ack(block), from);
    }
  });

  it('tells of progress now and then', async () => {
    const { at, peer: open, clock, events, event } = await lab({ files: { f: sourceOf(someBytes(100 * 512)) } });
    const peer = await open();
    peer.say(read('f'), at);
    for (let block = 1; block <= 101; block += 1) {
      const { from } = await peer.next();
      clock.stand(40);
      peer.say(ack(block), from);
    }
    await event('ended');
    const told = events.filter(({ kind }) => kind === 'progress') as { bytes: number }[];
    expect(told.map(({ bytes }) => bytes)).toEqual([25 * 512, 50 * 512, 75 * 512, 100 * 512]);
  });

  it('is not stopped by whoever listens to its events', async () => {
    const { at, peer: open } = await lab({
      files: { f: sourceOf(someBytes(600)) },
      onEvent: () => {
        throw new Error('a bug elsewhere');
      },
    });
    const peer = await open();
    peer.say(read('f'), at);
    expect(await take(peer, await peer.next())).toHaveLength(600);
  });

  it('ends all transfers when it is closed, whatever a source does, and does not answer any more', async () => {
    const stuck = { ...sourceOf(someBytes(600)), close: () => new Promise<void>(() => {}) };
    const { at, peer: open, server, clock, event } = await lab({ files: { stuck } });
    const peer = await open();
    peer.say(read('stuck'), at);
    await peer.next();
    const closed = server.close();
    expect(server.close()).toBe(closed);
    expect((await peer.next()).packet).toEqual(error(0, 'The server is ending'));
    expect(await event('ended')).toMatchObject({ ok: false, reason: 'closed' });
    let isOver = false;
    void closed.then(() => (isOver = true));
    clock.pass(1999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    clock.pass(1);
    await closed;
    expect(clock.waiting()).toBe(0);
  });

  it('cannot listen where somebody else does: the error has its code', async () => {
    const { at } = await lab();
    const again = startTftpServer({ ...at, clock: new HandClock(), open: () => Promise.resolve(null) });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('serves IPv6, and IPv4 at the same socket under its plain address', async () => {
    const seen: string[] = [];
    const { at, peer: open } = await lab({ address: '::', allow: (address) => seen.push(address) > 0 });
    const [four, six] = [await open('127.0.0.1'), await open('::1')];
    four.say(read('x'), { address: '127.0.0.1', port: at.port });
    expect((await four.next()).packet).toEqual(error(1));
    six.say(read('x'), { address: '::1', port: at.port });
    expect((await six.next()).packet).toEqual(error(1));
    expect(seen).toEqual(['127.0.0.1', '::1']);
  });
});
