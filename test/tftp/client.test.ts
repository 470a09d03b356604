import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchTftp } from '../../src/tftp/client.js';
import type { TftpRequest, TftpResult } from '../../src/tftp/fetching.js';
import type { TftpPacket } from '../../src/tftp/packet.js';
import type { TftpPeer } from '../../src/tftp/serving.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { someBytes } from './support/files.js';
import { ack, data, error, oack, Peer, read, settled } from './support/peer.js';

const running: (() => void)[] = [];
afterEach(() => {
  for (const end of running.splice(0)) end();
});

interface Lab {
  /** Where requests arrive, and a second port of the same server, from which transfers come. */
  main: Peer;
  own: Peer;
  clock: HandClock;
  fetch(request?: Partial<TftpRequest>): Promise<TftpResult>;
  /** The next request, and who asks. */
  asked(): Promise<TftpPeer & { packet: TftpPacket | null }>;
}

async function lab(): Promise<Lab> {
  const [main, own] = [await Peer.open('127.0.0.1'), await Peer.open('127.0.0.1')];
  const clock = new HandClock();
  const controller = new AbortController();
  running.push(
    () => controller.abort(),
    () => main.close(),
    () => own.close(),
  );
  return {
    main,
    own,
    clock,
    fetch: (request = {}) =>
      fetchTftp({
        host: '127.0.0.1',
        port: main.at.port,
        file: 'f',
        maxBytes: 100_000,
        timeoutMs: 60_000,
        clock,
        signal: controller.signal,
        ...request,
      }),
    async asked() {
      const { packet, from } = await main.next();
      return { packet, ...from };
    },
  };
}

/** What the other side hears next. */
async function heard(peer: Peer): Promise<TftpPacket | null> {
  return (await peer.next()).packet;
}

/** The request with the options that are asked for by default. */
const usual = read('f', { tsize: '0', blksize: '1428' });

