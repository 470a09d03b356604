import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browserOfTests, describeInBrowser, expectAccessible, expectWithin } from '../../support/browser/browser.js';
import { dashboardsOfTests } from '../../support/command/dashboards.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const folder = temporaryFolder();
const db = folder.file('night.db');
const store = ['--no-config', '--db', db];
const token = '0123456789abcdef0123';
const emptyFile = folder.file('empty-token');
writeFileSync(emptyFile, '');
let network: Network;
let profile: string;
const { dashboard, running: dashboards } = dashboardsOfTests(store, { TOKEN: token });

/** Phones of which one fails, and a dry run with them. */
beforeAll(async () => {
  network = await startNetwork(
    [
      { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 4 },
      { model: '8851', mac: '00CCFC00BEEF', behavior: { upgradeResult: 'download-failed' } },
    ],
    { timeScale: 100 },
  );
  profile = quickProfile(folder.path, 'mpp-to-enterprise');
  await runCommand([...network.scan, '--profile', profile, '--files', network.files, '--dry-run', ...store]);
});
afterAll(async () => {
  await network.close();
  folder.remove();
});

describe('dashboard', () => {
  it.each([
    [['--address', '0.0.0.0'], '--address 0.0.0.0 can be reached from other machines, so it needs a token'],
    [['--token-env', 'SHORT'], 'The token that --token-env names has fewer than 16 characters'],
    [['--token-env', 'BLANKS'], 'The token holds blanks or letters that no header can carry'],
    [['--token-env', 'NONE'], '--token-env NONE: that environment variable is not set'],
    [['--token-env', 'TOKEN', '--token-file', 'x'], '--token-env and --token-file both name a token'],
    [['--token-file', emptyFile], 'is empty; write the token into its first line'],
    [['--address', 'everywhere'], '--address everywhere is no IP address'],
    [['--address', '192.0.2.7', '--token-env', 'TOKEN'], '192.0.2.7 is no address of this machine'],
    [['--db', folder.file('none.db')], 'there is no such store'],
    [['--allow-control'], '--allow-control lets somebody stop a run, so it needs a token'],
    [['--allow-contrl'], 'Unknown argument: allow-contrl.'],
  ])('does not begin with %j, and says why in one sentence', async (words, sentence) => {
    const base = words.includes('--db') ? ['--no-config'] : store;
    const env = { SHORT: 'secret', BLANKS: 'a secret with blanks in it', TOKEN: token };
    const { code, stdout, stderr } = await runCommand(['dashboard', ...base, '--port', '0', ...words], { env });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(sentence)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('secret');
  });

  it('says so where its port is in use', async () => {
    const { port } = new URL(await dashboard());
    const { code, stderr } = await runCommand(['dashboard', ...store, '--port', port]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`port ${port} is in use already; choose another`)]);
  });

  it('answers only to names of this machine, runs no script but its own, and has no page but its own', async () => {
    const url = await dashboard();
    const status = async (path: string, headers = {}): Promise<number> =>
      (await fetch(`${url}${path}`, { headers })).status;
    expect(await status('')).toBe(200);
    for (const path of [
      'nope',
      'runs/nope',
      'runs/nope/report',
      'live/runs/nope',
      'phones/nope',
      '../package.json',
      '%2e%2e/x',
    ])
      expect([path, await status(path)]).toEqual([path, 404]);
    const body = new URLSearchParams({ token: 'x'.repeat(10_000) });
    const large = await fetch(`${url}sign-in`, { method: 'POST', body });
    expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('That was not done')]);
    const json = { method: 'POST', body: '{"token":1}', headers: { 'content-type': 'application/json' } };
    expect((await fetch(`${url}sign-in`, json)).status).toBe(415);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/,
    );
    // A name that somebody else made lead here.
    const { request } = await import('node:http');
    const { port } = new URL(url);
    const elsewhere = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(elsewhere).toBe(403);
  });

  it('leads to a phone by its MAC, however that is written, and to nothing by another text', async () => {
    const url = await dashboard();
    const get = (mac: string) => fetch(`${url}phones/${mac}`, { redirect: 'manual' });
    expect((await get('00CCFC00BEEF')).status).toBe(200);
    for (const mac of ['00ccfc00beef', '00:CC:FC:00:BE:EF', '00cc.fc00.beef', '00-cc-fc-00-be-ef', 'SEP00CCFC00BEEF']) {
      const { status, headers } = await get(mac);
      expect([mac, status, headers.get('location')]).toEqual([mac, 302, '/phones/00CCFC00BEEF']);
    }
    for (const mac of ['00CCFC00BEE0', '00CCFC00BEE', '//evil.example']) expect((await get(mac)).status).toBe(404);
  });

  it('has the figures of the last run for Prometheus', async () => {
    const response = await fetch(`${await dashboard()}metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/^fleet_migrate_run_info\{run="\d{14}-\w{6}",profile="mpp-to-enterprise",dry_run="true",/m);
    expect(text).toMatch(/^fleet_migrate_targets_by_outcome\{outcome="planned",name="dashboard"\} 5$/m);
  });

  it.each([
    ['beyond this machine', ['--address', '0.0.0.0']],
    ['on a machine with other users, where it is given one', []],
  ])('shows nothing without its token %s', async (_where, words) => {
    const url = await dashboard([...words, '--token-env', 'TOKEN']);
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${url}${path}`, { headers, redirect: 'manual' });
    expect((await get('')).status).toBe(401);
    expect((await get('live/runs')).status).toBe(401);
    const asked = await get('', { accept: 'text/html' });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await get('', { authorization: 'Bearer 0123456789abcdef0124' })).status).toBe(401);
    expect((await get('', { authorization: `Bearer ${token}` })).status).toBe(200);
    const signIn = (given: string, origin: string) =>
      fetch(`${url}sign-in`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ token: given }) },
        headers: { origin },
      });
    const own = new URL(url).origin;
    expect((await signIn('0123456789abcdef0124', own)).status).toBe(403);
    expect((await signIn(token, 'http://evil.example')).status).toBe(403);
    const signed = await signIn(token, own);
    const cookie = signed.headers.get('set-cookie') ?? '';
    expect([signed.status, cookie]).toEqual([303, expect.stringMatching(/; HttpOnly; SameSite=Strict; Path=\/; /)]);
    expect(cookie).not.toContain(token);
    expect((await get('', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
    expect((await get('', { cookie: 'fleet-migrate=made-up' })).status).toBe(401);
  });

  it('changes nothing for those who did not give the token, for pages elsewhere, and where it was not allowed to', async () => {
    const [url, deaf] = [
      await dashboard(['--allow-control', '--token-env', 'TOKEN']),
      await dashboard(['--token-env', 'TOKEN']),
    ];
    const ask = async (at: string, wish: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
      const body = new URLSearchParams({ wish });
      const response = await fetch(`${at}runs/latest/wish`, { method: 'POST', redirect: 'manual', body, headers });
      const [, said = response.headers.get('location') ?? ''] =
        /role="alert">([^<]*)</.exec(await response.text()) ?? [];
      return [response.status, said];
    };
    const authorization = `Bearer ${token}`;
    expect((await ask(url, 'stop'))[0]).toBe(401);
    expect((await ask(url, 'stop', { authorization: 'Bearer 0123456789abcdef0124' }))[0]).toBe(401);
    // A server with TLS before it is asked by another name; the browser knows whose form it is.
    const site = { origin: 'https://fleet.example.com', 'sec-fetch-site': 'same-origin' };
    expect((await ask(url, 'stop', { authorization, ...site }))[0]).toBe(409);
    expect((await ask(url, 'stop', { authorization, origin: 'http://evil.example' }))[0]).toBe(403);
    expect(await ask(url, 'explode', { authorization })).toEqual([
      400,
      expect.stringContaining('pause, continue, stop'),
    ]);
    expect(await ask(url, 'stop', { authorization })).toEqual([409, expect.stringMatching(/is not going on any more/)]);
    expect(await ask(deaf, 'stop', { authorization })).toEqual([403, expect.stringContaining('--allow-control')]);
  });
});

