import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeviceGroup } from '../../../src/simulator/index.js';
import { ask } from '../support/client.js';
import { type Answered, type Cluster, cluster, serviceEnvelope, textIn, textsIn } from './support/cluster.js';

const MAC = '00CCFC123456';
const NAME = `SEP${MAC}`;
const phone: DeviceGroup = {
  model: '8841',
  mac: MAC,
  load: 'sip88xx.14-2-1-0101-26',
  vid: 'V05',
  address: '127.78.7.9',
};
const authorization = `Basic ${Buffer.from('fleet-migrate:cucm-axl-1').toString('base64')}`;

let open: Cluster | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof cluster>): Promise<Cluster> {
  open = await cluster(...given);
  return open;
}

describe('the real-time service', () => {
  it('shows a registered phone with the fields of a live dump', async () => {
    const lab = await start([{ ...phone, ucm: { webAccess: 'on', description: 'Bar' } }]);
    const { status, body } = await lab.ris([NAME]);
    expect(status).toBe(200);
    expect(body).toMatch(/<ns1:selectCmDeviceResponse [^>]*><ns1:selectCmDeviceReturn><ns1:SelectCmDeviceResult>/);
    const shown = [
      'Name',
      'Model',
      'Product',
      'Httpd',
      'Status',
      'StatusReason',
      'Description',
      'DownloadStatus',
      'IP',
    ];
    expect(shown.map((field) => textIn(body.slice(body.indexOf('<ns1:CmDevices>')), field))).toEqual([
      ...[NAME, '683', '568', 'Yes', 'Registered', '0', 'Bar', 'Unknown', '127.78.7.9'],
    ]);
    expect(Number(textIn(body, 'TimeStamp'))).toBeLessThan(lab.clock.now() / 1000);
  });

  it('has no list of nodes where nothing is found', async () => {
    const { body } = await (await start([phone])).ris(['SEP000000000000', 'SEP*']);
    expect(textIn(body, 'TotalDevicesFound')).toBe('0');
    expect(body).toContain('<ns1:CmNodes xsi:nil="1"/>');
  });

  it('lists nodes that do not answer, with or without devices of others', async () => {
    const lab = await start([{ count: 12, model: '8841', load: 'sip88xx.14-2-1-0101-26' }], {
      flags: { risSilentNodes: ['127.0.0.2'] },
    });
    const { body } = await lab.ris(lab.simulator.phones.map(({ mac }) => `SEP${mac}`));
    expect(textsIn(body, 'ReturnCode')).toEqual(['Ok', 'NodeNotResponding']);
    const found = Number(textIn(body, 'TotalDevicesFound'));
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(12);
  });

  it('leaves out what is beyond its limit, or that of the request, without a word', async () => {
    const lab = await start([{ count: 5, model: '8841', load: 'sip88xx.14-2-1-0101-26' }], {
      flags: { risMaxDevices: 3 },
    });
    const { body } = await lab.ris(lab.simulator.phones.map(({ mac }) => `SEP${mac}`));
    expect(textIn(body, 'TotalDevicesFound')).toBe('3');
    expect(textsIn(body, 'DirNumber')).toHaveLength(3);
  });

  it('takes fifteen requests a minute, by a window that slides', async () => {
    const lab = await start([phone]);
    for (let count = 0; count < 15; count += 1) {
      expect((await lab.ris([NAME])).status).toBe(200);
      await lab.pass(1);
    }
    const refused = await lab.ris([NAME]);
    expect(refused.status).toBe(500);
    expect(textIn(refused.body, 'faultstring')).toMatch(/^AxisFault: Exceeded allowed rate for Reatime information/);
    expect(lab.ucm.violations).toEqual(['RisPort: asked more often than it allows']);
    await lab.pass(45);
    expect([(await lab.ris([NAME])).status, (await lab.ris([NAME])).status]).toEqual([200, 500]);
  });

  it('fails in plain text now and then, and names its answer otherwise, where flags say so', async () => {
    const lab = await start([phone], { flags: { risPlainTextEvery: 2, risResponse: 'selectCmDeviceExtResponse' } });
    expect((await lab.ris([NAME])).body).toContain('<ns1:selectCmDeviceExtReturn>');
    const plain = await lab.ris([NAME]);
    expect([plain.status, plain.headers['content-type'], plain.body.includes('<')]).toEqual([500, 'text/plain', false]);
  });

  it('shows one address for all beyond Expressway, where nobody reaches them', async () => {
    const home: DeviceGroup = {
      count: 2,
      model: '8841',
      load: 'sip88xx.14-2-1-0101-26',
      ucm: { expressway: true, webAccess: 'on' },
    };
    const lab = await start([home]);
    const { body } = await lab.ris(lab.simulator.phones.map(({ mac }) => `SEP${mac}`));
    expect(new Set(textsIn(body, 'IP')).size).toBe(1);
    for (const { address } of lab.simulator.phones) {
      expect(textIn(body, 'IP')).not.toBe(address);
      expect((await ask(lab.simulator.httpPort, address, '/')).error).toBe('ECONNRESET');
    }
  });

  it('shows no address for an unregistered phone, and another one where a flag says so', async () => {
    const lab = await start([
      { ...phone, ucm: { registers: false } },
      { model: '7841', mac: '00CCFC000002', load: 'sip78xx.14-2-1-0101-26', ucm: { shownAddress: 'next' } },
    ]);
    const away = (await lab.ris([NAME])).body;
    expect([textIn(away, 'Status'), textIn(away, 'IP'), textIn(away, 'Httpd')]).toEqual(['UnRegistered', null, 'No']);
    expect(textIn((await lab.ris(['SEP00CCFC000002'])).body, 'IP')).toBe('127.78.7.9');
  });

  it('does not know what is in the database and never registered', async () => {
    const lab = await start([{ ...phone, ucm: { known: false } }], {
      devices: [{ name: 'SEP0000000000AA', model: '8841', number: 0, pool: 'HQ', description: '', load: '' }],
    });
    expect(lab.ucm.settingsOf('SEP0000000000AA')).toMatchObject({ pool: 'HQ', ownLoad: null });
    expect(lab.ucm.settingsOf(NAME)).toBeUndefined();
    expect(textIn((await lab.ris([NAME, 'SEP0000000000AA'])).body, 'TotalDevicesFound')).toBe('0');
  });

  it.each([
    [
      'an order that is another',
      (xml: string) => xml.replace(/(<s:Model>.*?<\/s:Model>)(<s:Status>.*?<\/s:Status>)/, '$2$1'),
    ],
    ['a word it does not know', (xml: string) => xml.replace('<s:Status>Any', '<s:Status>Unregistered')],
    ['no namespace', (xml: string) => xml.replace(/(<\/?)s:Model>/g, '$1Model>')],
    ['no names', (xml: string) => xml.replace(/<s:item>.*<\/s:item>/, '')],
  ])('refuses %s, and keeps it', async (_what, change) => {
    const lab = await start([phone]);
    const whole = serviceEnvelope(
      '<s:selectCmDeviceExt><s:StateInfo/><s:CmSelectionCriteria><s:MaxReturnedDevices>9</s:MaxReturnedDevices><s:DeviceClass>Any</s:DeviceClass>' +
        '<s:Model>255</s:Model><s:Status>Any</s:Status><s:NodeName/><s:SelectBy>Name</s:SelectBy><s:SelectItems><s:item>' +
        `<s:Item>${NAME}</s:Item></s:item></s:SelectItems><s:Protocol>Any</s:Protocol><s:DownloadStatus>Any</s:DownloadStatus>` +
        '</s:CmSelectionCriteria></s:selectCmDeviceExt>',
    );
    const send = (body: string): Promise<Answered> =>
      lab.send('/realtimeservice2/services/RISService70', body, { authorization });
    expect((await send(whole)).status).toBe(200);
    expect((await send(change(whole))).status).toBe(500);
    expect(lab.ucm.violations).toHaveLength(1);
  });
});

