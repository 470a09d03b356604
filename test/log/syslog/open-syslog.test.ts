import { spawnSync } from 'node:child_process';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseLogTarget, type SyslogTarget } from '../../../src/log/log-target.js';
import { openSyslog } from '../../../src/log/syslog/open-syslog.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const at = Date.parse('2026-01-31T22:14:05.123Z');
/** Its timers are the machine's: these tests wait for sockets. */
const clock = {
  now: () => at,
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
const open = (text: string, troubles: unknown[] = [], words: string[] = []) =>
  openSyslog(parseLogTarget(text, '--log-to') as SyslogTarget, clock, (error) => void troubles.push(error), words);
const head = `1 2026-01-31T22:14:05.123Z ${hostname()} fleet-migrate ${process.pid} - -`;

/** Resolves when a text has come. */
async function shown(text: () => string, wanted: string): Promise<void> {
  const started = Date.now();
  while (!text().includes(wanted)) {
    if (Date.now() - started > 20_000) throw new Error(`${wanted} did not come: ${text()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A server over TCP, all that it was sent, and the connections it has. */
function tcpServer(path?: string): Promise<{ server: Server; port: number; text: () => string; sockets: Set<Socket> }> {
  let text = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  });
  return new Promise((resolve) => {
    const done = (): void => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0, text: () => text, sockets });
    };
    if (path === undefined) server.listen(0, '127.0.0.1', done);
    else server.listen(path, done);
  });
}

describe('a syslog', () => {
  const toClose: { close(): unknown }[] = [];
  afterEach(() => {
    for (const one of toClose.splice(0)) one.close();
  });

  it('over UDP gets one datagram a line', async () => {
    const socket: Datagrams = createSocket('udp4');
    toClose.push(socket);
    const got: string[] = [];
    socket.on('message', (message) => got.push(message.toString()));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const syslog = open(`syslog://127.0.0.1:${socket.address().port}`);
    syslog.write({ at, level: 'warn', text: 'first' });
    syslog.write({ at, level: 'info', text: 'x'.repeat(5_000) });
    await syslog.close();
    await shown(() => got.join('\n'), 'xxx');
    expect(got[0]).toBe(`<28>${head} first`);
    expect(Buffer.byteLength(got[1] ?? '')).toBe(2_048);
  });

  it('over TCP gets a stream of lines, each with its length', async () => {
    const { server, port, text } = await tcpServer();
    toClose.push(server);
    const syslog = open(`syslog+tcp://127.0.0.1:${port}?facility=local0`);
    syslog.write({ at, level: 'error', text: 'größer' });
    syslog.write({ at, level: 'info', text: 'second' });
    await syslog.close();
    const [first, second] = [`<131>${head} größer`, `<134>${head} second`];
    const sent = `${Buffer.byteLength(first)} ${first}${Buffer.byteLength(second)} ${second}`;
    await shown(text, 'second');
    expect(text()).toBe(sent);
  });

  it('over TCP is found again after it was away, and gets what came meanwhile', async () => {
    const first = await tcpServer();
    const troubles: unknown[] = [];
    const syslog = open(`syslog+tcp://127.0.0.1:${first.port}`, troubles);
    syslog.write({ at, level: 'info', text: 'before' });
    await shown(first.text, 'before');
    for (const socket of first.sockets) socket.destroy();
    await new Promise<void>((resolve) => first.server.close(() => resolve()));
    // What is written before the end is seen is lost: syslog has no receipts.
    while (troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    syslog.write({ at, level: 'info', text: 'meanwhile' });
    // At the same port again.
    const second = createServer((socket) => {
      socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    });
    let text = '';
    toClose.push(second);
    await new Promise<void>((resolve) => second.listen(first.port, '127.0.0.1', resolve));
    await shown(() => text, 'meanwhile');
    await syslog.close();
    expect(troubles).toHaveLength(1);
  });

  it('that is not there costs nothing but its lines, and is told once', async () => {
    const { server, port } = await tcpServer();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    for (const by of ['syslog+tcp', 'syslog']) {
      const troubles: { code?: string }[] = [];
      const syslog = open(`${by}://127.0.0.1:${port}`, troubles);
      for (let times = 0; times < 50; times += 1) syslog.write({ at, level: 'info', text: 'lost' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (let times = 0; times < 50; times += 1) syslog.write({ at, level: 'info', text: 'lost' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      await syslog.close();
      expect(troubles.map(({ code }) => code)).toEqual(['ECONNREFUSED']);
    }
  });

  it('with a name that cannot be resolved is told once, too', async () => {
    const troubles: { code?: string }[] = [];
    const syslog = open('syslog://nowhere.invalid', troubles);
    syslog.write({ at, level: 'info', text: 'lost' });
    await syslog.close();
    expect(troubles.map(({ code }) => code)).toEqual([expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/)]);
  });

  it('that takes nothing keeps nobody waiting', async () => {
    const { server, port, sockets } = await tcpServer();
    toClose.push(server);
    server.on('connection', (socket) => socket.pause());
    const syslog = open(`syslog+tcp://127.0.0.1:${port}`);
    for (let times = 0; times < 3_000; times += 1) syslog.write({ at, level: 'info', text: 'y'.repeat(8_000) });
    const began = Date.now();
    await syslog.close();
    expect(Date.now() - began).toBeLessThan(10_000);
    for (const socket of sockets) socket.destroy();
  });

  const hasLogger = spawnSync('logger', ['--version']).stdout?.toString().includes('util-linux') ?? false;
  (hasLogger ? it : it.skip)('of this machine gets lines by the logger command', async () => {
    const folder = temporaryFolder();
    const { server, text } = await tcpServer(folder.file('log'));
    toClose.push(server, { close: () => folder.remove() });
    const troubles: unknown[] = [];
    const syslog = open('syslog?facility=local3', troubles, ['--socket', folder.file('log')]);
    syslog.write({ at, level: 'warn', text: '10.0.0.5 <0>first key="a b"' });
    syslog.write({ at, level: 'info', text: `second ${'z'.repeat(3_000)} end` });
    await syslog.close();
    await shown(text, 'end');
    expect(text()).toMatch(
      new RegExp(
        `<156>\\w+ +\\d+ [\\d:]+ (?:\\S+ )?fleet-migrate\\[${process.pid}\\]: 10\\.0\\.0\\.5 <0>first key="a b"`,
      ),
    );
    expect(text()).toMatch(/<158>.*: second z{3000} end/);
    expect(troubles).toEqual([]);
  });

  (hasLogger ? it : it.skip)('of this machine that is not there is told, with what logger says', async () => {
    const folder = temporaryFolder();
    toClose.push({ close: () => folder.remove() });
    const troubles: Error[] = [];
    const syslog = open('syslog', troubles as unknown[], ['--socket', folder.file('none')]);
    syslog.write({ at, level: 'warn', text: 'lost' });
    const started = Date.now();
    while (troubles.length === 0 && Date.now() - started < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await syslog.close();
    expect(troubles.map(({ message }) => message)).toEqual([expect.stringMatching(/^logger: .*none/)]);
  });
});
