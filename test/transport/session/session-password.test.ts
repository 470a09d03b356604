import { afterEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../src/transport/session/session.js';
import type { SignIn } from '../../../src/transport/sign-in/sign-in.js';
import {
  authorizations,
  closeAll,
  digest,
  knownAs,
  locked,
  password,
  server,
  signed,
} from '../support/locked-server.js';
import { page } from '../support/raw-server.js';
import { errorOf } from '../support/sessions.js';

afterEach(closeAll);

describe('the password', () => {
  it('stays right where a post is refused in spite of it: the next page is read with it', async () => {
    const phone = await server((head, { socket }) =>
      socket.write(
        head.startsWith('GET') && /^authorization: /im.test(head)
          ? page('welcome')
          : locked('WWW-Authenticate: Basic realm="a"'),
      ),
    );
    const signIn = knownAs();
    const session = phone.session(signIn);
    await session.get('/admin/advanced');
    const refused = await session.post('/admin/bcisco.csc', 'a=1', 'text/plain');
    expect([refused.status, refused.signIn]).toEqual([401, undefined]);
    expect((await session.get('/admin/advanced')).body).toBe('welcome');
    expect(signIn.state).toBe('accepted');
  });

  it('is not proven right by a page that is open to everybody', async () => {
    const phone = await server((head, { socket }) =>
      socket.write(head.startsWith('GET') ? page('open') : locked('WWW-Authenticate: Basic realm="a"')),
    );
    const signIn = knownAs('guessed');
    const session = phone.session(signIn);
    await session.get('/admin/advanced');
    expect((await session.post('/admin/bcisco.csc', 'a=1', 'text/plain')).signIn).toBe('expired');
    await session.get('/admin/advanced');
    expect(signIn.state).toBe('tried');
    expect((await session.post('/admin/bcisco.csc', 'a=1', 'text/plain')).signIn).toBe('refused');
  });

  it('is not taken for shut out where only what is posted wants it, and is answered by 403: that may be for want of more', async () => {
    const phone = await server((head, { socket }) =>
      socket.write(
        head.startsWith('GET')
          ? page('open')
          : /^authorization:/im.test(head)
            ? page('no', 'X: y', '403 Forbidden')
            : locked('WWW-Authenticate: Basic realm="a"'),
      ),
    );
    const session = phone.session(knownAs());
    const post = (): Promise<Page> => session.post('/admin/bcisco.csc', 'a=1', 'text/plain');
    expect((await post()).signIn).toBe('expired');
    const answer = await post();
    expect([answer.status, answer.signIn]).toEqual([403, undefined]);
  });

  it('waits for its turn also where only what is posted wants it, and is not told where it may not be', async () => {
    const phone = await server((head, { socket }) =>
      socket.write(head.startsWith('GET') ? page('open') : locked('WWW-Authenticate: Basic realm="a"')),
    );
    const signIn: SignIn = { ...knownAs(), mayTry: () => Promise.resolve(false) };
    const session = phone.session(signIn);
    expect((await session.post('/admin/bcisco.csc', 'a=1', 'text/plain')).signIn).toBe('held-back');
    await session.get('/admin/advanced');
    expect(phone.server.requests.filter((head) => /^authorization:/im.test(head))).toEqual([]);
  });

  it('is told to be lacking where there is none for what is posted', async () => {
    const phone = await server((_head, { socket }) => socket.write(locked('WWW-Authenticate: Basic realm="a"')));
    const refused = await phone.session().post('/admin/bcisco.csc', 'a=1', 'text/plain');
    expect([refused.status, refused.signIn]).toEqual([401, 'no-password']);
  });

  it('is not sent where it is asked for in an unknown way', async () => {
    const phone = await server((_head, { socket }) => socket.write(locked('WWW-Authenticate: NTLM')));
    const signIn = knownAs();
    expect(await phone.session(signIn).get('/')).toMatchObject({ status: 401, signIn: 'unsupported' });
    expect(phone.server.requests).toHaveLength(1);
    expect(signIn.state).toBe('untried');
  });

  it('is not proven right by a 403, which may be how an odd server refuses it', async () => {
    const phone = await server((head, { socket }) =>
      socket.write(signed(head) ? page('no', 'X: y', '403 Forbidden') : locked(digest('n1'))),
    );
    const signIn = knownAs();
    const session = phone.session(signIn);
    expect(await session.get('/')).toMatchObject({ status: 403, signIn: 'locked' });
    expect(await session.get('/other')).toMatchObject({ status: 401, signIn: 'locked' });
    expect(await phone.session(signIn).get('/')).toMatchObject({ status: 401, signIn: 'locked' });
    expect(phone.server.requests.filter((head) => signed(head))).toHaveLength(1);
  });

  it('does not go ahead to another port that the phone redirects to', async () => {
    const other = await server((_head, { socket }) => socket.write(page('elsewhere')));
    const phone = await server((head, { socket }) => {
      if (!signed(head)) socket.write(locked(digest('n1')));
      else socket.write(page('', `Location: http://127.0.0.1:${other.server.port}/there`, '302 Found'));
    });
    expect((await phone.session(knownAs()).get('/')).body).toBe('elsewhere');
    expect(authorizations(other.server)).toEqual([null]);
  });

  it('goes to no other host', async () => {
    const phone = await server((head, { socket }) => {
      if (!signed(head)) socket.write(locked(digest('n1')));
      else socket.write(page('', 'Location: http://127.0.0.2/there', '302 Found'));
    });
    expect(await errorOf(phone.session(knownAs()).get('/'))).toMatchObject({ code: 'redirect-elsewhere' });
  });

  it('is in no error', async () => {
    const phone = await server((head, { socket }) => {
      if (signed(head)) socket.end('HTTP/1.1 2');
      else socket.write(locked(digest('n1')));
    });
    const error = await errorOf(phone.session(knownAs()).get('/'));
    expect(`${JSON.stringify(error)} ${error.message} ${String(error.cause)}`).not.toContain(password);
  });
});
