import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Lab } from '../support/lab.js';
import { lab, M2E_LOAD, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof lab>): Promise<Lab> {
  open = await lab(...given);
  return open;
}

describe('status.xml', () => {
  it('is nested by section, with underscores for punctuation', async () => {
    const { get, phone } = await start(
      phoneWith({ previousRows: ['{files}/$MAU.lic'], returnsWithoutLicense: 'Classic' }),
    );
    const { body, headers } = await get('/admin/status.xml');
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(body).toMatch(/<Product_Information>\n<Product_Name>CP-8841-3PCC<\/Product_Name>/);
    expect(body).toContain('<MAC_Address>00CCFC123456</MAC_Address>');
    expect(body).toContain('<Transition_Authorization_Type>Classic</Transition_Authorization_Type>');
    expect(body).toContain(`<Transition_Authorization_Status>${phone.snapshot().authorizationRows[0]}<`);
    expect((await get('/status.xml')).body).toContain('<Product_Name>');
  });

  it('is flat, without the transition rows, or absent, where flags say so', async () => {
    const { get } = await start(phoneWith({ statusXml: 'flat', statusXmlHasTransition: false }));
    const flat = (await get('/admin/status.xml')).body;
    expect(flat).toContain('<flat-status>');
    expect(flat).toContain('<Product_Name group="Info/Product_Information">CP-8841-3PCC</Product_Name>');
    expect(flat.match(/<Call_State /g)).toHaveLength(2);
    expect(flat).not.toContain('Transition');
    await open?.close();
    const { get: getNone } = await start(phoneWith({ statusXml: 'none' }));
    expect((await getNone('/admin/status.xml')).status).toBe(404);
  });

  it('is what remains when the admin page fails', async () => {
    const { get } = await start(phoneWith({ adminPage: 'error-500' }));
    expect((await get('/admin/advanced')).status).toBe(500);
    expect((await get('/admin/status.xml')).status).toBe(200);
  });
});

