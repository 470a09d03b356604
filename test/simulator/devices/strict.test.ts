import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  Behavior,
  DeviceGroup,
  SimulatedPhone,
  Simulator,
  SimulatorOptions,
} from '../../../src/simulator/index.js';
import { buildScenario, startSimulator } from '../../../src/simulator/index.js';
import type { Asked, Seen } from '../support/client.js';
import { ask } from '../support/client.js';
import { E2M_LOAD, formOf, phoneWith } from '../support/lab.js';
import { ManualClock } from '../support/manual-clock.js';

let simulator: Simulator | undefined;
afterEach(async () => {
  // Each of these tests breaks a rule: closing says so, and is expected to.
  await simulator?.close().catch(() => undefined);
});

async function start(phones: readonly DeviceGroup[], options: SimulatorOptions = {}): Promise<SimulatedPhone[]> {
  const scenario = buildScenario({ name: 'strict', subnet: '127.77.8.0/24', seed: 8, phones });
  simulator = await startSimulator(scenario, { strict: true, ...options });
  return [...simulator.phones];
}

async function one(behavior: Partial<Behavior> = {}, options: SimulatorOptions = {}): Promise<SimulatedPhone> {
  const [phone] = await start([phoneWith(behavior, { name: 'Desk' })], options);
  return phone as SimulatedPhone;
}

function get(phone: SimulatedPhone, path: string, asked: Asked = {}): Promise<Seen> {
  return ask(simulator?.httpPort ?? 0, phone.address, path, asked);
}

/** Logs in on the form and answers the cookie. */
async function logIn(phone: SimulatedPhone): Promise<string> {
  const page = (await get(phone, '/admin')).body;
  const inputs = [...page.matchAll(/<input (?:type="password" )?name="([^"]+)"/g)];
  const [user = '', password = ''] = inputs.map(([, name]) => name ?? '');
  const body = new URLSearchParams({ [user]: 'admin', [password]: 'cisco-admin-1' }).toString();
  const welcome = await get(phone, '/admin/login.csc', { method: 'POST', body });
  const cookie = welcome.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  expect(cookie).toMatch(/=./);
  return cookie;
}

const basic = (words: string): Record<string, string> => ({ authorization: `Basic ${btoa(words)}` });

describe('strict mode', () => {
  it('tells every broken rule with the device, once, and closes all the same', async () => {
    const phone = await one();
    await get(phone, '/admin/reboot');
    await get(phone, '/admin/other.csc', { method: 'POST', body: 'a=b' });
    const closed = simulator?.close();
    await expect(closed).rejects.toThrow(
      [
        'Rules that a client broke:',
        'Desk (127.77.8.1): called /admin/reboot, which acts on a GET',
        "Desk (127.77.8.1): posted to /admin/other.csc, which is not the form's action",
      ].join('\n'),
    );
    expect((await get(phone, '/')).error).toBe('ECONNREFUSED');
  });

  it('throws when asked, and does not repeat itself on close', async () => {
    const phone = await one();
    expect(() => simulator?.assertNoViolations()).not.toThrow();
    await get(phone, '/admin/reboot');
    expect(() => simulator?.assertNoViolations()).toThrow(/called \/admin\/reboot/);
    await expect(simulator?.close()).resolves.toBeUndefined();
  });

  it('is silent when nothing was broken', async () => {
    const phone = await one({ auth: 'basic' });
    await get(phone, '/admin/advanced');
    await get(phone, '/admin/advanced', { headers: basic('admin:cisco-admin-1') });
    await expect(simulator?.close()).resolves.toBeUndefined();
  });

  it('is not on unless asked for', async () => {
    const phone = await one({ auth: 'basic' }, { strict: false });
    await get(phone, '/admin/advanced', { headers: basic('admin:guess') });
    await get(phone, '/admin/advanced', { headers: basic('admin:guess') });
    await get(phone, '/admin/reboot');
    expect(phone.violations).toEqual(['called /admin/reboot, which acts on a GET']);
    await expect(simulator?.close()).resolves.toBeUndefined();
  });
});