describe('a file over TFTP', () => {
  it('is fetched with the options that the server agrees to', async () => {
    const { own, fetch, asked, clock } = await lab();
    const bytes = someBytes(2500);
    const result = fetch({ windowSize: 2 });
    const client = await asked();
    expect(client.packet).toEqual(read('f', { tsize: '0', blksize: '1428', windowsize: '2' }));
    own.say(oack({ tsize: '2500', blksize: '1000', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, bytes.subarray(0, 1000)), client);
    own.say(data(2, bytes.subarray(1000, 2000)), client);
    expect(await heard(own)).toEqual(ack(2));
    own.say(data(3, bytes.subarray(2000)), client);
    expect(await heard(own)).toEqual(ack(3));
    expect(await result).toEqual({ kind: 'file', bytes, size: 2500, tooLarge: false });
    expect(clock.waiting()).toBe(0);
  });

  it('is fetched from a server that ignores options', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    expect(client.packet).toEqual(usual);
    own.say(data(1, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(1));
    own.say(data(2, ''), client);
    expect(await heard(own)).toEqual(ack(2));
    expect(await result).toEqual({ kind: 'file', bytes: someBytes(512), size: 512, tooLarge: false });
  });

  it.each<[string, TftpPacket, number | null]>([
    ['refuses options', { kind: 'error', code: 8, message: 'no' }, null],
    ['does not know them', { kind: 'error', code: 4, message: 'Illegal operation' }, null],
    ['agrees to one that was not asked for', oack({ tsize: '3', timeout: '1' }), 8],
    ['agrees to larger blocks than asked', oack({ blksize: '8192' }), 8],
    ['sends a larger block without a word', data(1, someBytes(600)), 4],
  ])('is asked for once more without options where the server %s', async (_, reply, farewell) => {
    const { own, fetch, asked } = await lab();
    const result = fetch();
    own.say(reply, await asked());
    if (farewell !== null) expect(await heard(own)).toEqual(error(farewell));
    const again = await asked();
    expect(again.packet).toEqual(read('f'));
    own.say(data(1, 'abc'), again);
    expect(await result).toMatchObject({ kind: 'file', bytes: Buffer.from('abc'), size: 3 });
  });

  it('is not there if the server says so, once and for all', async () => {
    const { main, own, fetch, asked } = await lab();
    const result = fetch();
    own.say({ kind: 'error', code: 1, message: 'no \x1b[31mfile' }, await asked());
    expect(await result).toEqual({ kind: 'refused', code: 1, message: 'no \\x1b[31mfile', bytes: 0 });
    expect(await main.rest()).toEqual([]);
  });

  it('is refused when its server ends it halfway: that is told apart from a file that is not there', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    own.say({ kind: 'error', code: 0, message: 'gone' }, client);
    expect(await result).toEqual({ kind: 'refused', code: 0, message: 'gone', bytes: 512 });
  });

  it('is cut off at the most that is wanted, and the server told', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 600 });
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(error(0));
    const bytes = Buffer.concat([someBytes(512), someBytes(88)]);
    expect(await result).toEqual({ kind: 'file', bytes, size: null, tooLarge: true });
  });

  it.each([
    [512, false],
    [511, true],
  ])('of 512 bytes, of which %s are wanted: too large is %s', async (maxBytes, tooLarge) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes });
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    await heard(own);
    if (!tooLarge) own.say(data(2, ''), client);
    expect(await result).toMatchObject({ kind: 'file', bytes: { length: maxBytes }, tooLarge });
  });

  it('that is not as long as announced is no evidence of anything', async () => {
    const { main, own, fetch, asked } = await lab();
    const result = fetch();
    const client = await asked();
    own.say(oack({ tsize: '900' }), client);
    await heard(own);
    own.say(data(1, 'short'), client);
    const message = `127.0.0.1:${main.at.port} does not keep to TFTP: it announced 900 bytes and sent 5.`;
    expect(await result).toEqual({ kind: 'broken', message });
    expect(await main.rest()).toEqual([]);
  });

  it('comes through duplicates, late packets, nonsense and strangers', async () => {
    const { main, own, fetch, asked } = await lab();
    const elsewhere = await Peer.open('127.0.0.2');
    running.push(() => elsewhere.close());
    const result = fetch({ windowSize: 2 });
    const client = await asked();
    // None of these is a reply to the request.
    for (const what of [Buffer.of(0, 9, 1, 1), ack(0), data(2, 'x'), usual]) own.say(what, client);
    elsewhere.say({ kind: 'error', code: 1, message: 'forged' }, client);
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    // Our acknowledgment was lost.
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(own)).toEqual(ack(0));
    // A second transfer of the same request.
    main.say(oack({ tsize: '1100', windowsize: '2' }), client);
    expect(await heard(main)).toEqual(error(5));
    main.say({ kind: 'error', code: 0, message: 'not yours' }, client);
    elsewhere.say(data(1, 'forged'), client);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, someBytes(512)), client);
    own.say(data(1, someBytes(512)), client);
    own.say(oack({ tsize: '1100', windowsize: '2' }), client);
    own.say(data(2, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(2));
    own.say(data(1, someBytes(512)), client);
    await settled(client);
    expect(await own.rest()).toEqual([]);
    own.say(data(3, someBytes(76)), client);
    const bytes = Buffer.concat([someBytes(512), someBytes(512), someBytes(76)]);
    expect(await result).toEqual({ kind: 'file', bytes, size: 1100, tooLarge: false });
    expect(await heard(own)).toEqual(ack(3));
    // The last acknowledgment was lost, on a line that has lost something before.
    own.say(data(3, someBytes(76)), client);
    expect(await heard(own)).toEqual(ack(3));
  });

  it('is counted on beyond 65535 blocks', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ blockBytes: 8, windowSize: 64, maxBytes: 600_000 });
    const client = await asked();
    own.say(oack({ blksize: '8', windowsize: '64', tsize: '524801' }), client);
    expect(await heard(own)).toEqual(ack(0));
    for (let block = 1; block <= 65_600; block += 1) {
      own.say(data(block & 0xffff, 'eight...'), client);
      if (block % 64 === 0) await own.next();
    }
    own.say(data(65, 'y'), client);
    expect(await heard(own)).toEqual(ack(65));
    expect(await result).toMatchObject({ kind: 'file', size: 524_801 });
  });
});

describe('the size of a file over TFTP', () => {
  const sizeOnly = read('f', { tsize: '0' });

  it('is what the server announces; it is told that no more is wanted', async () => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    const client = await asked();
    expect(client.packet).toEqual(sizeOnly);
    own.say(oack({ tsize: '61000000' }), client);
    expect(await heard(own)).toEqual(error(0));
    expect(await result).toEqual({ kind: 'file', bytes: Buffer.alloc(0), size: 61_000_000, tooLarge: false });
    // Whatever still comes is not acknowledged.
    own.say(data(1, someBytes(512)), client);
    expect(await own.rest()).toEqual([]);
  });

  it.each<[string, string, number | null]>([
    ['a first block that is full', 'x'.repeat(512), null],
    ['a first block that is the whole file', 'abc', 3],
    ['an empty block', '', 0],
  ])('where the server knows no options and sends %s', async (_, first, size) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    own.say(data(1, first), await asked());
    expect(await heard(own)).toEqual(size === null ? error(0) : ack(1));
    expect(await result).toEqual({ kind: 'file', bytes: Buffer.alloc(0), size, tooLarge: false });
  });

  it.each<[string, Record<string, string>, string, number | null]>([
    ['a size of 0 that is only the question sent back', { tsize: '0' }, 'x'.repeat(512), null],
    ['a size of 0 that is true', { tsize: '0' }, '', 0],
    ['a size that is no number', { tsize: 'large' }, 'x'.repeat(512), null],
    ['none', {}, 'abc', 3],
  ])('is not believed where the server announces %s: the first block shows', async (_, agreed, first, size) => {
    const { own, fetch, asked } = await lab();
    const result = fetch({ maxBytes: 0 });
    const client = await asked();
    own.say(oack(agreed), client);
    expect(await heard(own)).toEqual(ack(0));
    own.say(data(1, first), client);
    expect(await result).toMatchObject({ kind: 'file', size });
  });
});

