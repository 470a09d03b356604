import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Credentials } from '../../../src/domain/network/site.js';
import { CookieJar } from '../../../src/transport/sign-in/cookie-jar.js';
import type { HttpSession } from '../../../src/transport/session/session.js';
import type { SignIn } from '../../../src/transport/sign-in/sign-in.js';
import { type Answer, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession, type Opening } from '../support/sessions.js';
import { certified, secureServer } from '../support/tls-server.js';

const closing: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).reverse()) await one.close();
});

async function serve(answer: Answer): Promise<RawServer> {
  const server = await rawServer(answer);
  closing.push(server);
  return server;
}

function open(port: number, more: Opening): HttpSession {
  const session = openSession(port, more);
  closing.push(session);
  return session;
}

const admin = (password: string): Credentials => ({ username: 'admin', password: () => password });

/** Several passwords, one after the other, as `--try-passwords` allows it. */
function candidates(...passwords: string[]): SignIn & { cnonces: number } {
  const [first = '', ...rest] = passwords;
  const signIn: { -readonly [Key in keyof SignIn]: SignIn[Key] } & { cnonces: number } = {
    credentials: admin(first),
    state: 'untried',
    cnonces: 0,
    cnonce: () => `cn${(signIn.cnonces += 1)}`,
    onReadable: () => {},
    next: () => {
      const following = rest.shift();
      if (following === undefined) return false;
      signIn.credentials = admin(following);
      signIn.state = 'untried';
      return true;
    },
  };
  return signIn;
}

const basic = 'WWW-Authenticate: Basic realm="a"';
const locked = (headers: string, status = '401 Unauthorized'): string => page('no', headers, status);
/** The passwords that a server was sent by Basic. */
const tried = ({ requests }: RawServer): string[] =>
  requests.flatMap((head) => {
    const encoded = /^authorization: Basic (\S+)/im.exec(head)?.[1];
    return encoded === undefined ? [] : [Buffer.from(encoded, 'base64').toString().replace('admin:', '')];
  });
const field = (head: string, name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(head)?.[1] ?? '';

describe('several passwords', () => {
  const basicPhone =
    (right: string): Answer =>
    (head, { socket }) => {
      const isRight = head.includes(Buffer.from(`admin:${right}`).toString('base64'));
      socket.write(isRight ? page('welcome') : locked(basic));
    };

  it('are tried in order until one is right, and the others never', async () => {
    const phone = await serve(basicPhone('three'));
    const signIn = candidates('one', 'two', 'three', 'four');
    const session = open(phone.port, { signIn: () => signIn });
    expect((await session.get('/a')).body).toBe('welcome');
    expect((await session.get('/b')).body).toBe('welcome');
    expect(tried(phone)).toEqual(['one', 'two', 'three', 'three']);
    expect(session.access.signedInBy).toBe('Basic');
  });

  it('are each tried once in a run, and none again when all were wrong', async () => {
    const phone = await serve(basicPhone('none'));
    const signIn = candidates('one', 'two');
    for (let turn = 0; turn < 3; turn += 1)
      expect(await open(phone.port, { signIn: () => signIn }).get('/')).toMatchObject({ signIn: 'refused' });
    expect(tried(phone)).toEqual(['one', 'two']);
  });

  it.each(['403 Forbidden', '429 Too Many Requests', '503 Service Unavailable'])(
    'end at once when the phone answers %s after a refusal',
    async (status) => {
      const phone = await serve((head, { socket }) => {
        const tries = /^authorization:/im.test(head) ? tried(phone).length : 0;
        socket.write(tries >= 2 ? locked('X: y', status) : locked(basic));
      });
      const signIn = candidates('one', 'two', 'three');
      expect(await open(phone.port, { signIn: () => signIn }).get('/')).toMatchObject({ signIn: 'locked' });
      expect(await open(phone.port, { signIn: () => signIn }).get('/')).toMatchObject({
        status: 401,
        signIn: 'locked',
      });
      expect(tried(phone)).toEqual(['one', 'two']);
      expect(signIn.state).toBe('locked');
    },
  );

  it('are proven by no error page', async () => {
    const phone = await serve((head, { socket }) =>
      socket.write(/^authorization:/im.test(head) ? locked('X: y', '500 Oops') : locked(basic)),
    );
    const signIn = candidates('one', 'two');
    const session = open(phone.port, { signIn: () => signIn });
    expect((await session.get('/')).status).toBe(500);
    expect(await session.get('/')).toMatchObject({ status: 401, signIn: 'unanswered' });
    expect(tried(phone)).toEqual(['one']);
  });
});

describe('Digest', () => {
  it('answers one nonce with one cnonce and a rising count, as the -sess algorithms want it', async () => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    let key = '';
    const phone = await serve((head, { socket }) => {
      if (!/^authorization:/im.test(head))
        return void socket.write(
          locked('WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"'),
        );
      // The key is made once, of the first answer (RFC 7616 §3.4.2), and not again.
      if (key === '') key = md5(`${md5('admin:r:pw')}:n:${field(head, 'cnonce')}`);
      const [method = '', uri = ''] = head.split(' ');
      const parts = [key, 'n', field(head, 'nc'), field(head, 'cnonce'), 'auth', md5(`${method}:${uri}`)];
      socket.write(field(head, 'response') === md5(parts.join(':')) ? page('welcome') : locked(basic));
    });
    const session = open(phone.port, { signIn: () => candidates('pw') });
    for (const path of ['/1', '/2', '/3']) expect((await session.get(path)).body).toBe('welcome');
    expect(phone.requests.slice(1).map((head) => field(head, 'nc'))).toEqual(['00000001', '00000002', '00000003']);
    expect(session.access.signedInBy).toBe('Digest (MD5-sess)');
  });
});

