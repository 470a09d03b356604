import { describe, expect, it } from '@jest/globals';
import { startTftpServer } from '../../src/tftp/server.js';
import type { TftpPeer, TftpSource } from '../../src/tftp/serving.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { someBytes, sourceOf } from './support/files.js';
import { ack, data, error, oack, type Peer, read } from './support/peer.js';
import { lab, type Made, take } from './support/server-lab.js';

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
