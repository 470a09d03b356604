import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createUcm } from '../../../src/ucm/create-ucm.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import { IdleClock } from '../support/idle-clock.js';
import {
  axl,
  basicOfUser,
  htmlError,
  knowledge,
  ORIGIN,
  PASSWORD,
  refusal,
  soap,
  talk,
  versionPage,
} from '../support/cluster.js';

afterEach(() => {
  nock.cleanAll();
});

const NAME = 'SEP001122AABBCC';
const applied = (headers?: Record<string, string>): ReturnType<typeof axl> => axl('applyPhone', 'true', headers);
const cookie = (value: string): Record<string, string> => ({
  'set-cookie': `JSESSIONIDSSO=${value}; Path=/; Secure; HttpOnly`,
});

describe('a session', () => {
  it('goes on by its cookie, without the password', async () => {
    const { ucm, sent } = talk([applied(cookie('A1')), applied(), applied(cookie('B2')), applied()]);
    for (let turn = 0; turn < 4; turn += 1) await ucm.apply(NAME);
    expect(sent.map(({ headers }) => [headers['authorization'], headers['cookie']])).toEqual([
      [basicOfUser, undefined],
      [undefined, 'JSESSIONIDSSO=A1'],
      [undefined, 'JSESSIONIDSSO=A1'],
      [undefined, 'JSESSIONIDSSO=B2'],
    ]);
  });

  it.each([404, 401])('that is over (%i) is begun anew, for a change too: it was not taken', async (status) => {
    const { ucm, sent } = talk([applied(cookie('A1')), htmlError(status), applied(cookie('B2')), applied()]);
    for (let turn = 0; turn < 3; turn += 1) await ucm.apply(NAME);
    expect(sent.map(({ headers }) => headers['authorization'] ?? headers['cookie'])).toEqual([
      basicOfUser,
      'JSESSIONIDSSO=A1',
      basicOfUser,
      'JSESSIONIDSSO=B2',
    ]);
  });

  it('is begun anew once: then there is nothing there', async () => {
    const { ucm, sent } = talk([applied(cookie('A1')), htmlError(404), htmlError(404), applied()]);
    await ucm.apply(NAME);
    expect(await refusal(ucm.apply(NAME))).toMatchObject({ code: 'ucm-not-ucm', nothingChanged: true });
    expect(sent).toHaveLength(3);
  });

  it('that others begin meanwhile, and that is over as well, is no reason to say that there is nothing there', async () => {
    let asked = 0;
    const openings: (() => void)[] = [];
    const opened = new Promise<void>((resolve) => openings.push(resolve));
    const { ucm } = talk([], {
      fetch: async (input, init) => {
        if (String(input).includes('version')) return new Response(versionPage('14.0.1'));
        const headers = new Headers(init?.headers);
        if (headers.has('authorization')) {
          asked += 1;
          if (asked > 1) setImmediate(() => openings.forEach((open) => open()));
          const body = soap(
            '<ns:applyPhoneResponse xmlns:ns="http://www.cisco.com/AXL/API/14.0"><return>true</return></ns:applyPhoneResponse>',
          );
          return new Response(body, { headers: { 'content-type': 'text/xml', ...cookie(`A${asked}`) } });
        }
        // Of two that are told that their session is over, the second hears of it after the first has begun another.
        if (init?.body?.toString().includes('SEP0000000000BB')) await opened;
        return new Response('<html>HTTP Status 404</html>', { status: 404, headers: { 'content-type': 'text/html' } });
      },
    });
    await ucm.apply(NAME);
    await Promise.all([ucm.apply('SEP0000000000AA'), ucm.apply('SEP0000000000BB')]);
    expect(asked).toBe(3);
  });

  it('is not made of a cookie by another name, nor of one that an error came with', async () => {
    const { ucm, sent } = talk([
      applied({ 'set-cookie': 'JSESSIONID=C3; Path=/axl' }),
      [503, '', cookie('D4')],
      applied({ 'set-cookie': 'JSESSIONIDSSO=; Max-Age=0' }),
      applied(),
    ]);
    for (let turn = 0; turn < 3; turn += 1) await ucm.apply(NAME);
    expect(sent.every(({ headers }) => headers['authorization'] === basicOfUser && !headers['cookie'])).toBe(true);
  });
});

