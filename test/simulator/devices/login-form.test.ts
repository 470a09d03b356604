import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Seen } from '../support/client.js';
import type { Lab } from '../support/lab.js';
import { formOf, lab, phoneWith } from '../support/lab.js';

const RULE = 'Upgrade Rule';
const RIGHT = 'cisco-admin-1';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(behavior: Partial<Behavior> = {}): Promise<Lab> {
  open = await lab(phoneWith({ auth: 'form', ...behavior }));
  return open;
}

/** The names on a login page, as a person who reads its source finds them. */
function formIn({ body }: Seen): { action: string; user: string; password: string; token: [string, string] | null } {
  const name = (label: string): string =>
    new RegExp(`<td>${label}:</td><td><input [^>]*name="([^"]+)"`).exec(body)?.[1] ?? '';
  const token = /<input type="hidden" name="([^"]+)" value="([^"]*)">/.exec(body);
  return {
    action: /<form action="([^"]+)"/.exec(body)?.[1] ?? '',
    user: name('User Name'),
    password: name('Password'),
    token: token === null ? null : [token[1] ?? '', token[2] ?? ''],
  };
}

async function logIn({ get }: Lab, password = RIGHT, page = '/admin/advanced'): Promise<Seen> {
  const form = formIn(await get(page));
  const path = new URL(form.action, 'http://phone/admin/advanced').pathname;
  const fields = new URLSearchParams([
    [form.user, 'admin'],
    [form.password, password],
    ...(form.token ? [form.token] : []),
  ]);
  return get(path, { method: 'POST', body: fields.toString() });
}

function cookieOf(seen: Seen): { cookie: string } {
  return { cookie: (seen.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' };
}

describe('a phone with a login form', () => {
  it('shows it instead of every admin page, and nothing before the user pages', async () => {
    const { get } = await start();
    for (const path of ['/admin', '/admin/advanced', '/admin/status.xml']) {
      const seen = await get(path);
      expect([seen.status, seen.headers['www-authenticate']]).toEqual([200, undefined]);
      expect(seen.body).toMatch(/User Name:.*<input [^]*Password:/);
    }
    expect((await get('/')).body).toMatch(/Product Information/);
  });

  it.each([
    ['redirect-302' as const, 302, '/admin/login.htm'],
    ['status-401' as const, 401, undefined],
  ])('may show it by %s', async (loginShownBy, status, location) => {
    const running = await start({ loginShownBy });
    const seen = await running.get('/admin/advanced');
    expect([seen.status, seen.headers.location, seen.headers['www-authenticate']]).toEqual([
      status,
      location,
      undefined,
    ]);
    const welcome = await logIn(running, RIGHT, location);
    expect((await running.get('/admin/advanced', { headers: cookieOf(welcome) })).body).toMatch(/Submit All Changes/);
  });

  it.each([
    ['redirect' as const, 302, '/admin/advanced'],
    ['page' as const, 200, undefined],
  ])('answers the right password by %s and a cookie that opens the pages', async (loginAnswer, status, location) => {
    const running = await start({ loginAnswer, cookiePath: '/admin' });
    const seen = await logIn(running);
    expect([seen.status, seen.headers.location]).toEqual([status, location]);
    expect(seen.headers['set-cookie']?.[0]).toMatch(/^sid\d+=[0-9a-f]{40}; Path=\/admin; HttpOnly$/);
    const page = await running.get('/admin/advanced', { headers: cookieOf(seen) });
    expect(page.body).toMatch(/Submit All Changes/);
    expect(running.phone.violations).toEqual([]);
    expect(running.phone.snapshot()).toMatchObject({ logins: 1, failedSignIns: 0 });
  });

  it('shows the form again, with a word of why, for a wrong password', async () => {
    const running = await start();
    const seen = await logIn(running, 'guess');
    expect(seen.headers['set-cookie']).toBeUndefined();
    expect(seen.body).toMatch(/class="error">[^]*Password:/);
    expect(running.phone.snapshot()).toMatchObject({ logins: 0, failedSignIns: 1, lockedOut: false });
  });

  it('names its fields by model and firmware, in numbers or with signs that must be encoded', async () => {
    const names = new Set<string>();
    for (const loginNames of ['numbers', 'odd'] as const) {
      const { get, close } = await lab(phoneWith({ auth: 'form', loginNames }));
      const { user, password } = formIn(await get('/admin'));
      expect([user, password].join(' ')).toMatch(
        loginNames === 'numbers' ? /^\d+ P\d+$/ : /^login\[user\]\S*\$q login\[word\]\S*\$q$/,
      );
      names.add(user);
      await close();
    }
    open = await lab({ ...phoneWith({ auth: 'form' }), model: '8851' });
    expect(names.has(formIn(await open.get('/admin')).user)).toBe(false);
  });

  it('may have an action that resolves against its page', async () => {
    const running = await start({ loginAction: 'relative' });
    expect(formIn(await running.get('/admin/advanced')).action).toBe('login.csc');
    expect((await logIn(running)).status).toBe(302);
  });

  it('hides what was typed from its log', async () => {
    for (const loginNames of ['numbers', 'odd'] as const) {
      const running = await start({ loginNames });
      await logIn(running);
      expect(JSON.stringify(running.simulator.log)).not.toContain(RIGHT);
      await running.close();
    }
  });
});

describe('a session', () => {
  it('ends after so many requests: a post is then answered with the form and not applied', async () => {
    const { get, phone } = await start({ cookieRequests: 1 });
    const headers = cookieOf(await logIn(open as Lab));
    expect((await get('/admin/advanced', { headers })).body).toMatch(/Submit All Changes/);
    const body = formOf(phone, { [RULE]: 'http://127.0.0.1/a.loads' });
    expect((await get(phone.formPath(), { method: 'POST', body, headers })).body).toMatch(/Password:/);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: '', postsApplied: 0 });
    const again = cookieOf(await logIn(open as Lab));
    await get(phone.formPath(), { method: 'POST', body, headers: again });
    expect(phone.snapshot()).toMatchObject({ upgradeRule: 'http://127.0.0.1/a.loads', postsApplied: 1 });
    expect(phone.violations).toEqual([]);
  });

  it('ends after so many simulated seconds', async () => {
    const running = await start({ cookieSeconds: 60 });
    const headers = cookieOf(await logIn(running));
    await running.pass(59);
    expect((await running.get('/admin', { headers })).body).not.toMatch(/Password:/);
    await running.pass(2);
    expect((await running.get('/admin', { headers })).body).toMatch(/Password:/);
  });
});

