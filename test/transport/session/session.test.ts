import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { connectTcp } from '../../../src/transport/connection/connect.js';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, type Opening, openSession } from '../support/sessions.js';
import type { PhoneSession } from '../../../src/transport/session/session.js';

const open: { server: RawServer; session: PhoneSession }[] = [];
afterEach(async () => {
  for (const { server, session } of open.splice(0)) {
    session.close();
    // Whatever happened in between: a closed session leaves no socket.
    await server.quiet();
    await server.close();
  }
});

async function talk(answer: Answer, more: Opening = {}): Promise<{ server: RawServer; session: PhoneSession }> {
  const server = await rawServer(answer);
  const pair = { server, session: openSession(server.port, more) };
  open.push(pair);
  return pair;
}

describe('a page', () => {
  it('comes with its status, its headers, its text and where it was', async () => {
    const { session } = await talk((_head, { socket }) =>
      socket.write(page('<p>hello</p>', 'Content-Type: text/html\r\nX-A: 1\r\nX-A: 2', '404 Not Found')),
    );
    expect(await session.get('/admin/advanced')).toEqual({
      status: 404,
      headers: expect.objectContaining({ 'content-type': 'text/html', 'x-a': '1, 2' }),
      body: '<p>hello</p>',
      charset: 'utf8',
      path: '/admin/advanced',
    });
  });

  it('is asked for politely: by address, with our name, without a Referer', async () => {
    const { server, session } = await talk((_head, { socket }) => socket.write(page('')));
    await session.get('/a?b=c');
    const [head = ''] = server.requests;
    expect(head).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\n/);
    expect(head).toMatch(new RegExp(`^host: 127\\.0\\.0\\.1:${server.port}\r$`, 'im'));
    expect(head).toMatch(/^user-agent: fleet-migrate\/test\r$/im);
    expect(head).not.toMatch(/^(referer|cookie|authorization|accept-encoding):/im);
  });

  it.each([
    ['said in the header', 'Content-Type: text/html; charset=iso-8859-1', 'latin1', Buffer.from('Büro', 'latin1')],
    ['said in the page', 'Content-Type: text/html', 'latin1', Buffer.from('<meta charset="ISO-8859-1">Büro', 'latin1')],
    ['not said', 'X: y', 'latin1', Buffer.from('Büro', 'latin1')],
    ['not said, and UTF-8', 'X: y', 'utf8', Buffer.from('Büro')],
    ['said wrongly', 'Content-Type: text/html; charset=utf-8', 'latin1', Buffer.from('Büro', 'latin1')],
  ])('is read in its own character set, %s', async (_how, header, charset, bytes) => {
    const { session } = await talk((_head, { socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\n${header}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
      socket.write(bytes);
    });
    const { body, ...read } = await session.get('/');
    expect(body.endsWith('Büro')).toBe(true);
    expect(read.charset).toBe(charset);
  });

  it.each([
    ['no length, closed at the end', 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello', true],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello', true],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n', false],
    ['a length and a close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello', true],
    ['bare line feeds between chunks of headers', 'HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello', false],
  ])('is whole with %s', async (_how, answer, closes) => {
    const { session } = await talk((_head, { socket }) => (closes ? socket.end(answer) : socket.write(answer)));
    expect(await session.get('/')).toMatchObject({ status: 200, body: 'hello' });
  });

  it('may come byte by byte', async () => {
    const { session } = await talk((_head, { socket }) => {
      const bytes = [...page('hello')];
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    expect((await session.get('/')).body).toBe('hello');
  });
});

describe('a session', () => {
  it('holds one connection and has one request at a time, even when asked for more at once', async () => {
    const { server, session } = await talk((_head, { socket }) => setImmediate(() => socket.write(page('x'))));
    await Promise.all(['/1', '/2', '/3', '/4'].map((path) => session.get(path)));
    expect(server.callers).toHaveLength(1);
    expect(server.mostOpen).toBe(1);
    expect(server.requests.map((head) => head.split(' ')[1])).toEqual(['/1', '/2', '/3', '/4']);
    expect(server.mostWaiting).toBe(1);
  });

  it('ends a download of which enough has arrived, and asks on over a new connection', async () => {
    const long = `begin ${'x'.repeat(400_000)} end`;
    const { server, session } = await talk((_head, { socket }) => setImmediate(() => socket.write(page(long))));
    const asked: number[] = [];
    const { status, body } = await session.get('/1', undefined, (text) => {
      asked.push(text.length);
      return text.length > 30_000 ? text.slice(0, 7) : null;
    });
    expect([status, body]).toEqual([200, 'begin x']);
    // Each time about twice as much: what is asked for costs no more than the page itself.
    expect(asked.every((length, at) => at === 0 || length >= 2 * (asked[at - 1] ?? 0))).toBe(true);
    expect((await session.get('/2')).body).toBe(long);
    expect(server.requests.map((head) => head.split(' ')[1])).toEqual(['/1', '/2']);
    expect(server.callers).toHaveLength(2);
  });

  it.each([404, 401])('reads a page of status %d to its end', async (status) => {
    const long = 'x'.repeat(100_000);
    const { session } = await talk((_head, { socket }) =>
      setImmediate(() => socket.write(page(long).replace('200 OK', `${status} No`))),
    );
    expect(await session.get('/', undefined, () => '')).toMatchObject({ status, body: long });
  });

  it('connects anew for a phone that closes after each answer, never twice at once', async () => {
    const { server, session } = await talk((_head, { socket }) =>
      socket.end(page('x', 'Connection: close\r\nContent-Type: text/html')),
    );
    for (let turn = 0; turn < 3; turn += 1) await session.get('/');
    expect(server.callers).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
    expect(server.mostOpen).toBe(1);
  });

  it('asks once more when the phone closed the idle connection just before', async () => {
    const { server, session } = await talk((_head, { socket, number, requests }) => {
      if (number === 1 && requests.length === 2) socket.destroy();
      else socket.write(page(`from ${number}`));
    });
    expect((await session.get('/')).body).toBe('from 1');
    expect((await session.get('/')).body).toBe('from 2');
    expect(server.requests).toHaveLength(3);
  });

  it('asks once more when the probe’s connection had been closed meanwhile', async () => {
    const server = await rawServer((_head, { socket, number }) => {
      if (number === 1) socket.destroy();
      else socket.write(page('hello'));
    });
    const session = openSession(server.port, {
      open: {
        endpoint: { scheme: 'http', port: server.port },
        socket: await connectTcp('127.0.0.1', server.port, 5_000, systemClock),
      },
    });
    open.push({ server, session });
    expect((await session.get('/')).body).toBe('hello');
  });

  it('does not ask again on a fresh connection, nor when the answer had begun', async () => {
    const fresh = await talk((_head, { socket }) => socket.destroy());
    expect(await errorOf(fresh.session.get('/'))).toMatchObject({ code: 'connect-reset' });
    expect(fresh.server.requests).toHaveLength(1);
    const begun = await talk((_head, { socket, requests }) => {
      if (requests.length === 1) socket.write(page('hello'));
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhal');
    });
    await begun.session.get('/');
    expect(await errorOf(begun.session.get('/'))).toMatchObject({ code: 'connection-lost' });
    expect(begun.server.requests).toHaveLength(2);
  });

  it('never sends a post twice', async () => {
    const { server, session } = await talk((head, { socket }) => {
      if (head.startsWith('POST')) socket.destroy();
      else socket.write(page('hello'));
    });
    await session.get('/');
    expect(await errorOf(session.post('/bcisco.csc', 'a=1', 'text/plain'))).toMatchObject({ code: 'connection-lost' });
    expect(server.requests.filter((head) => head.startsWith('POST'))).toHaveLength(1);
  });

  it('posts the bytes it is given, with their length and type, and does not follow where the answer points', async () => {
    const { server, session } = await talk((_head, { socket }) =>
      socket.write(page('', 'Location: /elsewhere', '302 Found')),
    );
    const body = Buffer.from('5356=Büro', 'latin1');
    const answer = await session.post('/admin/bcisco.csc', body, 'application/x-www-form-urlencoded');
    expect(answer.status).toBe(302);
    expect(server.requests).toHaveLength(1);
    const [request = ''] = server.requests;
    expect(request).toMatch(/^content-type: application\/x-www-form-urlencoded\r$/im);
    expect(request.endsWith('\r\n\r\n5356=Büro')).toBe(true);
    expect(request).toMatch(/^content-length: 9\r$/im);
  });

  it('says which connection is open, so that a caller knows whether it is still the same', async () => {
    const { server, session } = await talk((_head, { socket, number, requests }) => {
      if (number === 1 && requests.length === 2) socket.end(page('bye', 'Connection: close'));
      else socket.write(page('x'));
    });
    expect(session.connection).toBeNull();
    await session.get('/');
    const first = session.connection;
    expect(first).not.toBeNull();
    await session.get('/');
    expect(session.connection).toBeNull();
    await session.get('/');
    expect(session.connection).not.toBe(first);
    expect(session.connection).not.toBeNull();
    expect(server.callers).toHaveLength(2);
  });

  it('ends at once when closed: what was under way fails, what comes later does not begin', async () => {
    const clock = new HandClock();
    const { server, session } = await talk(() => {}, { clock });
    const asking = errorOf(session.get('/'));
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    session.close();
    session.close();
    expect(await asking).toMatchObject({ code: 'connection-lost', message: 'the session was closed' });
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'connection-lost' });
    expect(await errorOf(session.post('/', '', 'text/plain'))).toMatchObject({ code: 'connection-lost' });
    await server.quiet();
    expect(server.callers).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});