describe('a refused login', () => {
  it('is not tried again: Unified CM locks users', async () => {
    const { ucm, sent } = talk([htmlError(401), applied()]);
    for (let turn = 0; turn < 3; turn += 1)
      expect(await refusal(ucm.apply(NAME))).toMatchObject({
        code: 'ucm-login-refused',
        message: 'Unified CM at cucm.example.com:8443 refused the user name or the password.',
      });
    expect(sent).toHaveLength(1);
  });

  it('is tried once by all that ask at the same time', async () => {
    const { ucm, sent } = talk([htmlError(401), htmlError(401), htmlError(401)]);
    const errors = await Promise.all([
      refusal(ucm.apply(NAME)),
      refusal(ucm.settings(NAME)),
      refusal(ucm.change(NAME, { ownLoad: 'a' })),
    ]);
    expect(errors.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'ucm-login-refused'));
    expect(sent).toHaveLength(1);
  });

  it('is tried again where the same login was accepted before', async () => {
    const { ucm } = talk([applied(), htmlError(401), applied()]);
    await ucm.apply(NAME);
    expect(await refusal(ucm.apply(NAME))).toMatchObject({ code: 'ucm-login-refused' });
    await ucm.apply(NAME);
  });
});

describe('the version', () => {
  const silent = { host: 'cucm.example.com', port: 8443, username: 'axl', password: PASSWORD, timeoutMs: 1_000 };
  const client = (): ReturnType<typeof createUcm> => {
    const clock = new IdleClock();
    const standing = clock.standingDuring((input, init) => fetch(input, init));
    return createUcm({
      ...silent,
      tls: { ca: [], insecure: false },
      clock,
      log: silentLog,
      knowledge,
      fetch: standing,
    });
  };

  it('is asked for once, without credentials', async () => {
    const headers: unknown[] = [];
    nock(ORIGIN)
      .get('/cucm-uds/version')
      .reply(function () {
        headers.push(this.req.headers['authorization'], this.req.headers['cookie']);
        return [200, versionPage('15.0.1.10000(1)')];
      });
    const ucm = client();
    expect(await Promise.all([ucm.version(), ucm.version()])).toEqual(['15.0.1.10000(1)', '15.0.1.10000(1)']);
    expect(headers).toEqual([undefined, undefined]);
  });

  it.each([
    ['11.5.1.21900-40', '11.5'],
    ['12.5.1.11001(1)', '12.5'],
    ['15.0.1', '15.0'],
  ])('%s speaks the interface of %s', async (version, schema) => {
    nock(ORIGIN).get('/cucm-uds/version').reply(200, versionPage(version));
    let action = '';
    nock(ORIGIN)
      .post('/axl/', (body) => String(body).includes(`"http://www.cisco.com/AXL/API/${schema}"`))
      .reply(function () {
        action = String(this.req.headers['soapaction']);
        return [200, (applied() as [number, string])[1]];
      });
    await client().apply(NAME);
    expect(action).toBe(`"CUCM:DB ver=${schema} applyPhone"`);
  });

  it.each([
    ['a page of something else', 200, '<html><body>Hello</body></html>', 'ucm-not-ucm'],
    ['nothing at that path', 404, '', 'ucm-not-ucm'],
    ['a redirect', 302, '', 'ucm-not-ucm'],
    ['a login', 401, '', 'ucm-not-ucm'],
    ['XML without a version', 200, '<versionInformation/>', 'ucm-version'],
    ['a version of letters', 200, versionPage('newest'), 'ucm-version'],
    ['a version that is cut off', 200, versionPage('14.0.1').slice(0, -20), 'ucm-not-ucm'],
    ['a busy server', 503, '', 'ucm-busy'],
  ])('is not made up from %s, and asked for anew', async (_, status, text, code) => {
    nock(ORIGIN).get('/cucm-uds/version').reply(status, text);
    nock(ORIGIN).get('/cucm-uds/version').reply(200, versionPage('14.0.1'));
    const ucm = client();
    expect(await refusal(ucm.version())).toMatchObject({ code, nothingChanged: true });
    expect(await ucm.version()).toBe('14.0.1');
  });

  it('that cannot be asked for stops a change before it is sent', async () => {
    nock(ORIGIN)
      .get('/cucm-uds/version')
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    expect(await refusal(client().apply(NAME))).toMatchObject({ code: 'ucm-unreachable', nothingChanged: true });
  });
});

describe('an address', () => {
  it.each(['', 'user:secret@cucm', 'cucm/axl', 'https://cucm', '::1', 'a b'])(
    'such as "%s" is refused, unshown',
    (host) => {
      const make = (): unknown =>
        createUcm({
          host,
          port: 8443,
          username: 'axl',
          password: PASSWORD,
          tls: { ca: [], insecure: false },
          timeoutMs: 1_000,
          clock: new IdleClock(),
          log: silentLog,
          knowledge,
        });
      expect(make).toThrow(/^The address of a server of Unified CM is neither a host name nor an IPv4 address\.$/);
    },
  );
});
