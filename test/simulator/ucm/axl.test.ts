import { afterEach, describe, expect, it } from '@jest/globals';
import { type Cluster, cluster, axlEnvelope, textIn, textsIn } from './support/cluster.js';

const MAC = '00CCFC123456';
const NAME = `SEP${MAC}`;
const phone = { model: '8841', mac: MAC, load: 'sip88xx.14-2-1-0101-26', vid: 'V05', name: 'Reception & bar' };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

let open: Cluster | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof cluster>): Promise<Cluster> {
  open = await cluster(...given);
  return open;
}

const fault = (body: string): [code: string | null, text: string | null] => [
  textIn(body, 'axlcode'),
  textIn(body, 'faultstring'),
];

describe('signing in', () => {
  it('is not needed for the version', async () => {
    const lab = await start([phone], { version: '15.0.1.13010(1)' });
    const { status, body } = await lab.send('/cucm-uds/version', null);
    expect([status, textIn(body, 'version')]).toEqual([200, '15.0.1.13010(1)']);
  });

  it.each([null, basic('fleet-migrate:wrong'), basic('somebody:cucm-axl-1'), 'Basic', 'Bearer x'])(
    'with %j is refused in HTML, with a challenge',
    async (authorization) => {
      const lab = await start([phone]);
      const headers = authorization === null ? {} : { authorization };
      const answer = await lab.send('/axl/', axlEnvelope('getPhone', `<name>${NAME}</name>`), headers);
      expect(answer).toMatchObject({ status: 401, headers: { 'content-type': 'text/html;charset=utf-8' } });
      expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
      expect(answer.body).toMatch(/HTTP Status 401/);
    },
  );

  it('goes on by the cookie, until that has expired: then it is a 404', async () => {
    const lab = await start([phone], { flags: { axlSessionUses: 2 } });
    const first = await lab.axl('getPhone', `<name>${NAME}</name>`);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    expect(cookie).toMatch(/^JSESSIONIDSSO=\w{32}$/);
    const headers = { cookie, soapaction: 'CUCM:DB ver=14.0' };
    const again = async (): Promise<number> =>
      (await lab.send('/axl/', axlEnvelope('getPhone', `<name>${NAME}</name>`), headers)).status;
    expect([await again(), await again(), await again(), await again()]).toEqual([200, 200, 404, 404]);
  });

  it('expires after half an hour of idleness', async () => {
    const lab = await start([phone]);
    const first = await lab.axl('getPhone', `<name>${NAME}</name>`);
    const headers = { cookie: String(first.headers['set-cookie']).split(';')[0] ?? '', soapaction: 'CUCM:DB ver=14.0' };
    await lab.pass(1801);
    expect((await lab.send('/axl/', axlEnvelope('getPhone', `<name>${NAME}</name>`), headers)).status).toBe(404);
  });
});

describe('the certificate', () => {
  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('may be %s', async (certificate, code) => {
    const lab = await start([phone], { flags: { certificate } });
    expect((await lab.send('/cucm-uds/version', null)).error).toBe(code);
  });
});

