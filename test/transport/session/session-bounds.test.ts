import type net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { limitsFor } from '../../../src/transport/session/limits.js';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession, outcomeOf } from '../support/sessions.js';

const servers: RawServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.quiet();
    await server.close();
  }
});

async function answering(answer: Answer): Promise<RawServer> {
  const server = await rawServer(answer);
  servers.push(server);
  return server;
}

const head = (lines: string): string => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n`;

/** Time for what was written to arrive. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Writes a piece each second of the passed-in clock until the other side hangs up; answers how many it took. */
async function drip(socket: net.Socket, clock: HandClock, piece: (at: number) => string): Promise<number> {
  let pieces = 0;
  while (!socket.destroyed && pieces < 500) {
    socket.write(piece(pieces));
    pieces += 1;
    await someTurns();
    clock.pass(1_000);
    await someTurns();
  }
  return pieces;
}

describe('a server that drips a piece a second', () => {
  /** How a read ends, and after how many pieces, with the usual bounds: 6 s for an answer, 24 s for a session. */
  async function dripped(first: string, piece: (at: number) => string): Promise<{ code: string; pieces: number }> {
    const clock = new HandClock();
    let pieces: Promise<number> | undefined;
    const server = await answering((_request, { socket }) => {
      socket.write(first);
      pieces ??= drip(socket, clock, piece);
    });
    const session = openSession(server.port, { clock, limits: limitsFor(3_000) });
    const { code } = await errorOf(session.get('/'));
    session.close();
    expect(clock.waiting()).toBe(0);
    return { code, pieces: (await pieces) ?? 0 };
  }

  it('of its status line does not get more than the time for an answer', async () => {
    const { code, pieces } = await dripped('', (at) => 'HTTP/1.1 200 OK and so on'[at] ?? 'x');
    expect(code).toBe('response-timeout');
    expect(pieces).toBeLessThanOrEqual(8);
  });

  it('of its headers does not either', async () => {
    const { code, pieces } = await dripped('HTTP/1.1 200 OK\r\n', (at) => `X-${at}: a\r\n`);
    expect(code).toBe('response-timeout');
    expect(pieces).toBeLessThanOrEqual(8);
  });

  it('of answers before the answer does not either', async () => {
    const { code, pieces } = await dripped('', () => 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    expect(code).toBe('response-timeout');
    expect(pieces).toBeLessThanOrEqual(8);
  });

  it.each([
    ['with a length', head('Content-Length: 100000'), () => 'x'],
    ['without one', head('Connection: close'), () => 'x'],
    ['in chunks', head('Transfer-Encoding: chunked'), () => '1\r\nx\r\n'],
  ])('of its body %s is ended by the deadline of the session', async (_how, first, piece) => {
    const { code, pieces } = await dripped(first, piece);
    expect(code).toBe('session-timeout');
    expect(pieces).toBeGreaterThanOrEqual(23);
    expect(pieces).toBeLessThanOrEqual(26);
  });

  it('of nothing but the extension of a chunk has sent no body: it is given up as stalled', async () => {
    const { code, pieces } = await dripped(`${head('Transfer-Encoding: chunked')}5;a`, () => 'a');
    expect(code).toBe('body-timeout');
    expect(pieces).toBeLessThanOrEqual(8);
  });
});

describe('a session of many slow pages', () => {
  it('ends at its deadline, however well each page keeps its own', async () => {
    const clock = new HandClock();
    const server = await answering((_request, { socket }) => {
      clock.pass(5_000);
      socket.write(page('slow'));
    });
    const session = openSession(server.port, { clock, limits: limitsFor(3_000) });
    let pages = 0;
    const error = await errorOf(
      (async () => {
        for (; pages < 100; pages += 1) await session.get(`/${pages}`);
      })(),
    );
    expect(error.code).toBe('session-timeout');
    expect(pages).toBe(4);
    session.close();
  });

  it('ends there on its way through redirects, too', async () => {
    const clock = new HandClock();
    let at = 0;
    const server = await answering((_request, { socket }) => {
      clock.pass(5_000);
      socket.write(page('', `Location: /${(at += 1)}`, '302 Found'));
    });
    const session = openSession(server.port, { clock, limits: { ...limitsFor(3_000), maxRedirects: 100 } });
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'session-timeout' });
    expect(server.requests).toHaveLength(5);
    session.close();
  });
});

describe('what an answer may hold', () => {
  const outcome = async (bytes: string | Buffer): Promise<number | string> => {
    const server = await answering((_request, { socket }) => socket.end(bytes));
    return outcomeOf(openSession(server.port));
  };

  it.each<[string, string, string | number]>([
    ['20,000 short headers', head(Array(20_000).fill('a: b').join('\r\n')), 'headers-too-large'],
    ['100 headers', head(`${Array(100).fill('a: b').join('\r\n')}\r\nContent-Length: 0`), 200],
    [
      '20 KB of trailers',
      `${head('Transfer-Encoding: chunked')}1\r\nx\r\n0\r\n${'a: bbbbbbbb\r\n'.repeat(2_500)}\r\n`,
      'headers-too-large',
    ],
    [
      'a length of more than we take',
      head(`Content-Length: ${2 ** 40}`) + 'x'.repeat(1024 * 1024 + 1),
      'response-too-large',
    ],
  ])('%s', async (_what, bytes, expected) => {
    expect(await outcome(bytes)).toBe(expected);
  });

  it.each([
    [16, 200],
    [17, 'malformed-response'],
    [100_000, 'malformed-response'],
  ])('%i answers before the answer', async (interim, expected) => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(interim);
    expect(await outcome(`${hints}${head('Content-Length: 0')}`)).toBe(expected);
  });

  it('is never unpacked: we ask for no compression, and a bomb stays as small as it was sent', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const server = await answering((_request, { socket }) => {
      socket.write(head(`Content-Encoding: gzip\r\nContent-Length: ${bomb.length}`));
      socket.write(bomb);
    });
    const session = openSession(server.port);
    const { body } = await session.get('/');
    session.close();
    expect(body.length).toBeLessThanOrEqual(bomb.length);
    expect(server.requests[0]).not.toMatch(/accept-encoding/i);
  });

  it('may come byte by byte', async () => {
    const server = await answering((_request, { socket }) =>
      socket.write(`${head('Transfer-Encoding: chunked')}${'1\r\nx\r\n'.repeat(50_000)}0\r\n\r\n`),
    );
    const session = openSession(server.port);
    expect((await session.get('/')).body).toBe('x'.repeat(50_000));
    session.close();
  });
});
