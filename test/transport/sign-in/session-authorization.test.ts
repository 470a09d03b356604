import { afterEach, describe, expect, it } from '@jest/globals';
import {
  authorizations,
  closeAll,
  digest,
  digestPhone,
  knownAs,
  locked,
  password,
  server,
  signed,
} from '../support/locked-server.js';
import type { Page } from '../../../src/transport/session/session.js';
import { type Answer, page } from '../support/raw-server.js';
import { errorOf } from '../support/sessions.js';

afterEach(closeAll);

describe('a page behind Digest', () => {
  it('is asked for once more with the authorization, and later ones carry it at once, counted', async () => {
    const phone = await server(digestPhone);
    const signIn = knownAs();
    const session = phone.session(signIn);
    expect(await session.get('/admin/advanced?x=1')).toMatchObject({ status: 200, body: 'welcome' });
    expect((await session.get('/admin/status.xml')).status).toBe(200);
    expect((await session.post('/admin/bcisco.csc', 'a=1', 'text/plain')).status).toBe(200);
    expect(authorizations(phone.server)).toEqual([null, 'n1 00000001', 'n1 00000002', 'n1 00000003']);
    expect(phone.server.callers).toHaveLength(1);
    expect(signIn.state).toBe('accepted');
  });

  it('stays shut without a password, and nothing is sent', async () => {
    const phone = await server(digestPhone);
    const answer = await phone.session().get('/');
    expect([answer.status, answer.signIn]).toEqual([401, 'no-password']);
    expect(phone.server.requests).toHaveLength(1);
  });

  it('gets a wrong password once, in whatever sessions and pages', async () => {
    const phone = await server(digestPhone);
    const signIn = knownAs('guessed');
    const first = phone.session(signIn);
    expect(await first.get('/a')).toMatchObject({ status: 401, signIn: 'refused' });
    expect(await first.get('/b')).toMatchObject({ status: 401, signIn: 'refused' });
    expect(await first.post('/c', 'a=1', 'text/plain')).toMatchObject({ status: 401, signIn: 'refused' });
    first.close();
    expect(await phone.session(signIn).get('/a')).toMatchObject({ status: 401, signIn: 'refused' });
    expect(authorizations(phone.server)).toEqual([null, 'n1 00000001', null, null, null]);
    expect(signIn.state).toBe('refused');
  });

  it('is signed in to anew in each session once the password was right', async () => {
    const phone = await server(digestPhone);
    const signIn = knownAs();
    for (let turn = 0; turn < 2; turn += 1) {
      const session = phone.session(signIn);
      expect((await session.get('/')).status).toBe(200);
      session.close();
    }
    expect(authorizations(phone.server)).toEqual([null, 'n1 00000001', null, 'n1 00000001']);
  });

  it('does not get a password again whose answer never came', async () => {
    const phone = await server((head, { socket }) => {
      if (signed(head)) socket.end('HTTP/1.1 2');
      else socket.write(locked(digest('n1')));
    });
    const signIn = knownAs();
    const first = phone.session(signIn);
    expect(await errorOf(first.get('/'))).toMatchObject({ code: 'connection-lost' });
    expect(await first.get('/')).toMatchObject({ status: 401, signIn: 'unanswered' });
    expect(await phone.session(signIn).get('/')).toMatchObject({ status: 401, signIn: 'unanswered' });
    expect(authorizations(phone.server).filter((one) => one !== null)).toHaveLength(1);
  });

  it('is reached over a connection that the phone closes after each answer', async () => {
    const phone = await server((head, { socket }) =>
      socket.end(
        signed(head)?.isRight
          ? page('welcome', 'Connection: close')
          : page('no', `Connection: close\r\n${digest('n1')}`, '401 Unauthorized'),
      ),
    );
    expect((await phone.session(knownAs()).get('/')).status).toBe(200);
    expect(phone.server.mostOpen).toBe(1);
  });
});