describe('roles', () => {
  it('a read-only one reads, and is refused at a write', async () => {
    const lab = await start([phone], { role: 'read-only' });
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`)).status).toBe(200);
    const answer = await lab.axl('updatePhone', `<name>${NAME}</name><description>x</description>`);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/HTTP Status 403/);
    expect(lab.ucm.settingsOf(NAME)?.description).toBe('Reception & bar');
  });

  it('none is refused everywhere', async () => {
    const lab = await start([phone], { role: 'none' });
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`)).status).toBe(403);
    expect((await lab.ris([NAME])).status).toBe(403);
  });

  it('each of the other services can be left out', async () => {
    const lab = await start([phone], { flags: { realTimeRole: false, servicesRole: false } });
    expect((await lab.ris([NAME])).status).toBe(403);
    const { body } = await lab.axl('getAppUser', '<userid>fleet-migrate</userid>');
    expect(textsIn(body, 'userRole')).toEqual(
      expect.arrayContaining(['Standard AXL API Access', 'Standard CCM Admin Users']),
    );
    expect(textsIn(body, 'userRole')).not.toContain('Standard RealtimeAndTraceCollection');
  });

  it.each([
    ['appUser', [200, 500]],
    ['user', [500, 200]],
    ['no', [500, 500]],
  ] as const)(
    'are found by getAppUser and getUser as axlRolesReadable: %s says',
    async (axlRolesReadable, statuses) => {
      const lab = await start([phone], { flags: { axlRolesReadable } });
      const asked = await Promise.all(
        ['getAppUser', 'getUser'].map((op) => lab.axl(op, '<userid>fleet-migrate</userid>')),
      );
      expect(asked.map(({ status }) => status)).toEqual(statuses);
      expect(asked.filter(({ status }) => status === 500).every(({ body }) => textIn(body, 'axlcode') === '5007')).toBe(
        true,
      );
    },
  );
});