describe('a form token', () => {
  it('must come back with a login and with a submit', async () => {
    const { get, phone } = await start({ formToken: 'hidden' });
    const { user, password } = formIn(await get('/admin'));
    const bare = new URLSearchParams({ [user]: 'admin', [password]: RIGHT }).toString();
    expect((await get('/admin/login.csc', { method: 'POST', body: bare })).status).toBe(403);
    const headers = cookieOf(await logIn(open as Lab));
    const [, name = '', value = ''] =
      /name="(tk\d+)" value="([0-9a-f]{40})"/.exec((await get('/admin/advanced', { headers })).body) ?? [];
    const post = async (token: string): Promise<number> =>
      (
        await get(phone.formPath(), {
          method: 'POST',
          headers,
          body: `${formOf(phone, { [RULE]: 'http://x' })}&${name}=${token}`,
        })
      ).status;
    expect(await post('0'.repeat(40))).toBe(403);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: '', postsApplied: 0 });
    expect(await post(value)).toBe(200);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: 'http://x', postsApplied: 1 });
    expect(phone.violations).toEqual([]);
  });
});

describe('too many wrong passwords', () => {
  it.each([403, 429] as const)('close the phone for good with %i', async (lockoutStatus) => {
    const running = await start({ locksOutAfter: 2, lockoutStatus });
    await logIn(running, 'first guess');
    expect(running.phone.snapshot().lockedOut).toBe(false);
    expect((await logIn(running, 'second guess')).status).toBe(lockoutStatus);
    expect((await running.get('/admin/advanced')).status).toBe(lockoutStatus);
    expect(running.phone.snapshot()).toMatchObject({ lockedOut: true, failedSignIns: 2 });
    expect((await running.get('/')).status).toBe(200);
  });
});