describe('files and the TFTP service', () => {
  const status = (lab: Cluster): Promise<Answered> =>
    control(lab, '<s:soapGetServiceStatus><s:ServiceStatus>Cisco Tftp</s:ServiceStatus></s:soapGetServiceStatus>');
  const control = (lab: Cluster, body: string): Promise<Answered> =>
    lab.send('/controlcenterservice2/services/ControlCenterServices', serviceEnvelope(body), { authorization });
  const RESTART =
    '<s:soapDoControlServices><s:ControlServiceRequest><s:NodeName>127.0.0.1</s:NodeName><s:ControlType>Restart</s:ControlType>' +
    '<s:ServiceList><s:item>Cisco Tftp</s:item></s:ServiceList></s:ControlServiceRequest></s:soapDoControlServices>';
  const file = async (lab: Cluster, name: string, scheme = 'http'): Promise<number> => {
    const answer = await ask(lab.ucm.filesPort, '127.0.0.1', `/${name}`, scheme === 'https' ? { secure: true } : {});
    return answer.status;
  };

  it('serve loads, licenses and settings over HTTP and HTTPS of one port', async () => {
    const lab = await start([phone], { files: { missingLoads: ['sip88xx.12-0-3MPP0001-87'] } });
    const names = [
      'sip88xx.14-2-1-0101-26.loads',
      'sip88xx.12-0-3MPP0001-87.loads',
      `${MAC}.lic`,
      `${NAME}.cnf.xml`,
      'XMLDefault.cnf.xml',
      'nothing',
    ];
    const over = (scheme: string): Promise<number[]> => Promise.all(names.map((name) => file(lab, name, scheme)));
    expect(await over('http')).toEqual([200, 404, 200, 200, 200, 404]);
    expect(await over('https')).toEqual([200, 404, 200, 200, 200, 404]);
  });

  it('serve what was put there only after a restart, which takes a while', async () => {
    const lab = await start([phone], { notYetServed: [`${MAC}.lic`] });
    lab.ucm.put('new.loads', 'x');
    expect([await file(lab, 'new.loads'), await file(lab, `${MAC}.lic`)]).toEqual([404, 404]);
    const upTime = Number(textIn((await status(lab)).body, 'UpTime'));
    expect(upTime).toBeGreaterThan(86_400);

    const restarting = control(lab, RESTART);
    while (lab.ucm.restartsOfTftp() === 0 && textIn((await status(lab)).body, 'ServiceStatus') !== 'Starting');
    expect(await file(lab, 'new.loads')).toBe(0);
    await lab.pass(20);
    expect(textIn((await restarting).body, 'ReturnCode')).toBe('0');
    expect(lab.ucm.restartsOfTftp()).toBe(1);
    expect([await file(lab, 'new.loads'), await file(lab, `${MAC}.lic`)]).toEqual([200, 200]);
    const after = (await status(lab)).body;
    expect([textIn(after, 'ServiceStatus'), textIn(after, 'UpTime')]).toEqual(['Started', '0']);
  });

  it('serve it at once, where a flag says so', async () => {
    const lab = await start([phone], { flags: { filesNeedRestart: false } });
    lab.ucm.put('new.loads', 'x');
    lab.ucm.remove(`${MAC}.lic`);
    expect([await file(lab, 'new.loads'), await file(lab, `${MAC}.lic`)]).toEqual([200, 404]);
  });

  it('are of the node that is asked: one without the service says so, and serves nothing', async () => {
    const lab = await start([phone], { nodes: [{ name: '127.0.0.1', tftp: false }] });
    expect(textIn((await status(lab)).body, 'ReasonCodeString')).toBe('Service Not Activated');
    expect(textIn((await control(lab, RESTART)).body, 'ReturnCode')).toBe('1');
    expect(await file(lab, `${MAC}.lic`)).toBe(0);
  });

  it('are not restarted for a role that may not, or by another spelling', async () => {
    const lab = await start([phone], { flags: { servicesRole: false } });
    expect((await control(lab, RESTART)).status).toBe(403);
    await lab.close();
    const other = await start([phone]);
    const { body } = await control(other, RESTART.replace('Cisco Tftp', 'cisco tftp'));
    expect([textIn(body, 'ReturnCode'), other.ucm.restartsOfTftp()]).toEqual(['1', 0]);
  });
});
