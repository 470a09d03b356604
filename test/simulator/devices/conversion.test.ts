import { afterEach, describe, expect, it } from '@jest/globals';
import type { Lab } from '../support/lab.js';
import { E2M_LOAD, lab, M2E_LOAD, phoneWith, toEnterprise } from '../support/lab.js';

/** Evaluation, download, write, reboot, and a second more than all. */
const WHOLE_UPGRADE = 5 + 90 + 120 + 180 + 1;

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof lab>): Promise<Lab> {
  open = await lab(...given);
  return open;
}

describe('a phone that is sent to Enterprise firmware', () => {
  it('downloads, writes, is silent while it reboots, and comes back as Enterprise with the same MAC', async () => {
    const { phone, simulator, get, post, pass } = await start(phoneWith());

    const answered = await post(toEnterprise(simulator));
    expect(answered.status).toBe(200);
    expect(phone.snapshot().phase).toBe('idle');

    await pass(10);
    expect(phone.snapshot()).toMatchObject({
      phase: 'downloading',
      kind: 'multiplatform',
      upgradeStatus: 'Upgrade in progress',
    });
    expect((await get('/admin/advanced')).body).toMatch(/Upgrade in progress/);
    expect(phone.snapshot().authorizationRows).toEqual([
      `[0][01/15/2026 01:00:05][${simulator.files.url}/00CCFC123456_M2E.lic]Authorization Succeeded.`,
    ]);

    await pass(90);
    expect(phone.snapshot().phase).toBe('writing');
    await pass(120);
    expect(phone.snapshot()).toMatchObject({ phase: 'rebooting', online: false });
    expect((await get('/admin/advanced')).error).toBe('ECONNRESET');

    await pass(180);
    expect(phone.snapshot()).toMatchObject({
      kind: 'enterprise',
      load: M2E_LOAD,
      mac: '00CCFC123456',
      upgrades: 1,
      upgradeRule: '',
    });
    expect((await get('/admin/advanced')).status).toBe(404);
    const xml = (await get('/DeviceInformationX')).body;
    expect(xml).toContain(`<versionID>${M2E_LOAD}</versionID>`);
    expect(xml).toContain('<MACAddress>00CCFC123456</MACAddress>');
    expect(phone.violations).toEqual([]);
  });

  it('fetches the container, the license and every image, and says who it is', async () => {
    const { simulator, post, pass } = await start(phoneWith());
    await post(toEnterprise(simulator));
    await pass(10);
    expect(simulator.files.requests.map((request) => `${request.status} ${request.path}`)).toEqual([
      `200 /${M2E_LOAD}.loads`,
      '200 /00CCFC123456_M2E.lic',
      '200 /fbi88xx.BE-01-010.sbn',
      '200 /kern88xx.14-2-1-0101-26.sbn',
      '200 /rootfs88xx.14-2-1-0101-26.sbn',
      '200 /sb288xx.BE-01-020.sbn',
      '200 /vc488xx.14-2-1-0101-26.sbn',
    ]);
    expect(simulator.files.requests[0]?.userAgent).toBe('Cisco-CP-8841-3PCC/12.0.3 (00ccfc123456)');
  });

  it('needs no license where it may return without one', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ returnsWithoutLicense: 'WxC' }), {
      files: { missingLicenses: ['00CCFC123456'] },
    });
    await post({ 'Upgrade Rule': toEnterprise(simulator)['Upgrade Rule'] ?? '' });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', load: M2E_LOAD });
  });

  it.each([
    ['its license is missing', { missingLicenses: ['00CCFC123456'] }, {}, /^\[404\].*File not found/],
    ['its license is for the other direction', { wrongDirectionLicenses: ['00CCFC123456'] }, {}, /^\[1\].*not valid/],
    ['its license is for another phone', { foreignLicenses: ['00CCFC123456'] }, {}, /^\[1\].*not valid/],
    ['the authorization is refused', {}, { authorizationResult: 'refused' as const }, /^\[1\].*not valid/],
    ['the license is said not to be there', {}, { authorizationResult: 'not-found' as const }, /^\[404\]/],
    ['the license server is gone', {}, { authorizationResult: 'no-connection' as const }, /^\[2\].*did not respond/],
  ])('stays as it is when %s', async (_case, files, behavior, row) => {
    const { phone, simulator, post, pass } = await start(phoneWith(behavior), { files });
    await post(toEnterprise(simulator));
    await pass(WHOLE_UPGRADE);
    const after = phone.snapshot();
    expect(after).toMatchObject({
      kind: 'multiplatform',
      load: E2M_LOAD,
      phase: 'idle',
      transitionAuthorizationType: '',
    });
    expect(after.authorizationRows[0]).toMatch(row);
    expect(after.firmwareRows[0]).toMatch(/Upgrade Failed: Transition authorization failed$/);
    expect(after.upgradeStatus).toBe('Upgrade failed');
  });

  it.each([
    ['the load does not exist', { missingLoads: [M2E_LOAD] }, M2E_LOAD, /http_get failed 404$/],
    ['an image is missing', { missingImages: [M2E_LOAD] }, M2E_LOAD, /http_get failed 404 vc488xx/],
    ['an image is empty', { emptyImages: [M2E_LOAD] }, M2E_LOAD, /Bad image file vc488xx/],
    ['the list begins elsewhere', { wrongOffsets: [M2E_LOAD] }, M2E_LOAD, /Bad image file$/],
    ['the container is another file', { wrongNames: [M2E_LOAD] }, M2E_LOAD, /Image name mismatch$/],
    ['the load is for another model', {}, 'sip78xx.14-2-1-0101-26', /Image is not for this model$/],
  ])('stays as it is when %s', async (_case, files, load, row) => {
    const { phone, simulator, post, pass } = await start(phoneWith(), { files });
    await post(toEnterprise(simulator, load));
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot()).toMatchObject({ kind: 'multiplatform', load: E2M_LOAD, phase: 'idle' });
    expect(phone.snapshot().firmwareRows[0]).toMatch(row);
  });

  it('refuses the direct way below MPP 11.3(5), where the license fields are absent too', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({}, { load: 'sip88xx.11-3-3MPP0001-161' }));
    expect(phone.fieldName('Transition Authorization Rule')).toBeNull();
    await post({ 'Upgrade Rule': `${simulator.files.url}/${M2E_LOAD}.loads` });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot().firmwareRows[0]).toMatch(/Current firmware is too old/);
    expect(phone.snapshot().kind).toBe('multiplatform');
  });

  it('never fetches from a host that is not loopback', async () => {
    const { phone, post, pass } = await start(phoneWith());
    await post({ 'Upgrade Rule': `http://192.0.2.1/${M2E_LOAD}.loads` });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot().firmwareRows[0]).toMatch(/http_get failed$/);
  });
});

