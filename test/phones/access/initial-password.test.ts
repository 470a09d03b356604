import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/domain/ports/log.js';
import type { Credentials } from '../../../src/domain/network/site.js';
import { createPhones, type PhonesOptions } from '../../../src/phones/create-phones.js';
import type { Look, MayInitialize } from '../../../src/phones/phones.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { page, rawServer, type RawServer } from '../../transport/support/raw-server.js';
import { inShort } from '../support/network.js';
import { mac, paperPhone } from '../support/paper-phone.js';

let server: RawServer;
afterEach(() => server.close());

const good = 'first-Pass-1';
const account = (username: string, password: string): Credentials => ({ username, password: () => password });
const fieldsOf = (...labels: string[]): string =>
  labels.map((label, at) => `<tr><td>${label}:</td><td><input type="password" name="P${at + 1}"></td></tr>`).join('');
const four = fieldsOf('Admin New Password', 'Admin Confirm Password', 'User New Password', 'User Confirm Password');

interface Traits {
  rows?: string;
  title?: string;
  /** Takes the post without setting anything. */
  deaf?: boolean;
  /** Takes the post and hangs up. */
  mute?: boolean;
}

interface Started {
  look(opens?: MayInitialize): Promise<Look>;
  posted: string[];
  log: string[];
}

/** A phone of 12.x out of its box: first passwords first, Basic with the admin password afterwards. */
async function start(traits: Traits, given: Credentials[], options: Partial<PhonesOptions> = {}): Promise<Started> {
  const { rows = four, title = 'Set Password' } = traits;
  const posted: string[] = [];
  const log: string[] = [];
  let admin: string | null = null;
  server = await rawServer((head, { socket }) => {
    if (head.startsWith('POST /setpassword.csc')) {
      posted.push(head.split('\r\n\r\n')[1] ?? '');
      if (traits.deaf !== true) admin = new URLSearchParams(posted.at(-1)).get('P1');
      return void (traits.mute ? socket.destroy() : socket.write(page('ok')));
    }
    if (admin === null) {
      return void socket.write(
        page(
          `<title>${title}</title><form action="/setpassword.csc" method="post"><input type="hidden" name="t" value="1"><table>${rows}</table></form>`,
        ),
      );
    }
    const signed = head.includes(`Basic ${Buffer.from(`admin:${admin}`).toString('base64')}`);
    const body = paperPhone({ 1: '', 2: '', 3: '0' }).page().body;
    socket.write(signed ? page(body) : page('', 'WWW-Authenticate: Basic realm="admin"', '401 Unauthorized'));
  });
  const phones = createPhones({
    profiles: { multiplatform, enterprise },
    clock: systemClock,
    ...{ scheme: 'http', httpPort: server.port, httpsPort: 443, timeoutMs: 5_000, settleMs: 1, userAgent: 'test' },
    tls: { ca: [], insecure: false },
    credentialsFor: () => given,
    setInitialPassword: true,
    log: { ...silentLog, info: (text, fields) => void log.push(`${text} ${JSON.stringify(fields)}`) },
    ...options,
  });
  const look = (opens: MayInitialize = 'anyone'): Promise<Look> =>
    phones.visit('127.0.0.1', (visit) => visit.look('settings', false, opens));
  return { look, posted, log };
}

