import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior, DeviceGroup } from '../../../src/simulator/index.js';
import { ask } from '../support/client.js';
import { type Cluster, cluster, textIn } from './support/cluster.js';

const MAC = '00CCFC123456';
const NAME = `SEP${MAC}`;
const MPP = 'sip88xx.12-0-3MPP0001-87';
const ENTERPRISE = 'sip88xx.14-2-1-0101-26';
/** Told, download, write, reboot, and a second more than all. */
const WHOLE = 3 + 90 + 120 + 180 + 1;

let open: Cluster | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof cluster>): Promise<Cluster> {
  open = await cluster(...given);
  return open;
}

const phone = (more: DeviceGroup = {}, behavior: Partial<Behavior> = {}): DeviceGroup => ({
  ...{ model: '8841', mac: MAC, load: ENTERPRISE, vid: 'V05', behavior },
  ...more,
});
const setLoad = ({ axl }: Cluster, load: string): Promise<unknown> =>
  axl('updatePhone', `<name>${NAME}</name><loadInformation special="true">${load}</loadInformation>`);
const apply = ({ axl }: Cluster): Promise<unknown> => axl('applyPhone', `<name>${NAME}</name>`);

/** Sets a load, applies it, and lets the time of a whole conversion pass. */
async function convert(lab: Cluster, load = MPP): Promise<void> {
  await setLoad(lab, load);
  await apply(lab);
  await lab.pass(WHOLE);
}

/** What the real-time service says of the phone. */
async function seen({ ris }: Cluster): Promise<Record<string, string | null>> {
  const { body } = await ris([NAME]);
  const fields = ['Status', 'StatusReason', 'ActiveLoadID', 'DownloadStatus', 'DownloadFailureReason', 'IP', 'Httpd'];
  return Object.fromEntries(fields.map((field) => [field, textIn(body, field)]));
}

