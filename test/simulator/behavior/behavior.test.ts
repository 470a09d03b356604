import { afterEach, describe, expect, it } from '@jest/globals';
import { converse } from '../support/client.js';
import type { Lab } from '../support/lab.js';
import { E2M_LOAD, lab, M2E_LOAD, phoneWith, toEnterprise } from '../support/lab.js';

const WHOLE_UPGRADE = 5 + 90 + 120 + 180 + 1;

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof lab>): Promise<Lab> {
  open = await lab(...given);
  return open;
}

async function converted(...given: Parameters<typeof lab>): Promise<Lab> {
  const running = await start(...given);
  await running.post(toEnterprise(running.simulator));
  await running.pass(WHOLE_UPGRADE);
  return running;
}

describe('a phone in a call', () => {
  it('shows it, takes the submit, and upgrades when the call is over', async () => {
    const { phone, simulator, get, post, pass } = await start(phoneWith({ busy: 300 }, { dialect: 'bcisco' }));
    expect((await get('/admin/advanced')).body).toContain('<td>Call State:</td><td class="info">Connected');
    await post(toEnterprise(simulator));
    await pass(200);
    expect(phone.snapshot()).toMatchObject({ phase: 'waiting-for-idle', upgradeStatus: '' });
    await pass(110);
    expect(phone.snapshot().phase).toBe('downloading');
    await pass(WHOLE_UPGRADE);
    expect(phone.kind).toBe('enterprise');
  });

  it('may never end it', async () => {
    const { phone } = await converted(phoneWith({ busy: 'forever' }));
    expect(phone.snapshot()).toMatchObject({
      phase: 'waiting-for-idle',
      kind: 'multiplatform',
      upgradeRule: expect.stringContaining(M2E_LOAD),
    });
  });
});

describe('after an upgrade a phone', () => {
  it('may never return', async () => {
    const { phone, get } = await converted(phoneWith({ neverReturns: true }));
    expect(phone.snapshot()).toMatchObject({ phase: 'gone', online: false });
    expect((await get('/')).error).toBe('ECONNRESET');
  });

  it.each([
    ['old', E2M_LOAD],
    ['sip88xx.14-1-1MN-366', 'sip88xx.14-1-1MN-366'],
  ])('may come back with another version: %s', async (wrongVersionAfter, load) => {
    const { phone } = await converted(phoneWith({ wrongVersionAfter }));
    expect(phone.snapshot()).toMatchObject({ load, phase: 'idle' });
  });

  it('may come back at another address of the same /24', async () => {
    const { phone, get, simulator } = await converted(phoneWith({ otherAddressAfter: true }));
    expect(phone.address).toBe('127.77.7.2');
    expect((await get('/DeviceInformationX')).body).toContain('00CCFC123456');
    expect(simulator.phoneByMac('00CCFC123456')?.address).toBe('127.77.7.2');
  });

  it('may have its web server off', async () => {
    const { phone, get } = await converted(phoneWith({ webAfterConversion: false }));
    expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', phase: 'idle', online: false });
    expect((await get('/')).error).toBe('ECONNRESET');
  });

  it('may boot a second time', async () => {
    const { phone, pass } = await converted(phoneWith({ bootsTwice: true }));
    expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', phase: 'idle', reboots: 1 });
    await pass(6);
    expect(phone.snapshot()).toMatchObject({ phase: 'rebooting', reboots: 2 });
    await pass(40);
    expect(phone.snapshot()).toMatchObject({ phase: 'idle', load: M2E_LOAD });
  });

  it('may not have needed a download', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ needsNoDownload: true }));
    await post(toEnterprise(simulator));
    await pass(10);
    expect(phone.snapshot().phase).toBe('rebooting');
  });
});