describe('an MPP phone', () => {
  it('has a user page at / and an admin view at /admin, and the ancestors 404 elsewhere', async () => {
    const { get } = await start(phoneWith());
    expect((await get('/')).body).toMatch(/Admin Login.*advanced/);
    expect((await get('/admin')).body).toMatch(/User Login/);
    const missing = await get('/DeviceInformationX');
    expect(missing.status).toBe(404);
    expect(missing.body).toBe('<p><font size="5" color="#990000">404 Not Found\r\n!</p>');
  });

  it('names no server and no date', async () => {
    const { headers } = await (await start(phoneWith())).get('/');
    expect(headers.server).toBeUndefined();
    expect(headers.date).toBeUndefined();
    expect(headers['cache-control']).toBe('must-revalidate, no-store');
  });

  it.each([
    [
      'digest',
      401,
      /^Digest {2}realm="spa admin", domain="\/",nonce="[0-9a-f]{40}",opaque="[0-9a-f]{40}",algorithm="MD5",qop="auth"$/,
    ],
    ['basic', 401, /^Basic realm=/],
  ] as const)('with %s asks for a password under /admin only', async (auth, status, challenge) => {
    const { get } = await start(phoneWith({ auth }));
    for (const path of ['/admin/advanced', '/admin/status.xml', '/admin']) {
      const answered = await get(path);
      expect(answered.status).toBe(status);
      expect(answered.headers['www-authenticate']).toMatch(challenge);
    }
    expect((await get('/')).status).toBe(200);
  });

  it('lets the right password in, counts wrong ones, and knows a login form nobody gets past', async () => {
    const basic = (words: string): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(words).toString('base64')}`,
    });
    const { get, phone } = await start(phoneWith({ auth: 'basic', password: 'right-1' }));
    expect((await get('/admin/advanced', { headers: basic('admin:right-1') })).status).toBe(200);
    expect(phone.snapshot().failedSignIns).toBe(0);
    for (const words of ['admin:wrong-1', 'user:right-1'])
      expect((await get('/admin/advanced', { headers: basic(words) })).status).toBe(401);
    expect((await get('/admin/advanced')).status).toBe(401);
    expect(phone.snapshot().failedSignIns).toBe(2);
    await open?.close();
    const form = await start(phoneWith({ auth: 'form' }));
    expect((await form.get('/admin/advanced', { headers: basic('admin:cisco-admin-1') })).body).toMatch(/Admin Login/);
  });

  it('holds a client to the rules of Digest: a fresh count, the opaque text, the path of the request', async () => {
    const { get, phone } = await start(phoneWith({ auth: 'digest' }));
    const asked = (await get('/admin/advanced')).headers['www-authenticate'] ?? '';
    const [nonce, opaque] = [/nonce="(\w+)"/.exec(asked)?.[1] ?? '', /opaque="(\w+)"/.exec(asked)?.[1] ?? ''];
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const signed = (nc: string, more: { uri?: string; opaque?: string } = {}): Record<string, string> => {
      const uri = more.uri ?? '/admin/advanced';
      const user = md5('admin:spa admin:cisco-admin-1');
      const response = md5(`${user}:${nonce}:${nc}:c:auth:${md5(`GET:${uri}`)}`);
      const fields = `username="admin", realm="spa admin", nonce="${nonce}", uri="${uri}", nc=${nc}, cnonce="c", qop=auth`;
      return { authorization: `Digest ${fields}, response="${response}", opaque="${more.opaque ?? opaque}"` };
    };
    expect((await get('/admin/advanced', { headers: signed('00000001') })).status).toBe(200);
    expect(phone.violations).toEqual([]);
    const again = await get('/admin/advanced', { headers: signed('00000001') });
    expect([again.status, /stale="true"/.test(again.headers['www-authenticate'] ?? '')]).toEqual([401, true]);
    await get('/admin/advanced', { headers: signed('00000002', { opaque: 'x' }) });
    await get('/admin/advanced', { headers: signed('00000003', { uri: '/admin/status.xml' }) });
    expect(phone.violations).toEqual([
      'used a nonce count twice',
      'did not send the opaque text back',
      'signed /admin/status.xml in a request for /admin/advanced',
    ]);
  });

  it('may show a login form, the Set Password page, or nothing of /admin', async () => {
    expect((await (await start(phoneWith({ auth: 'form' }))).get('/admin/advanced')).body).toMatch(/type="password"/);
    await open?.close();
    expect((await (await start(phoneWith({ setPasswordPage: true }))).get('/')).body).toMatch(/Admin New Password/);
    await open?.close();
    expect((await (await start(phoneWith({ webAdminOff: true }))).get('/admin/advanced')).status).toBe(403);
  });

  it('answers on https only, on both, or sends from http to https', async () => {
    const { get } = await start(phoneWith({ scheme: 'https' }));
    expect((await get('/')).error).toBe('ECONNRESET');
    expect((await get('/admin/advanced', { secure: true })).status).toBe(200);
    await open?.close();
    const { get: getBoth } = await start(phoneWith({ scheme: 'both' }));
    expect((await getBoth('/')).status).toBe(200);
    expect((await getBoth('/', { secure: true })).status).toBe(200);
    await open?.close();
    const { get: getSent, phone, simulator } = await start(phoneWith({ scheme: 'redirect', redirectStatus: 301 }));
    const sent = await getSent('/admin/advanced');
    expect(sent.status).toBe(301);
    expect(sent.headers.location).toBe(`https://${phone.address}:${simulator.httpsPort}/admin/advanced`);
  });
});