describe('a password is not told', () => {
  it('to an answer that is no phone’s', async () => {
    const phone = await serve((_head, { socket }) => socket.write(locked(`Server: Boa\r\n${basic}`)));
    const isForeign = ({ headers }: { headers: Readonly<Record<string, string>> }): boolean => 'server' in headers;
    const session = open(phone.port, { signIn: () => candidates('pw'), isForeign });
    expect(await session.get('/')).toMatchObject({ status: 401, signIn: 'foreign' });
    expect(tried(phone)).toEqual([]);
  });

  it('over plain http to another port that a redirect leads to', async () => {
    const other = await serve((_head, { socket }) => socket.write(locked(basic)));
    const phone = await serve((_head, { socket }) =>
      socket.write(page('', `Location: http://127.0.0.1:${other.port}/`, '302 Found')),
    );
    const session = open(phone.port, { signIn: () => candidates('pw') });
    expect(await session.get('/')).toMatchObject({ status: 401, signIn: 'other-door' });
    expect(tried(other)).toEqual([]);
  });

  const tls = { ca: [], insecure: true };

  it.each(['Digest', 'a cookie'])('to plain http after a sign-in over https by %s', async (way) => {
    const plain = await serve((_head, { socket }) => socket.write(page('readable for everybody')));
    const down = page('', `Location: http://127.0.0.1:${plain.port}/`, '302 Found');
    const challenge = locked('WWW-Authenticate: Digest realm="r", nonce="n"');
    const cookie = page('', 'Set-Cookie: sid=1\r\nLocation: /again', '302 Found');
    const secured = await secureServer(
      (head, { socket }) => {
        const known = /^(?:authorization|cookie):/im.test(head);
        socket.write(known ? down : way === 'Digest' ? challenge : cookie);
      },
      await certified(),
    );
    closing.push(secured);
    const cookies = new CookieJar({ now: () => 0, monotonic: () => 0 });
    const at = { scheme: 'https' as const, port: secured.port };
    const session = open(secured.port, { endpoint: at, tls, cookies, signIn: () => candidates('pw') });
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'redirect-downgrade' });
    expect(plain.requests).toEqual([]);
  });

  it('over plain http once TLS was spoken, though it was not signed in to', async () => {
    const plain = await serve((_head, { socket }) => socket.write(locked(basic)));
    const secured = await secureServer(
      (_head, { socket }) => socket.write(page('', `Location: http://127.0.0.1:${plain.port}/`, '302 Found')),
      await certified(),
    );
    closing.push(secured);
    const session = open(secured.port, {
      endpoint: { scheme: 'https', port: secured.port },
      tls,
      signIn: () => candidates('pw'),
    });
    expect(await errorOf(session.get('/'))).toMatchObject({ code: 'redirect-downgrade' });
    expect(plain.requests).toEqual([]);
  });
});
