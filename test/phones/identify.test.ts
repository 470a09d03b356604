import { afterEach, describe, expect, it } from '@jest/globals';
import { createIdentify, type Identified } from '../../src/phones/identify.js';
import { enterprise, multiplatform } from '../support/pages/phone-profiles.js';
import { page, rawServer, type RawServer } from '../transport/support/raw-server.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { errorOf, openSession } from '../transport/support/sessions.js';

const identify = createIdentify({ multiplatform, enterprise });

let server: RawServer;
afterEach(async () => {
  await server.quiet();
  await server.close();
});

/** Answers by path; everything else is not found, without a word about who says so. */
type Site = Record<string, string>;
const notFound = page('<p>404</p>', 'Content-Type: text/html', '404 Not Found');
const asksPassword = page('', 'WWW-Authenticate: Digest realm="spa admin"', '401 Unauthorized');
const userPage =
  page(`<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><b>Product Information</b><table>
<tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>MAC Address:</td><td>00CCFC123456</td></tr>
<tr><td>Software Version:</td><td>sip88xx.12-0-3MPP0001-87</td></tr></table></body></html>`);

async function identified(site: Site, clock = new HandClock()): Promise<Identified> {
  server = await rawServer((head, { socket }) => {
    const path = head.split(' ')[1] ?? '';
    const answer = site[path] ?? site['*'] ?? notFound;
    if (answer === 'hang') setImmediate(() => clock.pass(10_000));
    else socket.write(answer);
  });
  const session = openSession(server.port, { clock });
  try {
    return await identify(session, 'settings');
  } finally {
    session.close();
  }
}

const asked = (): string[] => server.requests.map((head) => head.split(' ')[1] ?? '');

describe('who answers, where little is shown', () => {
  it('a phone behind a password is known from its start page, wherever that leads', async () => {
    const { look, page: writable } = await identified({
      '/admin/advanced': asksPassword,
      '/': page('', 'Location: /user', '302 Found'),
      '/user': userPage,
    });
    expect(look).toMatchObject({
      kind: 'phone',
      facts: { mac: '00CCFC123456', readFrom: '/user', settings: null, settingsProblem: { code: 'auth-required' } },
    });
    expect(writable).toBeNull();
    expect(asked()).toHaveLength(4);
  });

  it('a phone whose admin page is just not there is said to have it switched off', async () => {
    const { look } = await identified({ '/': userPage });
    expect(look).toMatchObject({ kind: 'phone', facts: { settingsProblem: { code: 'web-admin-off' } } });
  });

  it('something behind a password that says nothing else may be a phone', async () => {
    expect((await identified({ '*': asksPassword })).look).toMatchObject({
      kind: 'unreadable',
      failure: { code: 'auth-required' },
    });
    expect(asked().length).toBeLessThanOrEqual(5);
  });

  it('something behind a password that names its server is no phone: phones name none', async () => {
    const router = page('', 'Server: lighttpd/1.4\r\nWWW-Authenticate: Basic realm="x"', '401 Unauthorized');
    expect((await identified({ '*': router })).look).toMatchObject({ kind: 'not-a-phone' });
    expect(asked().length).toBeLessThanOrEqual(4);
  });

  it('what asked for a password and then hung is still behind a password', async () => {
    const { look } = await identified({ '/admin/advanced': asksPassword, '*': 'hang' });
    expect(look).toMatchObject({ kind: 'unreadable', failure: { code: 'auth-required' } });
  });

  it('what only hangs is for the caller to judge', async () => {
    expect(await errorOf(identified({ '*': 'hang' }))).toMatchObject({ code: 'response-timeout' });
  });

  it('a page with a phone’s title that cannot be read is a phone in trouble', async () => {
    const broken = page('<title>CP-8841-3PCC Configuration Utility</title><p>half a pa');
    expect((await identified({ '*': broken })).look).toMatchObject({
      kind: 'unreadable',
      failure: { code: 'page-unreadable' },
    });
    expect(asked().length).toBeLessThanOrEqual(4);
  });

  it('a server that has none of these pages is no phone', async () => {
    expect((await identified({})).look).toEqual({
      kind: 'not-a-phone',
      detail: 'Not a phone: none of the pages that phones have.',
    });
    expect(asked().length).toBeLessThanOrEqual(5);
  });

  it('a device of another kind with pages like these is called by its name, cut short', async () => {
    const spa =
      page(`<table><tr><td colspan=2>Product Information</td></tr><tr><td>Product Name:</td><td>SPA${'9'.repeat(500)}</td>
<td>MAC Address:</td><td>000E08D1D1D1</td></tr></table>`);
    const { look } = await identified({ '/admin/advanced': spa });
    expect(look).toMatchObject({ kind: 'not-a-phone', detail: expect.stringMatching(/^It is a SPA9{1,80}, /) });
    expect(asked()).toHaveLength(1);
  });

  it('a captive portal is not followed', async () => {
    const portal = page('', 'Location: http://127.0.0.2/login', '302 Found');
    expect(await errorOf(identified({ '*': portal }))).toMatchObject({ code: 'redirect-elsewhere' });
    expect(asked()).toHaveLength(1);
  });
});