describe('a phone that wants its first passwords', () => {
  it('gets them from the credentials of its address, is signed in to, and the evidence says so', async () => {
    const phone = await start({}, [account('user', 'second-Pass-2'), account('admin', good)]);
    const look = await phone.look();
    expect(inShort(look)).toBe('multiplatform');
    expect(look).toMatchObject({
      notes: [
        { kind: 'first-password', text: 'the first password of admin and user was set in this run' },
        { kind: 'access', text: 'signed in by Basic over plain http' },
      ],
    });
    expect(phone.posted).toEqual([`t=1&P1=${good}&P2=${good}&P3=second-Pass-2&P4=second-Pass-2`]);
    expect(phone.log).toEqual([
      'setting the first password of a phone {"address":"127.0.0.1","accounts":"admin, user"}',
    ]);
    expect(JSON.stringify([look, phone.log])).not.toContain(good);
  });

  it('gets the one password for both accounts where there is only one, and only what it asks for', async () => {
    const both = await start({}, [account('admin', good)]);
    await both.look();
    expect(both.posted).toEqual([`t=1&P1=${good}&P2=${good}&P3=${good}&P4=${good}`]);
    await server.close();
    const one = await start({ rows: fieldsOf('Admin New Password', 'Admin Confirm Password') }, [
      account('admin', good),
    ]);
    expect(inShort(await one.look())).toBe('multiplatform');
    expect(one.posted).toEqual([`t=1&P1=${good}&P2=${good}`]);
  });

  it('gets them once, and is blocked when it asks for them still', async () => {
    const phone = await start({ deaf: true }, [account('admin', good)]);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await phone.look()).toMatchObject({
        kind: 'unreadable',
        failure: {
          code: 'set-password-page',
          message: expect.stringMatching(/sent.* still asks for them\.$/),
        },
      });
    }
    expect(phone.posted).toHaveLength(1);
  });

  it('that does not answer the post is read again: it may have taken it', async () => {
    const phone = await start({ mute: true }, [account('admin', good)]);
    expect(inShort(await phone.look())).toBe('multiplatform');
    expect(phone.posted).toHaveLength(1);
  });
});

describe('nothing is set', () => {
  it.each<[string, Traits, Credentials[], Partial<PhonesOptions>, MayInitialize]>([
    ['without --set-initial-password', {}, [account('admin', good)], { setInitialPassword: false }, 'anyone'],
    [
      'by a look that finds nobody new: another phone may have the address by now',
      {},
      [account('admin', good)],
      {},
      null,
    ],
    ['by a look for one phone, where who is there does not say its MAC', {}, [account('admin', good)], {}, { mac }],
    ['without credentials', {}, [], {}, 'anyone'],
    ['with credentials for another account only', {}, [account('user', good)], {}, 'anyone'],
    ['with a blank password', {}, [account('admin', '   ')], {}, 'anyone'],
    ['with the mask of one', {}, [account('admin', '********')], {}, 'anyone'],
    ['with one that phones refuse', {}, [account('admin', 'alllowercase')], {}, 'anyone'],
    ['with one that is too short', {}, [account('admin', 'aB3$')], {}, 'anyone'],
    ['with one that is no plain ASCII', {}, [account('admin', 'Pässwort-1')], {}, 'anyone'],
    ['on a page that asks for more', { rows: four + fieldsOf('Old Password') }, [account('admin', good)], {}, 'anyone'],
  ])('%s', async (_how, traits, given, options, opens) => {
    const phone = await start(traits, given, options);
    const look = await phone.look(opens);
    expect(look).toMatchObject({ kind: 'unreadable', failure: { code: 'set-password-page' } });
    expect(phone.posted).toEqual([]);
    for (const { password } of given) expect(JSON.stringify(look)).not.toContain(password());
  });

  it('over plain http on another port, to which a redirect has led', async () => {
    const door = await rawServer((_head, { socket }) =>
      socket.write(page('', `Location: http://127.0.0.1:${server.port}/admin/advanced`, '302 Found')),
    );
    const phone = await start({}, [account('admin', good)], { httpPort: door.port });
    expect(await phone.look()).toMatchObject({
      failure: { code: 'set-password-page', message: expect.stringContaining('no password is sent there') },
    });
    expect(phone.posted).toEqual([]);
    await door.close();
  });

  it('on a page that is called as no phone calls its own', async () => {
    const phone = await start({ title: 'Router Setup' }, [account('admin', good)]);
    expect(inShort(await phone.look())).toBe('not-a-phone');
    expect(phone.posted).toEqual([]);
  });
});