describe('an upgrade', () => {
  it.each([
    ['download-failed' as const, /Download interrupted$/],
    ['write-failed' as const, /Flash write failed$/],
  ])('may end with: %s', async (upgradeResult, row) => {
    const { phone } = await converted(phoneWith({ upgradeResult }));
    expect(phone.snapshot()).toMatchObject({ load: E2M_LOAD, phase: 'idle', upgrades: 0 });
    expect(phone.snapshot().firmwareRows[0]).toMatch(row);
  });

  it('does not begin where upgrades are disabled, whatever the answer said', async () => {
    const { phone, simulator } = await converted(phoneWith({ upgradesDisabled: true }));
    expect(phone.snapshot()).toMatchObject({ load: E2M_LOAD, phase: 'idle', firmwareRows: [] });
    expect(simulator.files.requests.filter((request) => request.path.endsWith('.loads'))).toEqual([]);
  });

  it('shows another text, or none, where a flag says so', async () => {
    for (const upgradeStatusText of ['Upgrading', '']) {
      const { phone, simulator, post, pass, close } = await lab(phoneWith({ upgradeStatusText }));
      await post(toEnterprise(simulator));
      await pass(10);
      expect(phone.snapshot()).toMatchObject({ phase: 'downloading', upgradeStatus: upgradeStatusText });
      await close();
    }
  });

  it('comes after a short reboot where a submit causes one', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ rebootsOnSubmit: true }));
    await post(toEnterprise(simulator));
    await pass(1);
    expect(phone.snapshot()).toMatchObject({ phase: 'rebooting', reboots: 1 });
    await pass(40 + WHOLE_UPGRADE);
    expect(phone.kind).toBe('enterprise');
  });

  it('comes as much later as a phone applies what it was sent', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ appliesAfter: 20 }));
    await post(toEnterprise(simulator));
    await pass(19);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: '', postsApplied: 0, phase: 'idle' });
    await pass(1);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: expect.stringContaining('.loads'), postsApplied: 1 });
    await pass(10);
    expect(phone.snapshot().phase).toBe('downloading');
    await pass(WHOLE_UPGRADE);
    expect(phone.kind).toBe('enterprise');
  });

  it('never comes from a phone that vanishes on submit, which has shown no sign', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ vanishesOnSubmit: true }));
    await post(toEnterprise(simulator));
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot()).toMatchObject({ phase: 'gone', upgradeStatus: '', upgrades: 0, online: false });
  });

  it('is taken without a fitting license where nothing is checked', async () => {
    const { phone } = await converted(phoneWith({ licenseCheck: false }), {
      files: { missingLicenses: ['00CCFC123456'] },
    });
    expect(phone.kind).toBe('enterprise');
  });
});

describe('a swapped identity', () => {
  it('shows on the next connection after the admin page was read, never on the same one', async () => {
    const { phone, simulator, get } = await start(phoneWith({ identitySwapped: 'after-first-read' }));
    const conversation = await converse(simulator.httpPort, phone.address);
    const first = await conversation.get('/admin/advanced');
    const again = await conversation.get('/admin/status.xml');
    expect(first.body).toMatch(/00CCFC123456/);
    expect(again.body).toContain('<MAC_Address>00CCFC123456<');
    await conversation.close();
    while (simulator.phones.length < 2) await new Promise((resolve) => setImmediate(resolve));

    const other = simulator.phones[1];
    expect(other?.address).toBe(phone.address);
    expect(other?.mac).not.toBe(phone.mac);
    expect((await get('/admin/status.xml')).body).toContain(`<MAC_Address>${other?.mac}<`);
    expect(phone.snapshot()).toMatchObject({ phase: 'gone', online: false });
  });

  it('may go back and forth, and both have licenses', async () => {
    const { phone, simulator, get } = await start(phoneWith({ identitySwapped: 'each-time' }));
    const shownMac = async (): Promise<string> => {
      const conversation = await converse(simulator.httpPort, phone.address);
      const { body } = await conversation.get('/admin/advanced');
      const answering = simulator.phones.find((candidate) => candidate.snapshot().online);
      await conversation.close();
      while (answering?.snapshot().online === true) await new Promise((resolve) => setImmediate(resolve));
      return simulator.phones.map((candidate) => candidate.mac).find((mac) => body.includes(mac)) ?? 'none';
    };
    const seen = [await shownMac(), await shownMac(), await shownMac()];
    expect(seen[0]).toBe('00CCFC123456');
    expect(seen[1]).not.toBe(seen[0]);
    expect(seen[2]).toBe(seen[0]);
    expect(simulator.phones).toHaveLength(2);
    const license = await fetch(`${simulator.files.url}/${seen[1]}_M2E.lic`);
    expect(license.status).toBe(200);
    expect((await get('/')).status).toBe(200);
  });
});

describe('a slow phone', () => {
  it('sends its page over ten simulated seconds, whole', async () => {
    const { get, pass } = await start(phoneWith({ slow: true }));
    let done = false;
    const page = get('/admin/advanced', { timeoutMs: 20_000 }).then((seen) => {
      done = true;
      return seen;
    });
    // Real sockets need real turns before each simulated half second.
    for (let step = 0; step < 40; step += 1) {
      await pass(0.25);
      await new Promise((resolve) => setImmediate(resolve));
      if (step === 10) expect(done).toBe(false);
    }
    await pass(10);
    const seen = await page;
    expect(seen.bytes).toBe(Number(seen.headers['content-length']));
    expect(seen.body).toMatch(/<\/html>\s*$/i);
  });
});

describe('what was before', () => {
  it('shows as a set rule and as older rows', async () => {
    const { phone, simulator } = await start(
      phoneWith({ staleRule: `{files}/${M2E_LOAD}.loads`, previousRows: ['{files}/$MAU_M2E.lic'] }),
    );
    expect(phone.snapshot().upgradeRule).toBe(`${simulator.files.url}/${M2E_LOAD}.loads`);
    expect(phone.snapshot().authorizationRows).toEqual([
      `[0][12/16/2025 01:00:00][${simulator.files.url}/00CCFC123456_M2E.lic]Authorization Succeeded.`,
    ]);
  });
});