describe('an Enterprise phone whose load is set on Unified CM', () => {
  it('does nothing until it is applied, then is Upgrading, leaves, and is an unlicensed MPP phone of the same MAC', async () => {
    const lab = await start([phone({ ucm: { webAccess: 'on' } })]);
    const it = lab.phone(MAC);
    await setLoad(lab, MPP);
    await lab.pass(600);
    expect(it.snapshot()).toMatchObject({ kind: 'enterprise', load: ENTERPRISE, phase: 'idle' });

    await apply(lab);
    await lab.pass(20);
    expect(await seen(lab)).toMatchObject({
      DownloadStatus: 'Upgrading',
      Status: 'Registered',
      ActiveLoadID: ENTERPRISE,
    });

    await lab.pass(WHOLE);
    expect(it.snapshot()).toMatchObject({
      kind: 'multiplatform',
      load: MPP,
      online: true,
      transitionAuthorizationType: '',
    });
    expect(await seen(lab)).toMatchObject({
      Status: 'UnRegistered',
      StatusReason: '8',
      IP: null,
      DownloadStatus: 'Unknown',
    });
    expect((await ask(lab.simulator.httpPort, it.address, '/admin/advanced')).status).toBe(200);
    expect(lab.ucm.violations).toEqual([]);
  });

  it('is licensed on its own page then, with a license of the cluster over TFTP', async () => {
    const lab = await start([phone()]);
    await convert(lab);
    const it = lab.phone(MAC);
    const name = it.fieldName('Transition Authorization Rule') ?? '';
    await ask(lab.simulator.httpPort, it.address, it.formPath(), {
      method: 'POST',
      body: new URLSearchParams([[name, `tftp://127.0.0.1:${lab.ucm.tftpPort}/$MAU.lic`]]).toString(),
    });
    await lab.pass(10);
    expect(it.snapshot().transitionAuthorizationType).toBe('Classic');
    const overTftp = lab.ucm.requests.filter(({ service }) => service === 'tftp');
    expect(overTftp).toMatchObject([{ device: `${MAC}.lic`, status: 200 }]);
  });

  it('is absent from the real-time service after it left, where a flag says so, and at another address', async () => {
    const lab = await start([phone({ address: '127.78.7.5' }, { otherAddressAfter: true })], {
      flags: { risLeftPhones: 'absent' },
    });
    await convert(lab);
    expect((await lab.ris([NAME])).body).toContain('CmNodes xsi:nil="1"');
    expect(lab.phone(MAC).address).toBe('127.78.7.6');
  });

  it('waits for the end of a call, and does nothing when the old load is back by then', async () => {
    const lab = await start([phone({}, { busy: 300 })]);
    await setLoad(lab, MPP);
    await apply(lab);
    await lab.pass(200);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'enterprise', reboots: 0 });
    await lab.axl('updatePhone', `<name>${NAME}</name><loadInformation xsi:nil="true"/>`);
    await lab.pass(600);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'enterprise', load: ENTERPRISE, reboots: 0 });
  });

  it('waits for the end of a call, and goes then', async () => {
    const lab = await start([phone({}, { busy: 300 })]);
    await convert(lab);
    await lab.pass(310);
    expect(lab.phone(MAC).kind).toBe('multiplatform');
  });

  it.each([
    ['sip88xx.12-0-9MPP0001-1', { loads: [MPP] }, /http_get failed 404/],
    ['sip78xx.12-0-3MPP0001-87', {}, /not for this model/],
    [MPP, { missingImages: [MPP] }, /http_get failed 404/],
  ])('stays on its load where %s cannot be taken, and the service says why', async (load, files, reason) => {
    const lab = await start([phone()], { files });
    await convert(lab, load);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'enterprise', load: ENTERPRISE, reboots: 0 });
    const said = await seen(lab);
    expect(said).toMatchObject({ Status: 'Registered', DownloadStatus: 'Failed' });
    expect(said['DownloadFailureReason']).toMatch(reason);
  });

  it.each([
    ['sip88xx.14-0-1-0001-1', MPP, 'enterprise'],
    ['sip88xx.14-1-1MN-366', MPP, 'multiplatform'],
    ['sip88xx.12-1-1-12', 'sip88xx.TLexE2M-11-2-3C-12', 'enterprise'],
    ['sip88xx.12-5-1SR1-4', 'sip88xx.TLexE2M-11-2-3C-12', 'transition'],
  ])('of %s told to take %s is %s afterwards', async (from, to, kind) => {
    const lab = await start([phone({ load: from })]);
    await convert(lab, to);
    expect(lab.phone(MAC).kind).toBe(kind);
  });

  it('goes on from a transition load where a profile waits for it among the files of the cluster', async () => {
    const lab = await start([phone({ load: 'sip88xx.12-5-1SR1-4' })], { flags: { filesNeedRestart: false } });
    const rule = `http://127.0.0.1:${lab.ucm.filesPort}/sip88xx.11-3-5MPP0001-117.loads`;
    lab.ucm.put(
      '8841-3PCC.xml',
      `<device><flat-profile><Upgrade_Rule ua="na">${rule}</Upgrade_Rule></flat-profile></device>`,
    );
    await convert(lab, 'sip88xx.TLexE2M-11-2-3C-12');
    await lab.pass(WHOLE + 10);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'multiplatform', load: 'sip88xx.11-3-5MPP0001-117' });
  });

  it('steps up within Enterprise, registers again with the new load, and keeps the old one as inactive', async () => {
    const lab = await start([phone({ load: 'sip88xx.14-1-1MN-366', ucm: { webAccess: 'off' } })]);
    await convert(lab, ENTERPRISE);
    expect(await seen(lab)).toMatchObject({ Status: 'UnRegistered' });
    await lab.pass(40);
    expect(await seen(lab)).toMatchObject({
      Status: 'Registered',
      ActiveLoadID: ENTERPRISE,
      Httpd: 'No',
      DownloadStatus: 'Successful',
    });
    expect(textIn((await lab.ris([NAME])).body, 'InactiveLoadID')).toBe('sip88xx.14-1-1MN-366');
    expect(lab.phone(MAC).snapshot().online).toBe(false);
  });

  it.each(['Unknown', ''] as const)('shows %j while it loads, where a flag says so', async (risDownloadStatus) => {
    const lab = await start([phone()], { flags: { risDownloadStatus } });
    await setLoad(lab, MPP);
    await apply(lab);
    await lab.pass(20);
    expect((await seen(lab))['DownloadStatus']).toBe(risDownloadStatus);
  });

  it('hears of nothing while it is not registered', async () => {
    const lab = await start([phone({ ucm: { registers: false } })]);
    await convert(lab);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'enterprise', reboots: 0 });
  });
});

describe('where a phone fetches its load from', () => {
  const withServer = (server: string): DeviceGroup =>
    phone({ ucm: { vendorConfig: `<loadServer>${server}</loadServer>` } });

  it('is its load server, if it has one', async () => {
    const lab = await start([withServer('127.0.0.1')], { files: { loads: [] } });
    await convert(lab);
    expect(lab.phone(MAC).kind).toBe('multiplatform');
    expect(lab.simulator.files.requests.some(({ path }) => path === `/${MPP}.loads`)).toBe(true);
  });

  it('is the cluster nevertheless, where a flag says so or the element has another name', async () => {
    const lab = await start([withServer('127.0.0.1')], { flags: { loadServerHonored: false } });
    await convert(lab);
    expect(lab.ucm.requests.some(({ device, status }) => device === `${MPP}.loads` && status === 200)).toBe(true);
    expect(lab.simulator.files.requests).toEqual([]);
  });

  it('is TFTP, where nobody answers to HTTP', async () => {
    const lab = await start([phone()], { flags: { filesOver: 'tftp' } });
    await convert(lab);
    expect(lab.phone(MAC).kind).toBe('multiplatform');
    expect(lab.ucm.requests.some(({ service, device }) => service === 'tftp' && device === `${MPP}.loads`)).toBe(true);
  });

  it.each(['not a host', '[', '192.0.2.1'])('fails for the load server %s', async (server) => {
    const lab = await start([withServer(server)]);
    await convert(lab);
    expect(await seen(lab)).toMatchObject({ DownloadStatus: 'Failed', Status: 'Registered' });
  });
});