describe('a phone that is sent to other MPP firmware', () => {
  it('steps up without a license, keeps its settings, and then has the license fields under new names', async () => {
    const old = 'sip88xx.11-2-3MPP-398';
    const { phone, simulator, post, pass } = await start(phoneWith({}, { load: old }));
    const nameBefore = phone.fieldName('Upgrade Rule');
    const rule = `${simulator.files.url}/${E2M_LOAD}.loads`;
    await post({ 'Upgrade Rule': rule });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot()).toMatchObject({
      kind: 'multiplatform',
      load: E2M_LOAD,
      upgradeRule: rule,
      upgradeStatus: '',
    });
    expect(phone.snapshot().firmwareRows[0]).toMatch(/Upgrade Succeeded$/);
    expect(phone.fieldName('Transition Authorization Rule')).not.toBeNull();
    expect(phone.fieldName('Upgrade Rule')).not.toBe(nameBefore);
  });

  it('keeps V15 hardware from going below 11.3(3)', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({}, { vid: 'V15' }));
    await post({ 'Upgrade Rule': `${simulator.files.url}/sip88xx.11-2-3MPP-398.loads` });
    await pass(WHOLE_UPGRADE);
    expect(phone.snapshot().firmwareRows[0]).toMatch(/Image is too old for this hardware$/);
  });

  it('does not look at an unchanged rule again, but at a changed one', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith({ upgradeResult: 'write-failed' }));
    const rules = toEnterprise(simulator);
    await post(rules);
    await pass(WHOLE_UPGRADE);
    const fetched = simulator.files.requests.length;
    expect(fetched).toBeGreaterThan(0);

    await post(rules);
    await pass(WHOLE_UPGRADE);
    expect(simulator.files.requests).toHaveLength(fetched);

    await post({ 'Upgrade Rule': `${rules['Upgrade Rule']}?try=2` });
    await pass(WHOLE_UPGRADE);
    expect(simulator.files.requests.length).toBeGreaterThan(fetched);
    expect(phone.snapshot().firmwareRows).toHaveLength(2);
  });
});

describe('a phone that is only authorized', () => {
  const rules = (files: string, type = 'Classic'): Record<string, string> => ({
    'Transition Authorization Rule': `${files}/$MAU.lic`,
    'Transition Authorization Type': type,
  });

  it('shows the row for the URL and fills in Product Information with the type', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith());
    expect(phone.snapshot().transitionAuthorizationType).toBe('');
    await post(rules(simulator.files.url, 'WxC'));
    await pass(6);
    expect(phone.snapshot()).toMatchObject({ transitionAuthorizationType: 'WxC', load: E2M_LOAD, reboots: 0 });
    expect(phone.snapshot().authorizationRows[0]).toContain(
      `[${simulator.files.url}/00CCFC123456.lic]Authorization Succeeded.`,
    );
  });

  it('refuses a license of the other direction', async () => {
    const { phone, simulator, post, pass } = await start(phoneWith());
    await post({ 'Transition Authorization Rule': `${simulator.files.url}/$MAU_M2E.lic` });
    await pass(6);
    expect(phone.snapshot().authorizationRows[0]).toMatch(/^\[1\]/);
    expect(phone.snapshot().transitionAuthorizationType).toBe('');
  });
});