describe('an Enterprise phone', () => {
  const enterprise = (behavior = {}, model = '8845'): Parameters<typeof lab>[0] => ({
    model,
    load: `${model.startsWith('78') ? 'sip78xx' : 'sip8845_65'}.14-2-1-0101-26`,
    mac: 'E0899D123456',
    serial: 'FCH1821ABCD',
    vid: 'V03',
    behavior,
  });

  it('serves the device as XML, with a VID in udi that is not the hardware revision', async () => {
    const { get } = await start(enterprise());
    const { body } = await get('/DeviceInformationX');
    expect(body).toContain('<udi>phone\nCisco IP Phone 8845, Global\nCP-8845-K9\nV03\nFCH1821ABCD\n</udi>');
    expect(body).toContain('<hardwareRevision>V01</hardwareRevision>');
    expect(body).toContain('<versionID>sip8845_65.14-2-1-0101-26</versionID>');
    expect(body).toContain('<appLoadID>rootfs8845_65.14-2-1-0101-26</appLoadID>');
    expect((await get('/CGI/Java/Serviceability?adapterX=device.statistics.device')).body).toBe(body);
    expect((await get('/NetworkConfigurationX')).body).toContain('<HostName>SEPE0899D123456</HostName>');
  });

  it('redirects / to the device page, and has no /admin', async () => {
    const { get } = await start(enterprise());
    const root = await get('/');
    expect(root.status).toBe(302);
    expect((await get(root.headers.location ?? '')).body).toContain('Cisco IP Phone CP-8845 ( SEPE0899D123456 )');
    expect((await get('/admin/advanced')).status).toBe(404);
  });

  it('writes a 78xx with Unified and Title Case, and a 7841 without the spacer cell', async () => {
    const path = '/CGI/Java/Serviceability?adapter=device.statistics.device';
    const older = (await (await start(enterprise({}, '7821'))).get(path)).body;
    expect(older).toContain('Cisco Unified IP Phone CP-7821');
    expect(older).toContain('<TD><B> Serial Number</B></TD><td width=20></TD><TD><B>FCH1821ABCD</B></TD>');
    await open?.close();
    const bare = (await (await start(enterprise({}, '7841'))).get(path)).body;
    expect(bare).toContain('<TD><B> Serial Number</B></TD><TD><B>FCH1821ABCD</B></TD>');
    await open?.close();
    const newer = (await (await start(enterprise())).get(path)).body;
    expect(newer).toContain('<TD><B> Serial number</B></TD><td width=20></TD>');
  });

  it('writes entities, other languages, other udi, or no XML, where flags say so', async () => {
    const path = '/CGI/Java/Serviceability?adapter=device.statistics.device';
    const { get } = await start(
      enterprise({ entities: true, locale: 'ru', enterprisePages: 'html-only', pidEnding: '' }),
    );
    const { body } = await get(path);
    expect(body).toContain('sip8845_65.14&#x2D;2&#x2D;1&#x2D;0101&#x2D;26');
    expect(body).toContain('Серийный номер');
    expect(body).toContain('<B>CP&#x2D;8845</B>');
    expect((await get('/DeviceInformationX')).status).toBe(404);
    await open?.close();
    const { get: getOdd } = await start(enterprise({ udi: '69xx' }));
    const odd = (await getOdd('/DeviceInformationX')).body;
    expect(odd).toContain('<versionID>= V03</versionID>');
    expect(odd).toContain('<udi>phone\nCisco IP Phone 8845, Global\nCP-8845-K9\nFCH1821ABCD\n</udi>');
    await open?.close();
    const { get: getMissing } = await start(enterprise({ udi: 'missing' }));
    expect((await getMissing('/DeviceInformationX')).body).not.toContain('udi');
  });

  it('may be a 10.x MPP phone, which says 3PCC on the same pages', async () => {
    const { get, phone } = await start({ model: '8841', load: 'sip88xx.10-4-1MPP-25' });
    expect(phone.kind).toBe('old-multiplatform');
    expect((await get('/DeviceInformationX')).body).toContain('<modelNumber>CP-8841-3PCC</modelNumber>');
    expect((await get('/admin/advanced')).status).toBe(404);
  });
});

describe('other devices', () => {
  it.each([
    ['printer', /HP LaserJet/],
    ['router', /Cisco ISR4331/],
    ['camera', /AXIS/],
    ['spa-adapter', /<title>Login Page<\/title>/],
    ['switch', /Managed Switch/],
    ['web-app', /CP-8841 is in stock/],
  ] as const)('a %s has a page of its own and no admin page of a phone', async (kind, page) => {
    const { get, phone } = await start({ kind });
    expect((await get('/')).body).toMatch(page);
    expect((await get('/admin/advanced')).body).not.toContain('Product Information');
    expect(phone.kind).toBe(kind);
  });

  it('a spa-phone has a real admin page, with the product name of an SPA504G', async () => {
    const { get, phone } = await start({ kind: 'spa-phone' });
    const { body, bytes } = await get('/admin/advanced');
    expect(body).toMatch(/Product Name:<TD><FONT color=darkblue>SPA504G/);
    expect(bytes).toBeGreaterThan(100_000);
    expect(phone.fieldName('Upgrade Rule')).not.toBeNull();
    expect(phone.fieldName('Transition Authorization Rule')).toBeNull();
  });

  it('a phone on a transition load has MPP pages with the load as version', async () => {
    const { get, phone } = await start({ model: '8841', load: 'sip88xx.TLexE2M-11-2-3C-12' });
    expect(phone.kind).toBe('transition');
    const { body } = await get('/admin/advanced');
    expect(body).toContain('CP-8841-3PCC');
    expect(body).toContain('sip88xx.TLexE2M-11-2-3C-12');
  });

  it(`an Enterprise phone on ${M2E_LOAD} is known as such`, async () => {
    const { phone } = await start({ model: '8841', load: M2E_LOAD });
    expect(phone.kind).toBe('enterprise');
  });
});