describe('a TFTP server that cannot be asked', () => {
  it('is asked several times, at last without options, then counts as silent', async () => {
    const { main, fetch, clock } = await lab();
    const result = fetch();
    const sent: unknown[] = [];
    for (const wait of [1000, 2000, 4000, 8000, 8000]) {
      sent.push(await heard(main));
      clock.pass(wait - 1);
      expect(await main.rest()).toEqual([]);
      clock.pass(1);
    }
    expect(sent).toEqual([usual, usual, usual, read('f'), read('f')]);
    const message = `127.0.0.1:${main.at.port} did not respond.`;
    expect(await result).toEqual({ kind: 'unreachable', code: null, message });
    expect(clock.waiting()).toBe(0);
  });

  it('may go silent halfway: the last acknowledgment is repeated, and nothing is known', async () => {
    const { main, own, fetch, asked, clock } = await lab();
    const result = fetch({ timeoutMs: 4500 });
    const client = await asked();
    own.say(data(1, someBytes(512)), client);
    expect(await heard(own)).toEqual(ack(1));
    clock.pass(1000);
    expect(await heard(own)).toEqual(ack(1));
    clock.pass(2000);
    expect(await heard(own)).toEqual(ack(1));
    clock.pass(1500);
    expect(await heard(own)).toEqual(error(0));
    const message = `127.0.0.1:${main.at.port} went silent after 512 bytes within 4500 ms.`;
    expect(await result).toEqual({ kind: 'unreachable', code: null, message });
  });

  it('is asked no longer than the caller wants', async () => {
    const { main, fetch, asked } = await lab();
    const controller = new AbortController();
    const result = fetch({ signal: controller.signal });
    await asked();
    controller.abort();
    const stopped = { kind: 'unreachable', code: 'ABORT_ERR' };
    expect(await result).toMatchObject(stopped);
    expect(await fetch({ signal: controller.signal })).toMatchObject(stopped);
    expect(await main.rest()).toEqual([]);
  });

  it('may have a name, which is looked up; one that is not known is told with the resolver’s code', async () => {
    const { main, own, fetch, asked, clock } = await lab();
    const found = fetch({ host: 'ucm.test', lookup: () => Promise.resolve({ address: '127.0.0.1' }) });
    own.say(data(1, 'abc'), await asked());
    expect(await found).toMatchObject({ kind: 'file', size: 3 });
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    expect(await fetch({ host: 'ucm.test', lookup: () => Promise.reject(unknown) })).toEqual({
      kind: 'unreachable',
      code: 'ENOTFOUND',
      message: `ucm.test:${main.at.port} could not be looked up: ENOTFOUND.`,
    });
    const late = fetch({ host: 'ucm.test', lookup: () => new Promise(() => {}) });
    clock.pass(60_000);
    expect(await late).toEqual({
      kind: 'unreachable',
      code: 'EAI_AGAIN',
      message: `ucm.test:${main.at.port} could not be looked up within 60000 ms.`,
    });
  });

  it.each([{ file: '' }, { file: 'a\0b' }, { port: 0 }, { port: 65_536 }, { port: NaN }])(
    'is not asked for %j, which cannot be sent',
    async (request) => {
      const { fetch, clock } = await lab();
      expect(await fetch(request)).toMatchObject({ kind: 'unreachable', code: 'ERR_INVALID_ARG_VALUE' });
      expect(clock.waiting()).toBe(0);
    },
  );

  it('is told apart from a shortage of this machine by the errno', async () => {
    const { fetch } = await lab();
    // A datagram has an end.
    expect(await fetch({ file: 'x'.repeat(70_000) })).toMatchObject({ kind: 'unreachable', code: 'EMSGSIZE' });
  });

  it('is found at an IPv6 address, however that is written', async () => {
    const server = await Peer.open('::1');
    running.push(() => server.close());
    for (const host of ['::1', '[0:0:0:0:0:0:0:1]']) {
      const clock = new HandClock();
      const result = fetchTftp({ host, port: server.at.port, file: 'f', maxBytes: 9, timeoutMs: 9000, clock });
      server.say(data(1, 'abc'), (await server.next()).from);
      expect(await result).toMatchObject({ kind: 'file', size: 3 });
      await server.next();
    }
  });
});
