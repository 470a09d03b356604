import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { axl, type Answer, basicOfUser, htmlError, knowledge, refusal, risTalk, soap } from '../support/cluster.js';

afterEach(() => {
  nock.cleanAll();
});

const NAME = 'SEP001122AABBCC';
const OTHER = 'SEP001122AABBCD';

const device = (name: string, fields: Readonly<Record<string, string>> = {}): string => {
  const all = {
    Name: name,
    DirNumber: '1000-Registered',
    DeviceClass: 'Phone',
    Model: '683',
    Httpd: 'Yes',
    Status: 'Registered',
    StatusReason: '0',
    TimeStamp: '1795824000',
    Protocol: 'SIP',
    ActiveLoadID: 'sip88xx.14-2-1-0101-26',
    InactiveLoadID: '',
    DownloadStatus: 'Unknown',
    DownloadFailureReason: '',
    DownloadServer: '',
    IPAddress: '<item><IP>10.0.0.5</IP><IPAddrType>ipv4</IPAddrType><Attribute>Unknown</Attribute></item>',
    ...fields,
  };
  return `<item>${Object.entries(all)
    .map(([tag, text]) => `<${tag}>${text}</${tag}>`)
    .join('')}</item>`;
};
const node = (name: string, devices: string, code = 'Ok'): string =>
  `<item><ReturnCode>${code}</ReturnCode><Name>${name}</Name><NoChange>false</NoChange><CmDevices>${devices}</CmDevices></item>`;
const answer = (nodes: string, total: number | string = 1, name = 'selectCmDevice'): Answer => [
  200,
  soap(
    `<ns1:${name}Response xmlns:ns1="http://schemas.cisco.com/ast/soap"><ns1:selectCmDeviceReturn><ns1:SelectCmDeviceResult><ns1:TotalDevicesFound>${total}</ns1:TotalDevicesFound>${nodes}</ns1:SelectCmDeviceResult><ns1:StateInfo/></ns1:selectCmDeviceReturn></ns1:${name}Response>`,
  ),
];
const nodes = (...all: string[]): string => `<ns1:CmNodes>${all.join('')}</ns1:CmNodes>`;
const cutOff = (whole: Answer): Answer => ('error' in whole ? whole : [200, whole[1].slice(0, -30)]);
const nothing = answer('<ns1:CmNodes xsi:nil="1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>', 0);
const itemsIn = (body: string): string[] => [...body.matchAll(/<soap:Item>([^<]*)</g)].map(([, name = '']) => name);