describe('web access', () => {
  const WITH_OTHERS = "<pcPort>0</pcPort>\r\n<webAccess>1</webAccess><!-- kept --><text a='1'>&lt;&#52;</text>";

  it('follows the vendor configuration once it is applied, after a restart', async () => {
    const lab = await start([phone({ ucm: { vendorConfig: WITH_OTHERS } })]);
    const get = (): ReturnType<typeof ask> =>
      ask(lab.simulator.httpPort, lab.phone(MAC).address, '/DeviceInformationX');
    expect((await get()).error).toBe('ECONNRESET');
    const changed = WITH_OTHERS.replace('>1<', '>0<');
    await lab.axl('updatePhone', `<name>${NAME}</name><vendorConfig>${changed}</vendorConfig>`);
    expect(lab.ucm.settingsOf(NAME)?.vendorConfig).toBe(changed);
    await lab.pass(60);
    expect((await seen(lab))['Httpd']).toBe('No');
    await apply(lab);
    await lab.pass(20);
    expect(await seen(lab)).toMatchObject({ Status: 'UnRegistered' });
    await lab.pass(60);
    expect((await get()).status).toBe(200);
    expect(await seen(lab)).toMatchObject({ Status: 'Registered', Httpd: 'Yes' });
  });

  it('follows at once, where a flag says so', async () => {
    const lab = await start([phone()], { flags: { webAccessNeedsRestart: false } });
    await lab.axl('updatePhone', `<name>${NAME}</name><vendorConfig><webAccess>0</webAccess></vendorConfig>`);
    await apply(lab);
    await lab.pass(5);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ online: true, reboots: 0 });
  });

  it.each([
    '',
    '<webAccess>1</webAccess>',
    '<!-- <webAccess>0</webAccess> -->',
    '<x><![CDATA[<webAccess>0</webAccess>]]></x>',
  ])('is off with the vendor configuration %j', async (vendorConfig) => {
    const lab = await start([phone({ ucm: { vendorConfig } })]);
    expect(lab.phone(MAC).snapshot().online).toBe(false);
  });
});

describe('a Multiplatform phone that becomes an Enterprise one', () => {
  const multiplatform = (more: DeviceGroup = {}, behavior: Partial<Behavior> = {}): DeviceGroup =>
    phone({ load: MPP, ...more }, behavior);
  const PROVEN = 5 + 90 + 120 + 180 + 1;

  async function toEnterprise(lab: Cluster, load = ENTERPRISE): Promise<void> {
    const it = lab.phone(MAC);
    const values = {
      'Upgrade Rule': `${lab.simulator.files.url}/${load}.loads`,
      'Transition Authorization Rule': `${lab.simulator.files.url}/$MAU_M2E.lic`,
    };
    const body = new URLSearchParams(
      Object.entries(values).map(([label, value]): [string, string] => [it.fieldName(label) ?? '', value]),
    );
    await ask(lab.simulator.httpPort, it.address, it.formPath(), { method: 'POST', body: body.toString() });
    await lab.pass(PROVEN);
  }

  it('is not known to the real-time service before, registers after a while, and has web access as configured', async () => {
    const lab = await start([multiplatform({ ucm: { registersAfter: 200 } })]);
    expect((await lab.ris([NAME])).body).toContain('CmNodes xsi:nil="1"');
    await toEnterprise(lab);
    expect(lab.phone(MAC).snapshot()).toMatchObject({ kind: 'enterprise', online: false });
    expect((await lab.ris([NAME])).body).toContain('CmNodes xsi:nil="1"');
    await lab.pass(200);
    expect(await seen(lab)).toMatchObject({ Status: 'Registered', ActiveLoadID: ENTERPRISE, Httpd: 'No' });
  });

  it('does not register where Unified CM has no device of its name', async () => {
    const lab = await start([multiplatform({ ucm: { known: false } })]);
    await toEnterprise(lab);
    await lab.pass(600);
    expect((await lab.ris([NAME])).body).toContain('CmNodes xsi:nil="1"');
  });

  it('registers with the wrong load, where it runs one or is only shown with one', async () => {
    const lab = await start([multiplatform({ ucm: { shownLoad: 'sip88xx.14-3-1-0201-246' } })]);
    await toEnterprise(lab);
    await lab.pass(60);
    expect((await seen(lab))['ActiveLoadID']).toBe('sip88xx.14-3-1-0201-246');
  });

  it('takes the load that Unified CM has for it as soon as it is registered: even back to Multiplatform', async () => {
    const lab = await start([multiplatform({ ucm: { load: MPP } })]);
    await toEnterprise(lab);
    await lab.pass(30 + WHOLE);
    expect(lab.phone(MAC).kind).toBe('multiplatform');
  });
});