describe('a nonce that is too old', () => {
  /** Each nonce is good for so many requests. */
  const shortLived = (uses: number, stale: string): Answer => {
    let [nonce, used] = [0, 0];
    return (head, { socket }) => {
      const said = signed(head);
      if (said?.isRight && said.nonce === `n${nonce}` && used < uses) {
        used += 1;
        socket.write(page('welcome'));
        return;
      }
      nonce += 1;
      used = 0;
      socket.write(locked(digest(`n${nonce}`, said ? stale : '')));
    };
  };

  it.each([
    ['said so', ',stale="true"'],
    ['unsaid, as by the ancestors, after it was good before', ''],
  ])('is answered with the new one, %s', async (_how, stale) => {
    const phone = await server(shortLived(2, stale));
    const signIn = knownAs();
    const session = phone.session(signIn);
    for (const path of ['/1', '/2', '/3']) expect((await session.get(path)).status).toBe(200);
    expect(authorizations(phone.server)).toEqual([null, 'n1 00000001', 'n1 00000002', 'n1 00000003', 'n2 00000001']);
    expect(signIn.state).toBe('accepted');
  });

  it.each([['post'], ['act']] as const)(
    'of a %s that is refused for it is not renewed by itself: whoever sent it reads first',
    async (how) => {
      const phone = await server(shortLived(2, ',stale=true'));
      const session = phone.session(knownAs());
      const send = (): Promise<Page> => (how === 'post' ? session.post('/3', 'a=1', 'text/plain') : session.act('/3'));
      for (const path of ['/1', '/2']) await session.get(path);
      expect(await send()).toMatchObject({ status: 401, signIn: 'expired' });
      expect(phone.server.requests.filter((head) => / \/3 /.test(head))).toHaveLength(1);
      expect((await session.get('/4')).status).toBe(200);
      expect((await send()).status).toBe(200);
      // From then on what must leave once gets a nonce of its own: the page is asked for without one first.
      expect(authorizations(phone.server)).toEqual([
        null,
        'n1 00000001',
        'n1 00000002',
        'n1 00000003',
        'n2 00000001',
        null,
        'n3 00000001',
      ]);
    },
  );

  it('that is good for one request only keeps nobody from posting', async () => {
    const phone = await server(shortLived(1, ''));
    const session = phone.session(knownAs());
    for (const path of ['/1', '/2']) expect((await session.get(path)).status).toBe(200);
    expect((await session.post('/3', 'a=1', 'text/plain')).status).toBe(200);
    expect(phone.server.requests.filter((head) => head.startsWith('POST'))).toHaveLength(1);
  });

  it('is renewed once for a request, not for ever', async () => {
    let nonce = 0;
    const phone = await server((head, { socket }) =>
      socket.write(locked(digest(`n${(nonce += 1)}`, signed(head) ? ', stale=true' : ''))),
    );
    const signIn = knownAs();
    expect(await phone.session(signIn).get('/')).toMatchObject({ status: 401, signIn: 'refused' });
    expect(authorizations(phone.server)).toEqual([null, 'n1 00000001', 'n2 00000001']);
    expect(signIn.state).toBe('refused');
  });

  it('is no excuse where the password was never right: a new nonce alone does not bring it again', async () => {
    let nonce = 0;
    const phone = await server((_head, { socket }) => socket.write(locked(digest(`n${(nonce += 1)}`))));
    expect(await phone.session(knownAs()).get('/')).toMatchObject({ signIn: 'refused' });
    expect(phone.server.requests).toHaveLength(2);
  });
});

describe('a page behind Basic', () => {
  const right = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  const basicPhone: Answer = (head, { socket }) =>
    socket.write(
      head.includes(`\r\nauthorization: ${right}\r\n`) ? page('welcome') : locked('WWW-Authenticate: Basic realm="a"'),
    );

  it('is signed in to, and whoever asked is told that the password can be read on the way', async () => {
    const phone = await server(basicPhone);
    const signIn = knownAs();
    const session = phone.session(signIn);
    expect((await session.get('/1')).status).toBe(200);
    expect((await session.get('/2')).status).toBe(200);
    expect(phone.server.requests).toHaveLength(3);
    expect(signIn.readable).toBe(1);
  });

  it('gets a wrong password once', async () => {
    const phone = await server(basicPhone);
    const session = phone.session(knownAs('guessed'));
    for (let turn = 0; turn < 3; turn += 1) expect(await session.get('/')).toMatchObject({ signIn: 'refused' });
    expect(phone.server.requests.filter((head) => /^authorization:/im.test(head))).toHaveLength(1);
  });
});