describe('registrations', () => {
  it('are asked for by name, in the order of the schema, with the password each time', async () => {
    const { ucm, sent } = risTalk([answer(nodes(node('cm1', device(NAME) + device(OTHER))), 2), nothing]);
    await ucm.registrations([NAME, OTHER, NAME]);
    await ucm.registrations([NAME]);
    expect(sent[0]!.body.replace(/^.*<soapenv:Body>(.*)<\/soapenv:Body>.*$/s, '$1')).toBe(
      '<soap:selectCmDeviceExt><soap:StateInfo></soap:StateInfo><soap:CmSelectionCriteria>' +
        '<soap:MaxReturnedDevices>1000</soap:MaxReturnedDevices><soap:DeviceClass>Phone</soap:DeviceClass><soap:Model>255</soap:Model>' +
        '<soap:Status>Any</soap:Status><soap:NodeName></soap:NodeName><soap:SelectBy>Name</soap:SelectBy><soap:SelectItems>' +
        `<soap:item><soap:Item>${NAME}</soap:Item></soap:item><soap:item><soap:Item>${OTHER}</soap:Item></soap:item>` +
        '</soap:SelectItems><soap:Protocol>Any</soap:Protocol><soap:DownloadStatus>Any</soap:DownloadStatus>' +
        '</soap:CmSelectionCriteria></soap:selectCmDeviceExt>',
    );
    expect(sent[0]!.body).toContain('xmlns:soap="http://schemas.cisco.com/ast/soap"');
    expect(sent.map(({ headers }) => headers['soapaction'])).toEqual(
      Array.from({ length: 2 }, () => '"http://schemas.cisco.com/ast/soap/action/#RisPort#SelectCmDeviceExt"'),
    );
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual([basicOfUser, basicOfUser]);
  });

  it.each(['selectCmDevice', 'selectCmDeviceExt'])('are read from %sResponse', async (name) => {
    const { ucm } = risTalk([answer(nodes(node('cm1', device(NAME))), 1, name)]);
    expect((await ucm.registrations([NAME])).get(NAME)).toEqual({
      name: NAME,
      registered: 'yes',
      status: 'Registered',
      statusReason: null,
      activeLoad: 'sip88xx.14-2-1-0101-26',
      download: 'unknown',
      downloadFailure: null,
      httpd: true,
      address: '10.0.0.5',
      at: 1_795_824_000_000,
      node: 'cm1',
    });
  });

  it('have every name that was asked for, as it was given', async () => {
    const { ucm, sent } = risTalk([answer(nodes(node('cm1', device(NAME)))), nothing]);
    const found = await ucm.registrations([NAME.toLowerCase(), OTHER, '*', '']);
    expect([...found].map(([name, { registered }]) => [name, registered])).toEqual([
      [NAME.toLowerCase(), 'yes'],
      [OTHER, 'no'],
      ['*', 'unknown'],
      ['', 'unknown'],
    ]);
    expect(itemsIn(sent[0]!.body)).toEqual([NAME, OTHER]);
  });

  it('ask nothing for no names', async () => {
    const { ucm, sent } = risTalk([]);
    expect((await ucm.registrations([])).size).toBe(0);
    expect(sent).toEqual([]);
  });

  it.each([
    ['Registered', 'yes'],
    ['PartiallyRegistered', 'yes'],
    ['UnRegistered', 'no'],
    ['Rejected', 'no'],
    ['Unknown', 'unknown'],
    ['', 'unknown'],
    ['Neu', 'unknown'],
  ])('with the status "%s" are %s', async (status, registered) => {
    const { ucm } = risTalk([answer(nodes(node('cm1', device(NAME, { Status: status }))))]);
    expect((await ucm.registrations([NAME])).get(NAME)).toMatchObject({ registered, status: status || null });
  });

  it('tell what is known of a phone, and nothing of what is not', async () => {
    const fields = {
      Status: 'UnRegistered',
      StatusReason: '8',
      DownloadStatus: 'Upgrading',
      DownloadFailureReason: 'none yet',
      DownloadServer: '10.0.0.9',
      Httpd: 'No',
      TimeStamp: '',
      IPAddress: '<item><IP>2001:db8::1</IP><IPAddrType>ipv6</IPAddrType></item>',
    };
    const { ucm } = risTalk([answer(nodes(node('cm1', device(NAME, fields))))]);
    expect((await ucm.registrations([NAME])).get(NAME)).toMatchObject({
      statusReason: 'DeviceInitiatedReset',
      download: 'upgrading',
      downloadFailure: 'none yet',
      httpd: false,
      at: null,
      address: null,
      node: null,
    });
  });

  it('are no where nothing was found by nodes that all answered', async () => {
    const { ucm } = risTalk([nothing, answer(nodes(node('cm1', '', 'NotFound')), 0)]);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await ucm.registrations([NAME])).get(NAME)).toMatchObject({ registered: 'no', status: null });
  });

  it('are unknown where a node did not answer, unless another has the phone', async () => {
    const silent = node('cm2', '', 'NodeNotResponding');
    const gone = device(OTHER, { Status: 'UnRegistered' });
    const { ucm } = risTalk([answer(nodes(node('cm1', device(NAME) + gone), silent), 2)]);
    const found = await ucm.registrations([NAME, OTHER, 'SEP001122AABBCE']);
    expect([...found.values()].map(({ registered, status }) => [registered, status])).toEqual([
      ['yes', 'Registered'],
      ['unknown', 'UnRegistered'],
      ['unknown', null],
    ]);
  });

  it('are unknown where a node says that nothing changed', async () => {
    const noChange = node('cm1', '').replace('>false<', '>true<');
    const { ucm } = risTalk([answer(nodes(noChange), 0)]);
    expect((await ucm.registrations([NAME])).get(NAME)).toMatchObject({ registered: 'unknown' });
  });

  it('are those of the node where the phone was registered last', async () => {
    const { ucm } = risTalk([
      answer(
        nodes(
          node('cm1', device(NAME, { TimeStamp: '100' })),
          node('cm2', device(NAME, { TimeStamp: '300' })),
          node('cm3', device(NAME, { TimeStamp: '900', Status: 'UnRegistered' })),
        ),
        3,
      ),
    ]);
    expect((await ucm.registrations([NAME])).get(NAME)).toMatchObject({ registered: 'yes', node: 'cm2', at: 300_000 });
  });

  const few = { ...knowledge, realTime: { ...knowledge.realTime, namesPerRequest: 2, devicesPerAnswer: 3 } };

  it('are asked for in chunks', async () => {
    const names = Array.from({ length: 5 }, (_, nth) => `SEP00112200000${nth}`);
    const { ucm, sent } = risTalk([nothing, nothing, nothing], { knowledge: few });
    expect((await ucm.registrations(names)).size).toBe(5);
    expect(sent.map(({ body }) => itemsIn(body).length)).toEqual([2, 2, 1]);
  });

  it('are asked for again in smaller chunks where the answer may have been cut off', async () => {
    const twice = nodes(
      node('cm1', device(NAME, { Status: 'UnRegistered' }) + device(OTHER, { Status: 'UnRegistered' })),
      node('cm2', device(NAME, { Status: 'UnRegistered' })),
    );
    const { ucm, sent } = risTalk(
      [answer(twice, 3), answer(nodes(node('cm2', device(NAME)))), answer(nodes(node('cm2', device(OTHER))))],
      { knowledge: few },
    );
    const found = await ucm.registrations([NAME, OTHER]);
    expect([...found.values()].map(({ registered }) => registered)).toEqual(['yes', 'yes']);
    expect(sent.map(({ body }) => itemsIn(body))).toEqual([[NAME, OTHER], [NAME], [OTHER]]);
  });

  it('are asked for again where the longest answer does not list them: it may have been cut off earlier than known', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `SEP00112233440${at}`);
    const listing = (...at: number[]): Answer =>
      answer(nodes(node('cm1', at.map((one) => device(names[one] ?? '')).join(''))), at.length);
    const { ucm, sent } = risTalk([listing(0, 1, 2), listing(3, 4, 5), listing(6), listing(6)]);
    const states = async (asked: readonly string[]): Promise<string[]> =>
      [...(await ucm.registrations(asked)).values()].map(({ registered }) => registered);
    expect(await states(names)).toEqual([...names.slice(1).map(() => 'yes'), 'no']);
    expect(sent.map(({ body }) => itemsIn(body).length)).toEqual([8, 5, 2]);
    // A shorter answer than one that was whole is not doubted.
    expect(await states(names.slice(-2))).toEqual(['yes', 'no']);
    expect(sent).toHaveLength(4);
  });

  it('are unknown where more was found than is listed, to the end', async () => {
    const { ucm, sent } = risTalk([answer(nodes(node('cm1', '')), 4), nothing, answer(nodes(node('cm1', '')), 2)]);
    const found = await ucm.registrations([NAME, OTHER]);
    expect([...found.values()].map(({ registered }) => registered)).toEqual(['no', 'unknown']);
    expect(sent).toHaveLength(3);
  });

  it('keep to fifteen requests a minute by waiting', async () => {
    const names = Array.from({ length: 62 }, (_, nth) => `SEP0011220000${String(nth).padStart(2, '0')}`);
    const { ucm, sent, clock } = risTalk(
      Array.from({ length: 31 }, () => nothing),
      { knowledge: few },
    );
    await ucm.registrations(names);
    expect(sent).toHaveLength(31);
    expect(clock.waits).toEqual([60_000, 60_000]);
  });

  it.each([
    [
      'a fault',
      500,
      soap(
        '<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>AxisFault: Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is 15 requests per minute.</faultstring><detail/></soapenv:Fault>',
      ),
    ],
    ['plain text', 500, 'AxisFault: Exceeded allowed rate for Reatime information'],
    ['plain text that is called a success', 200, 'Exceeded allowed rate for Reatime information'],
  ])('wait longer after the fault about the rate, as %s', async (_, status, text) => {
    const { ucm, clock } = risTalk([[status, text], [status, text], nothing]);
    expect((await ucm.registrations([NAME])).size).toBe(1);
    expect(clock.waits).toEqual([30_000, 60_000]);
  });

  it('wait for a service that is busy, and give up in time', async () => {
    const { ucm, clock } = risTalk([[500, 'Server too busy'], htmlError(503), [502, ''], nothing]);
    expect((await ucm.registrations([NAME])).size).toBe(1);
    expect(clock.waits).toEqual([5_000, 10_000, 20_000]);
    nock.cleanAll();
    const never = risTalk(Array.from({ length: 30 }, (): Answer => [500, 'Server too busy']));
    expect(await refusal(never.ucm.registrations([NAME]))).toMatchObject({ code: 'ucm-busy' });
    expect(never.clock.monotonic()).toBeLessThanOrEqual(300_000);
  });

  it('are asked for once more where the connection broke', async () => {
    const { ucm } = risTalk([{ error: 'ECONNRESET' }, nothing]);
    expect((await ucm.registrations([NAME])).size).toBe(1);
  });

  it.each([
    ['an answer without a list', answer('', 3), 'ucm-unreadable'],
    [
      'an empty list with a number',
      answer('<CmNodes xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>', 3),
      'ucm-unreadable',
    ],
    ['an answer of another service', axl('selectCmDeviceExt', 'true'), 'ucm-unreadable'],
    ['an answer that is cut off', cutOff(nothing), 'ucm-unreadable'],
    ['a fault', [500, soap('<soapenv:Fault><faultstring>Invalid</faultstring></soapenv:Fault>')], 'ucm-refused'],
    ['a web page', [200, '<!DOCTYPE html><html></html>', { 'content-type': 'text/html' }], 'ucm-not-ucm'],
    ['a refused login', htmlError(401), 'ucm-login-refused'],
    ['a missing role', htmlError(403), 'ucm-role-missing'],
    ['a redirect', [302, '', { location: 'https://login.example.com/' }], 'ucm-not-ucm'],
  ] as [string, Answer, string][])('are not made up from %s', async (_, given, code) => {
    // A read whose answer is cut off is sent again.
    expect(await refusal(risTalk([given, given, given]).ucm.registrations([NAME]))).toMatchObject({ code });
  });
});
