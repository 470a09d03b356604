import { afterEach, describe, expect, it } from '@jest/globals';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession, type Opening, outcomeOf } from '../support/sessions.js';

const servers: { close(): Promise<void>; quiet(): Promise<void> }[] = [];
afterEach(async () => {
  // A closed session leaves no socket, however badly it went.
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

/** What becomes of a server that sends these bytes and hangs up. */
async function codeFor(bytes: string | Buffer, more: Opening = {}): Promise<number | string> {
  const server = await answering((_head, { socket }) => socket.end(bytes));
  return outcomeOf(openSession(server.port, more));
}

const headers = (lines: string): string => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n`;

describe('a bad answer has a failure code of its own', () => {
  it.each<[string, string | Buffer, string | number]>([
    ['garbage', Buffer.from([0xf7, 0x00, 0x41, 0x0d, 0x0a, 0x99]), 'malformed-response'],
    ['another protocol', 'SSH-2.0-dropbear_2019.78\r\n', 'malformed-response'],
    ['a header that is none', headers('no colon here'), 'malformed-response'],
    ['20 KB of headers', headers(`X-Filler: ${'x'.repeat(20_000)}`), 'headers-too-large'],
    [
      '20 KB of headers in pieces',
      headers(
        Array(20)
          .fill(`X-F: ${'x'.repeat(1_010)}`)
          .join('\r\n'),
      ),
      'headers-too-large',
    ],
    ['half a page with a length', headers('Content-Length: 500') + '<html>', 'connection-lost'],
    ['half a page in chunks', headers('Transfer-Encoding: chunked') + '5\r\nhello\r\n', 'connection-lost'],
    [
      'half a page in chunks, closed as announced',
      headers('Transfer-Encoding: chunked\r\nConnection: close') + '5\r\nhel',
      'connection-lost',
    ],
    ['half of the headers', 'HTTP/1.1 200 OK\r\nContent-Ty', 'connection-lost'],
    ['more than any phone page', headers('Connection: close') + 'x'.repeat(1024 * 1024 + 1), 'response-too-large'],
    ['nothing at all', '', 'connect-reset'],
    ['a TLS alert', Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]), 'wrong-protocol'],
    ['an empty page', headers('Content-Length: 0'), 200],
    ['half a page of which nobody knows the length', headers('Connection: close') + '<html>', 200],
  ])('%s', async (_what, bytes, outcome) => {
    expect(await codeFor(bytes)).toBe(outcome);
    if (typeof outcome === 'string') expect(Object.keys(failureCodes)).toContain(outcome);
  });

  it('for a reset: before the first byte nobody answered, after it the answer was lost', async () => {
    const before = await answering((_head, { socket }) => socket.resetAndDestroy());
    expect(await outcomeOf(openSession(before.port))).toBe('connect-reset');
    const within = await answering((_head, { socket }) =>
      socket.write(headers('Content-Length: 500') + '<html>', () => socket.resetAndDestroy()),
    );
    expect(await outcomeOf(openSession(within.port))).toBe('connection-lost');
  });

  it('and leaves the next session with the same phone alone', async () => {
    const server = await answering((_head, { socket, number }) =>
      number === 1 ? socket.end('garbage\r\n\r\n') : socket.write(page('hello')),
    );
    expect(await outcomeOf(openSession(server.port))).toBe('malformed-response');
    expect(await outcomeOf(openSession(server.port))).toBe(200);
  });
});

describe('what a bad answer may cost', () => {
  it('is bounded in bytes: an endless body is cut off, and little more than the bound was ever taken', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(16 * 1024, 'x');
    const server = await answering((_head, { socket }) => {
      socket.write(headers('Connection: close'));
      const more = (): void => {
        if (socket.destroyed) return;
        sent += chunk.length;
        if (socket.write(chunk)) setImmediate(more);
        else socket.once('drain', more);
      };
      more();
    });
    expect(await outcomeOf(openSession(server.port))).toBe('response-too-large');
    await server.quiet();
    // The rest was under way in the buffers of the machine.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['a hang', '', 'response-timeout', 'no response within 6s'],
    ['half of the headers', 'HTTP/1.1 200 OK\r\nContent-', 'response-timeout', 'no response within 6s'],
    [
      'a stalled body',
      headers('Content-Length: 500') + '<html>',
      'body-timeout',
      'its response stopped half-way: nothing more within 6s',
    ],
  ])('is bounded in time: %s ends on the passed-in clock', async (_what, bytes, code, message) => {
    const clock = new HandClock();
    const server = await answering((_head, { socket }) => socket.write(bytes));
    const session = openSession(server.port, { clock, limits: { responseMs: 6_000 } });
    let ended = false;
    const reading = errorOf(session.get('/')).finally(() => (ended = true));
    // Until the bytes have come, and the session has begun to wait for more.
    for (let turns = 0; turns < 100; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(server.requests).toHaveLength(1);
    clock.pass(5_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    clock.pass(1);
    expect(await reading).toMatchObject({ code, message });
    await server.quiet();
    session.close();
    expect(clock.waiting()).toBe(0);
  });

  it('begins anew with each piece of a body, for a phone that is slow but not stuck', async () => {
    const clock = new HandClock();
    const server = await answering((_head, { socket }) => {
      socket.write(headers('Content-Length: 5'));
      const letters = [...'hello'];
      const more = (): void => {
        const letter = letters.shift();
        if (letter === undefined) return;
        // Some turns for the piece to arrive, then a long pause.
        socket.write(letter, () => setImmediate(() => setImmediate(() => setImmediate(pause))));
      };
      const pause = (): void => {
        clock.pass(4_000);
        more();
      };
      more();
    });
    const session = openSession(server.port, { clock, limits: { responseMs: 6_000, sessionMs: 60_000 } });
    expect((await session.get('/')).body).toBe('hello');
    session.close();
  });

  it('is over for the request alone: the same session may ask again', async () => {
    const clock = new HandClock();
    const server = await answering((_head, { socket, number }) => {
      if (number === 2) socket.write(page('hello'));
    });
    const session = openSession(server.port, { clock });
    const hanging = errorOf(session.get('/'));
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.pass(5_000);
    expect(await hanging).toMatchObject({ code: 'response-timeout' });
    expect((await session.get('/')).body).toBe('hello');
    expect(server.mostOpen).toBe(1);
    session.close();
  });

  it('is bounded for the session as a whole: a body that dribbles in for ever ends at its deadline', async () => {
    const clock = new HandClock();
    let pieces = 0;
    const server = await answering((_head, { socket }) => {
      socket.write(headers('Connection: close'));
      const more = (): void => {
        if (socket.destroyed) return;
        pieces += 1;
        socket.write('x', () => setImmediate(more));
      };
      more();
    });
    const session = openSession(server.port, { clock, limits: { sessionMs: 5_000 } });
    const reading = errorOf(session.get('/'));
    while (pieces < 50) await new Promise((resolve) => setImmediate(resolve));
    clock.pass(4_999);
    const before = pieces;
    while (pieces < before + 50) await new Promise((resolve) => setImmediate(resolve));
    clock.pass(1);
    expect(await reading).toMatchObject({
      code: 'session-timeout',
      message: 'the session took longer than 5s',
    });
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'session-timeout' });
    await server.quiet();
    expect(server.callers).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});
