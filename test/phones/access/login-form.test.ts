import { afterEach, describe, expect, it } from '@jest/globals';
import { type LogFields, silentLog } from '../../../src/domain/ports/log.js';
import type { Credentials } from '../../../src/domain/network/site.js';
import type { PhonesOptions } from '../../../src/phones/create-phones.js';
import { page } from '../../transport/support/raw-server.js';
import { type FormPhone, formPhone, type FormPhoneTraits } from '../support/form-phone.js';
import { factsOf, inShort } from '../support/network.js';

let phone: FormPhone;
afterEach(() => phone.close());

const right = 'cisco-admin-1';
const admin = (password: string): Credentials => ({ username: 'admin', password: () => password });

async function start(
  traits: FormPhoneTraits = {},
  given = [right],
  options: Partial<PhonesOptions> = {},
): Promise<void> {
  phone = await formPhone(traits, { credentialsFor: () => given.map(admin), ...options });
}

const passwords = (): (string | undefined)[] => phone.logins.map(({ pw }) => pw);
const upgradeRule = 'http://127.0.0.1/x.loads';

describe('a phone with a login form', () => {
  it.each(['200', '302', '401', '403'] as const)('is signed in to where it shows the form by %s', async (shownBy) => {
    await start({ shownBy });
    const look = await phone.look();
    expect(factsOf(look).mac).toBe('00CCFC123456');
    expect(look).toMatchObject({ notes: [{ kind: 'access', text: 'signed in by a login form over plain http' }] });
    expect(phone.logins).toEqual([{ token: 't0', user: 'admin', pw: right, cookie: 'before=0' }]);
  });

  it('is not signed in to again by later visits while the session lasts', async () => {
    await start();
    for (let turn = 0; turn < 3; turn += 1) expect(inShort(await phone.look())).toBe('multiplatform');
    expect(phone.logins).toHaveLength(1);
    expect(phone.server.callers.length).toBe(3);
  });

  it('is signed in to once more when the session has ended', async () => {
    await start({ lasts: 2 });
    for (let turn = 0; turn < 4; turn += 1) expect(inShort(await phone.look())).toBe('multiplatform');
    expect(passwords()).toEqual([right, right]);
  });

  it('is written to in one sign-in', async () => {
    await start();
    await phone.phones.visit('127.0.0.1', async (visit) => {
      await visit.look('settings');
      expect(await visit.write({ upgradeRule }, async () => {})).toMatchObject({ result: 'confirmed' });
    });
    expect(phone.taken).toEqual([{ 1: upgradeRule }]);
    expect(phone.logins).toHaveLength(1);
  });

  it('whose session ends just before the post takes nothing of it, and it is seen so by reading back', async () => {
    await start();
    let intents = 0;
    await phone.phones.visit('127.0.0.1', async (visit) => {
      await visit.look('settings');
      const result = await visit.write({ upgradeRule }, async () => {
        if ((intents += 1) === 1) phone.expire();
      });
      // The first post met the login form, which says nothing against the way: read back as before, signed in again, it was posted anew.
      expect(result).toMatchObject({ result: 'confirmed', via: 'partial form' });
    });
    expect([intents, phone.taken.length, phone.logins.length]).toEqual([2, 1, 2]);
    const order = phone.server.requests.map((head) => head.split(' HTTP')[0]);
    expect(order.slice(-6)).toEqual([
      'POST /admin/bcisco.csc',
      'GET /admin/advanced',
      'POST /admin/login.csc',
      'GET /admin/advanced',
      'POST /admin/bcisco.csc',
      'GET /admin/advanced',
    ]);
  });
});

describe('a wrong password', () => {
  it('is typed in once in a run, however often the phone is looked at', async () => {
    await start({}, ['guessed']);
    for (let turn = 0; turn < 3; turn += 1) expect(inShort(await phone.look())).toBe('password-wrong');
    expect(passwords()).toEqual(['guessed']);
  });

  it('is followed by no other without --try-passwords, and by the next with it', async () => {
    await start({}, ['guessed', right]);
    expect(inShort(await phone.look())).toBe('password-wrong');
    await phone.close();
    await start({}, ['guessed', 'again', right, 'last'], { tryPasswords: true });
    expect(inShort(await phone.look())).toBe('multiplatform');
    expect(passwords()).toEqual(['guessed', 'again', right]);
    expect(phone.logins.map(({ token }) => token)).toEqual(['t0', 't1', 't2']);
  });

  it.each(['403 Forbidden', '429 Too Many Requests', '503 Service Unavailable'])(
    'after which the phone answers %s ends the trying for the run',
    async (status) => {
      const answers = (count: number): string => page('no', 'X: y', count < 2 ? '302 Found' : status);
      await start({ answers }, ['one', 'two', 'three'], { tryPasswords: true });
      const look = await phone.look();
      expect(look).toMatchObject({ kind: 'unreadable', failure: { code: 'locked-out' } });
      expect(inShort(await phone.look())).toBe('locked-out');
      expect(passwords()).toEqual(['one', 'two']);
    },
  );

  it('is not sent again when no answer came', async () => {
    await start({ answers: () => null });
    await expect(phone.look()).rejects.toMatchObject({ code: 'connection-lost' });
    expect(inShort(await phone.look())).toBe('auth-required');
    expect(passwords()).toEqual([right]);
  });

  it('that was right before is not sent for ever: once refused, it is refused', async () => {
    await start({ lasts: 1, answers: (count) => (count === 1 ? undefined : page('no', 'X: y', '302 Found')) });
    expect(inShort(await phone.look())).toBe('multiplatform');
    for (let turn = 0; turn < 3; turn += 1) expect(inShort(await phone.look())).toBe('password-wrong');
    expect(phone.logins).toHaveLength(2);
  });
});

describe('a password is not typed in', () => {
  it.each<[string, FormPhoneTraits, string]>([
    ['on a page of another maker', { title: 'HP LaserJet' }, 'not-a-phone'],
    ['for a server that says its name', { headers: 'Server: Boa/0.94' }, 'auth-required'],
    ['into a form that leads to another host', { action: 'http://127.0.0.2/login.csc' }, 'login-form-unclear'],
    ['into a form that leads to another port', { action: 'http://127.0.0.1:1/login.csc' }, 'login-form-unclear'],
    [
      'into a form that wants more',
      { fields: '<tr><td>Code:</td><td><input name="c"></td></tr><input type="password" name="pw">' },
      'login-form-unclear',
    ],
  ])('%s', async (_where, traits, seen) => {
    await start(traits);
    expect(inShort(await phone.look())).toBe(seen);
    expect(phone.logins).toEqual([]);
  });

  it('where there is none', async () => {
    await start({}, []);
    expect(inShort(await phone.look())).toBe('auth-required');
    expect(phone.logins).toEqual([]);
  });
});

describe('a password over plain http', () => {
  it('is warned of once a run, and is in no URL', async () => {
    const warnings: [string, LogFields | undefined][] = [];
    const log = { ...silentLog, warn: (text: string, fields?: LogFields) => void warnings.push([text, fields]) };
    await start({ lasts: 1 }, [right], { log });
    for (let turn = 0; turn < 3; turn += 1) await phone.look();
    expect(warnings).toEqual([[expect.stringContaining('over plain http'), { first: '127.0.0.1' }]]);
    expect(phone.server.requests.map((head) => head.split('\r\n')[0]).join()).not.toContain(right);
  });
});
