import { describe, expect, it } from '@jest/globals';
import { fetchTftp } from '../../src/tftp/client.js';
import type { TftpPacket } from '../../src/tftp/packet.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { heard, lab, usual } from './support/client-lab.js';
import { someBytes } from './support/files.js';
import { ack, data, error, oack, read } from './support/peer.js';

describe('a file over TFTP', () => {
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
    const server = await (await lab()).another('::1');
    for (const host of ['::1', '[0:0:0:0:0:0:0:1]']) {
      const clock = new HandClock();
      const result = fetchTftp({ host, port: server.at.port, file: 'f', maxBytes: 9, timeoutMs: 9000, clock });
      server.say(data(1, 'abc'), (await server.next()).from);
      expect(await result).toMatchObject({ kind: 'file', size: 3 });
      await server.next();
    }
  });
});