describeInBrowser('the pages of a dashboard', () => {
  const browser = browserOfTests();

  it('can be seen by everybody, run nothing but their script, and lead from a run to a phone and all its nights', async () => {
    const url = await dashboard();
    for (const path of ['', 'runs/latest', 'phones', 'sites', 'licenses', 'transfers', 'sign-in', 'nope']) {
      const { page, troubles } = await browser.open(`${url}${path}`);
      await expectAccessible(page);
      const expected = path === 'nope' ? [expect.stringContaining('404')] : [];
      expect([path, troubles]).toEqual([path, expected]);
    }
    const narrow = { viewport: { width: 360, height: 800 } };
    for (const path of ['', 'runs/latest', 'phones', 'phones/00CCFC00BEEF', 'sites', 'licenses', 'transfers', 'nope'])
      await expectWithin((await browser.open(`${url}${path}`, narrow)).page);
    const { page, troubles } = await browser.open(url);
    await page.getByRole('link', { name: /^\d{14}-/ }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await page.getByRole('link', { name: 'Phones', exact: true }).click();
    await page
      .getByRole('button', { name: /^127\.66\.0\./ })
      .first()
      .click();
    await page.getByRole('link', { name: 'All nights of this phone' }).click();
    await page.getByRole('heading', { name: /mpp-to-enterprise, planned$/ }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('follow a run as it goes on, over a dashboard that is started anew, and become its report', async () => {
    const url = await dashboard();
    const { port } = new URL(url);
    const { page } = await browser.open(url);
    const run = startCommand([
      ...network.scan,
      '--profile',
      profile,
      '--files',
      network.files,
      '--waves',
      '1,100%',
      '--yes',
      ...store,
    ]);
    await page.getByRole('row', { name: / running / }).waitFor();
    await page
      .getByRole('row', { name: / running / })
      .getByRole('link')
      .click();
    await page.getByText(/[01] of 5 have ended/).waitFor();
    await page.evaluate(() => Object.assign(window, { isTheSame: true }));
    const { page: narrow } = await browser.open(page.url(), { viewport: { width: 360, height: 800 } });
    await narrow.getByRole('group', { name: 'Waves' }).focus();
    const [first] = dashboards.splice(0);
    first?.kill('SIGINT');
    await first?.done;
    await page.getByText('The connection was lost').waitFor();
    await dashboard([], Number(port));
    await page.getByText('The connection was lost').waitFor({ state: 'hidden' });
    await page.getByText(/[1-4] of 5 have ended/).waitFor();
    await narrow.getByText(/[1-4] of 5 have ended/).waitFor();
    await expectWithin(narrow);
    expect(await narrow.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Waves');
    await narrow.close();
    // It is still the page that was opened: only what changes of it was.
    expect(await page.evaluate(() => 'isTheSame' in window)).toBe(true);
    expect((await run.done).code).toBe(1);
    await page.getByRole('heading', { name: 'Waves over time' }).waitFor();
    await page.getByText('Where they should be: 4 of 5 phones; 1 needs somebody.').waitFor();
  });

  it('pause a run, continue it, and stop it, once somebody has signed in', async () => {
    const more = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 12 }], {
      timeScale: 100,
      subnet: '127.67.0.0/28',
    });
    try {
      const url = await dashboard(['--allow-control', '--token-env', 'TOKEN']);
      const run = startCommand([
        ...[...more.scan, '--profile', profile, '--files', more.files, '--yes', ...store],
        ...['--max-upgrading', '1'],
      ]);
      const { page, troubles } = await browser.open(url);
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page
        .getByRole('row', { name: / running / })
        .getByRole('link')
        .click();
      await page.getByText(/[1-9] of 12 have ended/).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('It was asked to pause').waitFor();
      await page.getByText('It has been paused since').waitFor();
      await expectAccessible(page);
      const before = more.posts().length;
      expect(before).toBeLessThan(12);
      await page.getByText(/ 0 upgrading, /).waitFor();
      expect(more.posts()).toHaveLength(before);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('It is going on.').waitFor();
      await page.getByText('Stop …').click();
      await page.getByRole('button', { name: 'Stop this run' }).click();
      await page.getByRole('heading', { name: 'What happened' }).waitFor();
      await page.getByText('INTERRUPTED: asked to stop by the dashboard, before all targets were done.').waitFor();
      expect((await run.done).code).toBe(1);
      expect(troubles).toEqual([]);
    } finally {
      await more.close();
    }
  });
});
