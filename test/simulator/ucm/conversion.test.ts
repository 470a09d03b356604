import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../support/client.js';
import { type Cluster, cluster, textIn } from './support/cluster.js';

const MAC = '00CCFC123456';
const NAME = `SEP${MAC}`;
const MPP = 'sip88xx.12-0-3MPP0001-87';
const ENTERPRISE = 'sip88xx.14-2-1-0101-26';
/** Download, write, reboot, and what it takes until the phone is told, and a second more than all. */
const WHOLE = 3 + 90 + 120 + 180 + 1;

let open: Cluster | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof cluster>): Promise<Cluster> {
  open = await cluster(...given);
  return open;
}

const phone = { model: '8841', mac: MAC, load: ENTERPRISE, vid: 'V05' };
const setLoad = ({ axl }: Cluster, load: string): Promise<unknown> =>
  axl('updatePhone', `<name>${NAME}</name><loadInformation special="true">${load}</loadInformation>`);
const apply = ({ axl }: Cluster): Promise<unknown> => axl('applyPhone', `<name>${NAME}</name>`);

describe('an Enterprise phone whose load is set on Unified CM', () => {
  it('does nothing until it is applied, then is Upgrading, leaves, and is an unlicensed MPP phone of the same MAC', async () => {
    const lab = await start([{ ...phone, ucm: { webAccess: 'on' } }]);
    const it = lab.phone(MAC);
    expect(
      (await lab.axl('updatePhone', `<name>${NAME}</name><loadInformation special="true">${MPP}</loadInformation>`))
        .status,
    ).toBe(200);
    await lab.pass(600);
    expect(it.snapshot()).toMatchObject({ kind: 'enterprise', load: ENTERPRISE, phase: 'idle' });

    expect((await lab.axl('applyPhone', `<name>${NAME}</name>`)).status).toBe(200);
    await lab.pass(20);
    const during = await lab.ris([NAME]);
    expect([
      textIn(during.body, 'DownloadStatus'),
      textIn(during.body, 'Status'),
      textIn(during.body, 'ActiveLoadID'),
    ]).toEqual(['Upgrading', 'Registered', ENTERPRISE]);

    await lab.pass(WHOLE);
    expect(it.snapshot()).toMatchObject({
      ...{ kind: 'multiplatform', load: MPP, mac: MAC, address: it.address, online: true },
      transitionAuthorizationType: '',
    });
    const after = await lab.ris([NAME]);
    expect([textIn(after.body, 'Status'), textIn(after.body, 'StatusReason'), textIn(after.body, 'IP')]).toEqual([
      'UnRegistered',
      '8',
      null,
    ]);
    expect((await ask(lab.simulator.httpPort, it.address, '/admin/advanced')).status).toBe(200);
    expect(lab.ucm.violations).toEqual([]);
  });

  it('is licensed on its own page then, as any other', async () => {
    const lab = await start([{ ...phone, load: ENTERPRISE }]);
    await setLoad(lab, MPP);
    await apply(lab);
    await lab.pass(WHOLE);
    const it = lab.phone(MAC);
    const name = it.fieldName('Transition Authorization Rule') ?? '';
    await ask(lab.simulator.httpPort, it.address, it.formPath(), {
      method: 'POST',
      body: new URLSearchParams([[name, `tftp://127.0.0.1:${lab.ucm.tftpPort}/$MAU.lic`]]).toString(),
    });
    await lab.pass(10);
    expect(it.snapshot().transitionAuthorizationType).toBe('Classic');
    expect(lab.ucm.requests.filter(({ service }) => service === 'tftp')).toMatchObject([
      { device: `${MAC}.lic`, status: 200 },
    ]);
  });
});
