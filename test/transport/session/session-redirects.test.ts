import { afterEach, describe, expect, it } from '@jest/globals';
import { page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession } from '../support/sessions.js';
import { certified, type SecureServer, secureServer } from '../support/tls-server.js';

const servers: { close(): Promise<void>; quiet(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.quiet();
    await server.close();
  }
});

/** A server that redirects by a map from path to Location, and answers everything else. */
async function redirecting(map: Record<string, string>, status = '302 Found'): Promise<RawServer> {
  const server = await rawServer((head, { socket }) => {
    const path = head.split(' ')[1] ?? '';
    const to = map[path];
    socket.write(to === undefined ? page(`at ${path}`) : page('moved', `Location: ${to}`, status));
  });
  servers.push(server);
  return server;
}

function paths(server: RawServer | SecureServer): string[] {
  return server.requests.map((head) => head.split(' ')[1] ?? '');
}

describe('a redirect', () => {
  it.each(['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'])(
    'with %s is followed within the phone, over the same connection',
    async (status) => {
      const server = await redirecting({ '/': '/admin/advanced?x=1' }, status);
      const session = openSession(server.port);
      expect(await session.get('/')).toMatchObject({
        status: 200,
        body: 'at /admin/advanced?x=1',
        path: '/admin/advanced?x=1',
      });
      session.close();
      expect(server.callers).toHaveLength(1);
    },
  );

  it('may be relative, absolute, or absolute to the very port', async () => {
    const server = await redirecting({ '/a/b': 'c', '/a/c': '../d', '/d': '?e', '/d?e': '#f' });
    const session = openSession(server.port);
    expect(await errorOf(session.get('/a/b'))).toMatchObject({ code: 'redirect-loop' });
    session.close();
    expect(paths(server)).toEqual(['/a/b', '/a/c', '/d', '/d?e']);
    const other = await redirecting({});
    const home = await redirecting({ '/': `http://127.0.0.1:${other.port}/there` });
    const wandering = openSession(home.port);
    expect((await wandering.get('/')).body).toBe('at /there');
    expect(wandering.endpoint).toEqual({ scheme: 'http', port: other.port });
    wandering.close();
  });

  it.each([
    ['http://127.0.0.2/', 'another address'],
    ['http://portal.example/login', 'a name'],
    ['//127.0.0.2/', 'another address, short'],
    ['https://127.0.0.1.example/', 'a name that begins like the address'],
    ['http://127.0.0.1@10.0.0.9/', 'another address behind a user name'],
    ['ftp://127.0.0.1/', 'another scheme'],
    ['javascript:alert(1)', 'no address at all'],
    ['http://', 'nowhere'],
  ])('to %s is not followed: %s', async (to) => {
    const server = await redirecting({ '/': to });
    const session = openSession(server.port);
    const error = await errorOf(session.get('/'));
    expect(error.code).toBe('redirect-elsewhere');
    expect(error.message).toContain(to);
    session.close();
    expect(server.requests).toHaveLength(1);
  });

  it('in a circle ends, whether the circle repeats itself or grows', async () => {
    const circle = await redirecting({ '/': '/a', '/a': '/b', '/b': '/a' });
    const session = openSession(circle.port);
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'redirect-loop' });
    session.close();
    expect(paths(circle)).toEqual(['/', '/a', '/b']);
    const itself = await redirecting({ '/': '/' });
    const turning = openSession(itself.port);
    expect(await errorOf(turning.get('/'))).toMatchObject({ code: 'redirect-loop' });
    turning.close();
    expect(itself.requests).toHaveLength(1);
    const growing = await rawServer((head, { socket }) =>
      socket.write(page('', `Location: ${head.split(' ')[1] ?? ''}x`, '302 Found')),
    );
    servers.push(growing);
    const endless = openSession(growing.port);
    expect(await errorOf(endless.get('/'))).toMatchObject({ code: 'redirect-loop' });
    endless.close();
    expect(growing.requests).toHaveLength(5);
  });

  it('without a Location is an answer like any other', async () => {
    const server = await rawServer((_head, { socket }) => socket.write(page('here', 'X: y', '302 Found')));
    servers.push(server);
    const session = openSession(server.port);
    expect(await session.get('/')).toMatchObject({ status: 302, body: 'here' });
    session.close();
  });
});

describe('a redirect from http to https on the same phone', () => {
  it('is followed, and from then on the session speaks https, one connection at a time', async () => {
    const secure = await secureServer((_head, { socket }) => socket.write(page('secret')));
    const plain = await redirecting({ '/admin/advanced': `https://127.0.0.1:${secure.port}/admin/advanced` });
    servers.push(secure);
    const session = openSession(plain.port, { tls: { ca: [(await certified()).cert], insecure: false } });
    expect(await session.get('/admin/advanced')).toMatchObject({ status: 200, body: 'secret' });
    expect(session.endpoint).toEqual({ scheme: 'https', port: secure.port });
    await plain.quiet();
    await session.get('/admin/status.xml');
    session.close();
    expect(paths(plain)).toEqual(['/admin/advanced']);
    expect(paths(secure)).toEqual(['/admin/advanced', '/admin/status.xml']);
    expect(secure.callers).toHaveLength(1);
  });

  it('does not trust the certificate any more for having been sent there', async () => {
    const secure = await secureServer((_head, { socket }) => socket.write(page('secret')));
    const plain = await redirecting({ '/': `https://127.0.0.1:${secure.port}/` });
    servers.push(secure);
    const session = openSession(plain.port);
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'certificate-untrusted' });
    session.close();
    expect(secure.requests).toEqual([]);
  });
});
