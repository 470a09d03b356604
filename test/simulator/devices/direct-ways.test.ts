import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { lab, M2E_LOAD, phoneWith, toEnterprise } from '../support/lab.js';

const WHOLE_UPGRADE = 5 + 90 + 120 + 180 + 1;

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(behavior: Partial<Behavior>): Promise<Lab> {
  open = await lab(phoneWith({ ignoresForms: true, ...behavior }));
  return open;
}

/** A small profile with the three settings, as a file that a phone fetches or is sent. */
function profile({ simulator }: Lab): string {
  return `<?xml version="1.0"?><device><flat-profile>
<Upgrade_Rule ua="na">${simulator.files.url}/${M2E_LOAD}.loads?a=1&amp;b=2</Upgrade_Rule>
<Trans_Auth_Rule>${simulator.files.url}/$MAU_M2E.lic</Trans_Auth_Rule><Trans_Auth_Type>Classic</Trans_Auth_Type>
</flat-profile></device>`;
}

describe('a phone whose form does nothing', () => {
  it('answers it kindly', async () => {
    const { post, simulator, phone } = await start({});
    expect((await post(toEnterprise(simulator))).status).toBe(200);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: '', posts: 1, postsApplied: 0 });
  });

  it('takes the settings of a profile it is told to fetch, in a call too, and converts', async () => {
    const running = await start({ directActions: 'on', busy: 60 });
    const { simulator, phone, get, pass } = running;
    simulator.files.put('move.xml', profile(running));
    expect((await get(`/admin/resync?${simulator.files.url}/move.xml`)).status).toBe(200);
    await pass(1);
    expect(phone.snapshot()).toMatchObject({
      upgradeRule: `${simulator.files.url}/${M2E_LOAD}.loads?a=1&b=2`,
      authorizationRule: `${simulator.files.url}/$MAU_M2E.lic`,
      authorizationType: 'Classic',
      directActions: 1,
    });
    await pass(60 + WHOLE_UPGRADE);
    expect(phone.kind).toBe('enterprise');
    expect(phone.violations).toEqual([]);
  });

  it('upgrades once to a URL without storing it', async () => {
    const { simulator, phone, get, pass } = await start({ directActions: 'on', returnsWithoutLicense: 'Classic' });
    const url = encodeURIComponent(`${simulator.files.url}/${M2E_LOAD}.loads`);
    await get(`/admin/upgrade?${url}`);
    await pass(1);
    expect(phone.snapshot()).toMatchObject({ phase: 'downloading', upgradeRule: '' });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', load: M2E_LOAD });
  });

  it.each([
    ['not-found' as const, 404],
    ['friendly' as const, 200],
  ])('does nothing where direct actions are off, and answers: %s', async (directActionAnswer, status) => {
    const running = await start({ directActionAnswer });
    running.simulator.files.put('move.xml', profile(running));
    expect((await running.get(`/admin/resync?${running.simulator.files.url}/move.xml`)).status).toBe(status);
    await running.pass(10);
    expect(running.phone.snapshot()).toMatchObject({ upgradeRule: '', directActions: 0 });
    expect(running.simulator.files.requests).toEqual([]);
  });

  it('ignores what is no profile', async () => {
    const running = await start({ directActions: 'on', xmlPost: 'on' });
    running.simulator.files.put('move.xml', profile(running).replaceAll('flat-profile', 'profile'));
    for (const name of ['move.xml', 'missing.xml', ''])
      await running.get(`/admin/resync?${running.simulator.files.url}/${name}`);
    await running.get('/admin/resync');
    await running.get('/admin/config.xml', { method: 'POST', body: 'Upgrade_Rule=x' });
    await running.pass(1);
    expect(running.phone.snapshot().upgradeRule).toBe('');
  });
});

describe('a profile that is posted', () => {
  it('is taken, and the log has it by tag', async () => {
    const running = await start({ xmlPost: 'on' });
    const { phone, simulator, get, pass } = running;
    expect((await get('/admin/config.xml', { method: 'POST', body: profile(running) })).status).toBe(200);
    expect(simulator.log.at(-1)?.fields).toMatchObject({ Trans_Auth_Type: 'Classic' });
    await pass(WHOLE_UPGRADE);
    expect(phone.kind).toBe('enterprise');
    expect(phone.violations).toEqual([]);
  });

  it('may bring its password in the address, which no log shows', async () => {
    const running = await start({ xmlPost: 'on', auth: 'digest', password: 'right-1' });
    const { phone, simulator, get } = running;
    const status = async (word: string): Promise<number> => {
      const path = `/admin/config.xml&xuser=admin&xpassword=${word}`;
      return (await get(path, { method: 'POST', body: profile(running) })).status;
    };
    expect([await status('wrong-1'), await status('right-1')]).toEqual([401, 200]);
    expect(phone.snapshot().upgradeRule).toContain(M2E_LOAD);
    expect(JSON.stringify(simulator.log)).not.toMatch(/right-1|wrong-1/);
  });

  it('is not known to other phones', async () => {
    const running = await start({});
    expect((await running.get('/admin/config.xml', { method: 'POST', body: profile(running) })).status).toBe(404);
    expect(running.phone.snapshot().upgradeRule).toBe('');
  });
});

describe('cfg.xml', () => {
  it('shows the settings by tag, lines by number, and no password', async () => {
    const { get, post } = await start({ cfgXml: 'flat', ignoresForms: false });
    await post({ 'Upgrade Rule': 'http://127.0.0.1/a.loads?x&y', 'Transition Authorization Type': 'WxC' });
    const { body, headers } = await get('/admin/cfg.xml');
    expect(headers['content-type']).toMatch(/xml/);
    expect(body).toContain('<Upgrade_Rule ua="na">http://127.0.0.1/a.loads?x&amp;y</Upgrade_Rule>');
    expect(body).toContain('<Trans_Auth_Type ua="na">WxC</Trans_Auth_Type>');
    expect(body).toContain('<Upgrade_Enable ua="na">Yes</Upgrade_Enable>');
    expect(body).toContain('<Admin_Password ua="na">********</Admin_Password>');
    expect(body).toMatch(/<Proxy_2_ ua="na">/);
  });

  it('is missing where a flag says so', async () => {
    expect((await (await start({})).get('/admin/cfg.xml')).status).toBe(404);
  });
});

describe('a second witness', () => {
  it('may say another rule than the page', async () => {
    const { get, phone } = await start({ cfgXml: 'flat', cfgXmlStale: true, staleRule: 'http://127.0.0.1/a.loads' });
    expect((await get('/admin/cfg.xml')).body).toContain('<Upgrade_Rule ua="na">http://192.0.2.44/stale.loads<');
    expect(phone.snapshot().upgradeRule).toBe('http://127.0.0.1/a.loads');
  });

  it('may say another version than the page', async () => {
    const { get, phone } = await start({ statusXmlStale: true });
    expect((await get('/admin/status.xml')).body).toContain('<Software_Version>sip88xx.11-3-1MPP0001-355<');
    expect((await get('/admin/advanced')).body).not.toContain('11-3-1MPP');
    expect(phone.snapshot().load).toContain('12-0-3MPP');
  });
});