describe('getPhone and updatePhone', () => {
  it('tell and change the load: its own, or the default of its model', async () => {
    const lab = await start([phone]);
    const load = async (): Promise<string | undefined> =>
      /<loadInformation.*?<\/loadInformation>/.exec((await lab.axl('getPhone', `<name>${NAME}</name>`)).body)?.[0];
    expect(await load()).toBe('<loadInformation special="false">sip88xx.14-2-1-0101-26</loadInformation>');
    const changed = await lab.axl('updatePhone', `<name>${NAME}</name><loadInformation>any text</loadInformation>`);
    expect(textIn(changed.body, 'return')).toMatch(/^\{[\dA-F-]{36}\}$/);
    expect(await load()).toBe('<loadInformation special="true">any text</loadInformation>');
    await lab.axl('updatePhone', `<name>${NAME}</name><loadInformation xsi:nil="true"/>`);
    expect(lab.ucm.settingsOf(NAME)).toMatchObject({ ownLoad: null, load: 'sip88xx.14-2-1-0101-26' });
  });

  it('keep a vendor configuration byte for byte', async () => {
    const lab = await start([phone]);
    const config =
      '\r\n<a  b=\'>\'/>\t<!-- </vendorConfig> --><c><![CDATA[</vendorConfig>&]]></c>&#65;<vendorConfig x="1">é</vendorConfig> ';
    await lab.axl('updatePhone', `<name>${NAME}</name><vendorConfig>${config}</vendorConfig>`);
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`)).body).toContain(
      `<vendorConfig>${config}</vendorConfig>`,
    );
    await lab.axl('updatePhone', `<name>${NAME}</name><vendorConfig/>`);
    expect(lab.ucm.settingsOf(NAME)?.vendorConfig).toBe('');
  });

  it('find a phone by its UUID too, and return only the tags asked for', async () => {
    const lab = await start([phone]);
    const uuid = /<phone[^>]* uuid="([^"]+)"/.exec((await lab.axl('getPhone', `<name>${NAME}</name>`)).body)?.[1] ?? '';
    const { body } = await lab.axl(
      'getPhone',
      `<uuid>${uuid}</uuid><returnedTags><name/><description/></returnedTags>`,
    );
    expect([textIn(body, 'name'), textIn(body, 'description'), textIn(body, 'vendorConfig')]).toEqual([
      NAME,
      'Reception &amp; bar',
      null,
    ]);
  });

  it('say so when there is no such phone', async () => {
    const lab = await start([phone]);
    const missing = '<name>SEP000000000000</name>';
    expect(fault((await lab.axl('getPhone', missing)).body)).toEqual(['5007', expect.stringMatching(/was not found$/)]);
    expect(fault((await lab.axl('updatePhone', missing)).body)).toEqual([
      '5003',
      expect.stringMatching(/was not found$/),
    ]);
    expect(fault((await lab.axl('applyPhone', missing)).body)[0]).toBe('5007');
    expect(lab.ucm.violations).toEqual([]);
  });
});

describe('requests that do not follow the schema', () => {
  it.each([
    [
      'an order that is another',
      'updatePhone',
      `<name>${NAME}</name><vendorConfig/><loadInformation>x</loadInformation>`,
    ],
    ['the name behind the change', 'updatePhone', `<description>x</description><name>${NAME}</name>`],
    ['name and UUID at once', 'getPhone', `<name>${NAME}</name><uuid>x</uuid>`],
    ['neither', 'applyPhone', ''],
    ['an element twice', 'updatePhone', `<name>${NAME}</name><description>a</description><description>b</description>`],
    ['an unknown element', 'updatePhone', `<name>${NAME}</name><webAccess>0</webAccess>`],
    ['an element in the namespace', 'getPhone', `<ns:name>${NAME}</ns:name>`],
    ['an unknown operation', 'dropEverything', ''],
    ['one named like a property', 'toString', ''],
    ['a list searched by model', 'listPhone', '<searchCriteria><model>8841</model></searchCriteria><returnedTags/>'],
    [
      'a list with vendorConfig',
      'listPhone',
      '<searchCriteria><name>%</name></searchCriteria><returnedTags><vendorConfig/></returnedTags>',
    ],
    ['a list without returnedTags', 'listPhone', '<searchCriteria><name>%</name></searchCriteria>'],
    [
      'a reset of an unknown type',
      'doDeviceReset',
      `<deviceName>${NAME}</deviceName><deviceResetType>Explode</deviceResetType>`,
    ],
  ])('%s: a fault and a violation, and nothing is changed', async (_what, operation, inner) => {
    const lab = await start([phone]);
    const before = lab.ucm.settingsOf(NAME);
    const { status, body } = await lab.axl(operation, inner);
    expect([status, fault(body)[0]]).toEqual([500, '-1']);
    expect(lab.ucm.violations).toHaveLength(1);
    expect(lab.ucm.settingsOf(NAME)).toEqual(before);
    expect(() => lab.simulator.assertNoViolations()).toThrow(/Unified CM: AXL/);
  });

  it.each([
    ['no SOAPAction', { soapaction: '' }],
    ['that of another version', { soapaction: 'CUCM:DB ver=12.5 getPhone' }],
    ['that of another operation', { soapaction: 'CUCM:DB ver=14.0 applyPhone' }],
  ])('%s: likewise', async (_what, headers) => {
    const lab = await start([phone]);
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`, headers)).status).toBe(500);
    expect(lab.ucm.violations).toHaveLength(1);
  });

  it('a version of the schema that is not spoken: 599', async () => {
    const lab = await start([phone]);
    const ask = async (version: string): Promise<number> =>
      (
        await lab.send('/axl/', axlEnvelope('getPhone', `<name>${NAME}</name>`, version), {
          authorization: basic('fleet-migrate:cucm-axl-1'),
          soapaction: `CUCM:DB ver=${version} getPhone`,
        })
      ).status;
    expect([await ask('14.0'), await ask('12.5'), await ask('15.0')]).toEqual([200, 200, 599]);
  });
});

