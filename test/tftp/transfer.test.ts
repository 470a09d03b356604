import { describe, expect, it } from '@jest/globals';
import { ByteRates } from '../../src/domain/pacing/byte-rates.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { someBytes, sourceOf } from './support/files.js';
import { ack, data, error, oack, read, settled } from './support/peer.js';
import { lab, take } from './support/server-lab.js';

describe('a transfer', () => {
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
});