describe('strict mode holds a client to', () => {
  it('one attempt for a password', async () => {
    const phone = await one({ auth: 'basic' });
    await get(phone, '/admin/advanced');
    for (const words of ['admin:first', 'admin:second']) await get(phone, '/admin/advanced', { headers: basic(words) });
    expect(phone.violations).toEqual([]);
    await get(phone, '/admin/status.xml', { headers: basic('admin:first') });
    expect(phone.violations).toEqual(['sent a wrong password a second time']);
  });

  it('the same in a Digest, telling apart the passwords it was told', async () => {
    const phone = await one({ auth: 'digest' }, { knownPasswords: ['first', 'second'] });
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const attempt = async (password: string): Promise<void> => {
      const asked = (await get(phone, '/admin')).headers['www-authenticate'] ?? '';
      const [nonce, opaque] = ['nonce', 'opaque'].map((name) => new RegExp(`${name}="(\\w+)"`).exec(asked)?.[1] ?? '');
      const response = md5(`${md5(`admin:spa admin:${password}`)}:${nonce}:00000001:c:auth:${md5('GET:/admin')}`);
      const fields = `username="admin", realm="spa admin", nonce="${nonce}", uri="/admin", opaque="${opaque}"`;
      const authorization = `Digest ${fields}, nc=00000001, cnonce="c", qop=auth, response="${response}"`;
      await get(phone, '/admin', { headers: { authorization } });
    };
    await attempt('first');
    await attempt('second');
    expect(phone.violations).toEqual([]);
    await attempt('first');
    expect(phone.violations).toEqual(['sent a wrong password a second time']);
  });

  it('passwords and cookies only for who asked for them', async () => {
    const [locked, other, form] = await start([
      phoneWith({ auth: 'basic' }),
      { model: '8851' },
      { model: '8861', behavior: { auth: 'form' } },
    ]);
    const phones = { locked, other, form } as Record<string, SimulatedPhone>;
    await get(phones['other'] as SimulatedPhone, '/', { headers: basic('admin:cisco-admin-1') });
    expect(other?.violations).toEqual(['sent a password that was not asked for']);

    const cookie = await logIn(form as SimulatedPhone);
    await get(form as SimulatedPhone, '/admin', { headers: { cookie } });
    expect(form?.violations).toEqual([]);
    await get(locked as SimulatedPhone, '/', { headers: { cookie } });
    expect(locked?.violations).toEqual(['sent a cookie of another device']);
  });

  it('no cookie that a phone never set; one from before an upgrade is still its own', async () => {
    const clock = new ManualClock();
    const old = { load: 'sip88xx.12-0-1MPP0001-41' };
    const [phone] = await start([phoneWith({ auth: 'form' }, old)], { clock });
    if (phone === undefined) throw new RangeError('there is no phone');
    const cookie = await logIn(phone);
    const rule = `${simulator?.files.url}/${E2M_LOAD}.loads`;
    const body = formOf(phone, { 'Upgrade Rule': rule });
    await get(phone, phone.formPath(), { method: 'POST', body, headers: { cookie } });
    await clock.pass(simulator as Simulator, 1_200);
    expect(phone.snapshot()).toMatchObject({ load: E2M_LOAD, phase: 'idle' });
    expect((await get(phone, '/admin', { headers: { cookie } })).status).toBe(200);
    expect(phone.violations).toEqual([]);
    await get(phone, '/admin', { headers: { cookie: 'session=0' } });
    expect(phone.violations).toEqual(['sent a cookie that this device does not set']);
  });

  it('no password in an address', async () => {
    const phone = await one({ xmlPost: 'on', ignoresForms: true });
    await get(phone, '/admin/config.xml&xuser=admin&xpassword=cisco-admin-1', { method: 'POST', body: '<device/>' });
    expect(phone.violations).toEqual(['sent a password in an address']);
  });

  it('no direct way where the form works', async () => {
    const phone = await one({ directActions: 'on' });
    await get(phone, '/admin/upgrade?http://127.0.0.1/a.loads');
    expect(phone.violations).toEqual(['called /admin/upgrade, which acts on a GET']);
    await get(phone, phone.formPath(), {
      method: 'POST',
      body: formOf(phone, { 'Upgrade Rule': 'http://127.0.0.1/b' }),
    });
    await get(phone, '/admin/resync?http://127.0.0.1/a.xml');
    expect(phone.violations.slice(1)).toEqual(['used a direct way although the form had worked']);
  });

  it('a direct way once the form turned out not to work', async () => {
    const phone = await one({ directActions: 'on', ignoresPartialPost: true });
    await get(phone, phone.formPath(), {
      method: 'POST',
      body: formOf(phone, { 'Upgrade Rule': 'http://127.0.0.1/b' }),
    });
    await get(phone, '/admin/resync?http://127.0.0.1/a.xml');
    expect(phone.violations).toEqual([]);
  });

  it('its own page as Referer', async () => {
    const phone = await one();
    await get(phone, '/admin', { headers: { referer: `http://${phone.address}:${simulator?.httpPort}/admin` } });
    expect(phone.violations).toEqual([]);
    await get(phone, '/admin', { headers: { referer: 'http://192.0.2.1/admin' } });
    expect(phone.violations).toEqual(['sent another page as Referer']);
  });
});
