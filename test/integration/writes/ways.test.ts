import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const address = '127.66.7.7';
const files = 'http://127.0.0.1:6970';
let server: Server;
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()));

/** What was asked of the phone, and what it fetched from whom told it to. */
interface PhoneLog {
  asked: string[];
  fetched: { url: string; body: string }[];
}

interface Manner {
  /** Takes the forms as well. */
  takesForms: boolean;
  /** What its status file says that it runs. */
  statusLoad: string;
}

const load = 'sip88xx.12-0-3MPP0001-87';

/** A phone that is no simulator's: it takes settings as `manner` says, and is authorized as soon as it has a rule. */
async function startPhone(manner: Partial<Manner> = {}): Promise<PhoneLog & { port: number }> {
  const log: PhoneLog = { asked: [], fetched: [] };
  let rule = '';
  const { takesForms = false, statusLoad = load } = manner;
  server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    log.asked.push(`${method} ${url}`);
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (method === 'POST' && takesForms) rule = new URLSearchParams(body).get('2') ?? rule;
      const [path, query] = [url.split('?')[0] ?? '', url.slice(url.indexOf('?') + 1)];
      if (path === '/admin/resync') fetchSettings(query, log, (settings) => (rule = settings));
      answer(path, response, rule, statusLoad);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, address, resolve));
  return Object.assign(log, { port: (server.address() as AddressInfo).port });
}

/** Fetches over a connection of its own, as the phone would: from its own address. */
function fetchSettings(url: string, log: PhoneLog, took: (rule: string) => void): void {
  get(url, { localAddress: address, agent: false }, (response) => {
    let body = '';
    response.on('data', (part: Buffer) => (body += part.toString()));
    response.on('end', () => {
      log.fetched.push({ url, body });
      const rule = /<Trans_Auth_Rule>(.*)<\/Trans_Auth_Rule>/.exec(body)?.[1];
      if (rule !== undefined) took(rule);
    });
  });
}

function answer(path: string, response: ServerResponse, rule: string, statusLoad: string): void {
  response.setHeader('Content-Type', 'text/html');
  if (path === '/admin/status.xml')
    return void response.end(
      `<status><Product_Name>CP-8841-3PCC</Product_Name><MAC_Address>00CCFC123456</MAC_Address><Software_Version>${statusLoad}</Software_Version></status>`,
    );
  if (path === '/admin/cfg.xml' || !path.startsWith('/admin/')) return void response.writeHead(404).end();
  const row =
    rule === '' ? '' : `[0][01/01/2026 12:00:00][${rule.replace('$MAU', '00CCFC123456')}]Authorization Succeeded.`;
  response.end(`<html><body><h3>Product Information</h3><table><tr><td>Product Name:<td>CP-8841-3PCC<td>MAC Address:<td>00CCFC123456
<tr><td>Software Version:<td>${load}<td>Transition Authorization Type:<td></table>
<h3>Transition Authorization Status</h3><table><tr><td class="info" colspan="3">${row}</table>
<form action="bcisco.csc" method="post"><h3>Firmware Upgrade</h3><table><tr><td>Upgrade Rule:<td><input name="1" value="">
<tr><td>Transition Authorization Rule:<td><input name="2" value="${rule}">
<tr><td>Transition Authorization Type:<td><select name="3"><option>Classic</select></table><h3>CA Settings</h3></form></body></html>`);
}

/** The shipped profile with these ways. */
function profileWith(...ways: string[]): string {
  const path = quickProfile(join(folder.path, ways.join('-')), 'authorize-mpp');
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(/^ways: .*$/m, `ways: [${ways.join(', ')}]`);
  if (changed === text && ways.length !== 2) throw new Error('the profile names no ways');
  writeFileSync(path, changed);
  return path;
}

const run = (port: number, profile: string, ...more: string[]) =>
  runForReport([
    ...['--target', address, '--http-port', String(port), '--scheme', 'http', '--profile', profile],
    ...['--files', files, '--skip-preflight', ...more],
  ]);

describe('a phone that takes no form', () => {
  it('is told to fetch its settings where the profile allows that, and the evidence says how it went', async () => {
    const phone = await startPhone();
    const { report, code } = await run(phone.port, profileWith('partial-form', 'full-form', 'resync'), '--yes');
    expect(code).toBe(0);
    const [only] = report.phones;
    expect(only).toMatchObject({ outcome: 'done', touched: true });
    expect(only?.evidence.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(
      expect.arrayContaining([
        'witnesses: /admin/status.xml agrees with the page: MAC, product name, software version',
        'written: partial form: answered 200, read back as before so far',
        'written: full form with a Referer: answered 200, read back as before so far',
        'written: Direct Action resync: answered 200, the phone fetched its settings, read back as sent',
      ]),
    );
    expect(phone.fetched).toHaveLength(1);
    expect(phone.fetched[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/settings\/[0-9a-f]{48}\.xml$/);
    expect(phone.fetched[0]?.body).toContain(`<Trans_Auth_Rule>${files}/$MAU.lic</Trans_Auth_Rule>`);
    expect(phone.asked.filter((line) => line.startsWith('POST'))).toHaveLength(4);
  });

  it('is told another address of ours with --serve-at', async () => {
    const phone = await startPhone();
    const { report } = await run(phone.port, profileWith('resync'), '--yes', '--serve-at', 'localhost');
    expect(report.phones[0]?.outcome).toBe('done');
    expect(phone.fetched[0]?.url).toMatch(/^http:\/\/localhost:\d+\//);
  });

  it('is given up where nothing but the forms is allowed', async () => {
    const phone = await startPhone();
    const { report, code } = await run(phone.port, profileWith('partial-form', 'full-form'), '--yes');
    expect(code).toBe(1);
    expect(report.phones[0]).toMatchObject({ outcome: 'failed', failure: { code: 'write-ignored' } });
    expect(phone.asked.some((line) => line.includes('/admin/resync'))).toBe(false);
  });
});

describe('a phone whose status file contradicts its page', () => {
  it.each([['--dry-run'], ['--yes']])('is blocked with both values, and gets nothing (%s)', async (how) => {
    const phone = await startPhone({ takesForms: true, statusLoad: 'sip88xx.11-2-3MPP-398' });
    const { report } = await run(phone.port, profileWith('partial-form', 'full-form', 'resync'), how);
    expect(report.phones[0]).toMatchObject({
      outcome: 'blocked',
      touched: false,
      failure: {
        code: 'witnesses-disagree',
        message: `The software version is "${load}" in /admin/advanced, but "sip88xx.11-2-3MPP-398" in /admin/status.xml.`,
      },
    });
    expect(phone.asked).toEqual(['GET /admin/advanced', 'GET /admin/status.xml', 'GET /admin/cfg.xml']);
  });

  it('is only read in an audit, by one page', async () => {
    const phone = await startPhone({ statusLoad: 'sip88xx.11-2-3MPP-398' });
    const audit = ['--target', address, '--http-port', String(phone.port), '--scheme', 'http'];
    const { report } = await runForReport(audit);
    expect(report.phones[0]?.outcome).toBe('audited');
    expect(phone.asked).toEqual(['GET /admin/advanced']);
  });
});