describe('throttles', () => {
  it('503 for the first writes and every n-th, before anything is changed; reads pass', async () => {
    const lab = await start([phone], { flags: { axlBusyFirst: 1, axlBusyEvery: 3 } });
    const write = async (): Promise<number> =>
      (await lab.axl('updatePhone', `<name>${NAME}</name><description>changed</description>`)).status;
    expect(await write()).toBe(503);
    expect(lab.ucm.settingsOf(NAME)?.description).toBe('Reception & bar');
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`)).status).toBe(200);
    expect([await write(), await write(), await write()]).toEqual([200, 503, 200]);
  });

  it('the memory fault on every n-th read', async () => {
    const lab = await start([phone], { flags: { axlMemoryFaultEvery: 2 } });
    await lab.axl('getPhone', `<name>${NAME}</name>`);
    const { status, body } = await lab.axl('getPhone', `<name>${NAME}</name>`);
    expect([status, ...fault(body)]).toEqual([
      500,
      '-1',
      expect.stringMatching(/^Maximum AXL Memory Allocation Consumed/),
    ]);
    expect(textIn(body, 'faultcode')).toBe('soapenv:Server');
  });

  it('a result that is too large, with how many rows fit', async () => {
    const lab = await start(
      [
        { ...phone, mac: '00CCFC000001', count: 1 },
        { count: 5, model: '8841' },
      ],
      {
        flags: { axlTooLargeAbove: 3 },
      },
    );
    const text = 'Query request too large. Total rows matched: 6 rows. Suggestive Row Fetch: less than 4 rows';
    expect(fault((await lab.sql('select name from device')).body)).toEqual(['-1', text]);
    const list = '<searchCriteria><name>%</name></searchCriteria><returnedTags><name/></returnedTags>';
    expect(fault((await lab.axl('listPhone', list)).body)[1]).toBe(text);
    expect(textsIn((await lab.sql('select first 3 name from device')).body, 'name')).toHaveLength(3);
    expect(lab.ucm.violations).toEqual([]);
  });

  it('answers that end in the middle, though the change is made', async () => {
    const lab = await start([phone], { flags: { cutOffEvery: 1 } });
    const { status, body } = await lab.axl('updatePhone', `<name>${NAME}</name><description>changed</description>`);
    expect([status, body.includes('</soapenv:Envelope>')]).toEqual([200, false]);
    expect(lab.ucm.settingsOf(NAME)?.description).toBe('changed');
  });

  it('connections that break in the middle of an answer', async () => {
    const lab = await start([phone], { flags: { cutOffEvery: 1, cutOffHow: 'breaks' } });
    expect((await lab.axl('getPhone', `<name>${NAME}</name>`)).error).toBe('ECONNRESET');
  });
});

describe('lists', () => {
  it('of phones are paged, searched with %, and hold the tags asked for', async () => {
    const lab = await start([
      { ...phone, ucm: { pool: 'HQ' } },
      { count: 3, model: '7841', ucm: { pool: 'Branch' } },
    ]);
    const list = (criteria: string, page = ''): Promise<string> =>
      lab
        .axl(
          'listPhone',
          `<searchCriteria>${criteria}</searchCriteria><returnedTags><name/><model/></returnedTags>${page}`,
        )
        .then(({ body }) => body);
    expect(textsIn(await list('<name>SEP%</name>'), 'name')).toHaveLength(4);
    expect(textsIn(await list('<name>SEP%</name>', '<skip>1</skip><first>2</first>'), 'name')).toHaveLength(2);
    expect(textsIn(await list('<devicePoolName>HQ</devicePoolName>'), 'model')).toEqual(['Cisco 8841']);
    expect(textsIn(await list('<description>reception%</description>'), 'name')).toEqual([NAME]);
  });

  it('of nodes and device defaults', async () => {
    const lab = await start([phone], { defaults: { '8841': 'sip88xx.14-3-1-0201-246' } });
    const nodes = await lab.axl(
      'listProcessNode',
      '<searchCriteria><name>%</name></searchCriteria><returnedTags><name/><nodeUsage/></returnedTags>',
    );
    expect(textsIn(nodes.body, 'name')).toEqual(['EnterpriseWideData', '127.0.0.1', '127.0.0.2']);
    const one = await lab.axl('getDeviceDefaults', '<Model>Cisco 8841</Model><Protocol>SIP</Protocol>');
    expect(textIn(one.body, 'LoadInformation')).toBe('sip88xx.14-3-1-0201-246');
    const all = await lab.axl(
      'listDeviceDefaults',
      '<searchCriteria><Model>Cisco 88%</Model></searchCriteria><returnedTags><Model/></returnedTags>',
    );
    expect(textsIn(all.body, 'Model')).toContain('Cisco 8865NR');
    expect(lab.ucm.settingsOf(NAME)).toMatchObject({ ownLoad: 'sip88xx.14-2-1-0101-26' });
  });
});
