import { chmodSync, chownSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { mostStreams } from '../../../src/dashboard/live/stream.js';
import type { AnyEvent } from '../../../src/domain/report/events.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/store.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { samplePhone } from '../../report/support/sample.js';
import { endedTarget, newRun, storeRun, waitingTarget } from '../../store/support/samples.js';
import { browserOfTests, describeInBrowser } from '../../support/browser/browser.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { dashboardsOfTests } from '../../support/command/dashboards.js';
import { hasUnprivileged } from '../../support/command/limited-command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const db = folder.file('in use.db');
const [past, present, next] = ['20260114010000-aaaaaa', '20260115010000-bbbbbb', '20260116010000-cccccc'];
const token = '0123456789abcdef0123';
const { dashboard, running } = dashboardsOfTests(['--no-config', '--db', db], { TOKEN: token });
let store: Store;

/** A run that has ended with a phone that failed, in a store that stays open for what goes on. */
beforeEach(async () => {
  store = await openStore({ path: db, clock: systemClock });
  await storeRun(store, past, [{ outcome: 'failed', touched: true }], { startedAt: '2026-01-14T01:00:00.000Z' });
});
afterEach(async () => {
  await store.close();
  remove();
});
afterAll(() => folder.remove());

function remove(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${db}${end}`, { force: true });
}

/** A run of this process goes on, with a phone under way and one that failed. */
async function begin(id: string): Promise<void> {
  await store.acquireRunLock({ runId: id });
  await store.beginRun(newRun(id));
  const recorder = store.recorder(id, { onError: () => undefined });
  recorder.saveTarget(waitingTarget({ state: 'submitted', mac: '00CCFC00AAAA' }));
  const failed = samplePhone({
    ...{ address: '10.0.0.6', mac: '00CCFC00BBBB', outcome: 'failed', touched: true },
    failure: { code: 'upgrade-failed', message: 'No space.', hint: '' },
  });
  recorder.saveTarget(endedTarget(failed));
  const phone = { at: new Date().toISOString(), address: '10.0.0.5', mac: '00CCFC00AAAA' };
  recorder.event({ ...phone, event: 'intent', step: 'convert', changes: [] } as AnyEvent);
  recorder.event({ ...phone, event: 'state', state: 'upgrading' } as AnyEvent);
  await recorder.close();
}

/** What a run that goes on tells of itself. */
async function tell(id: string, pausedSince: number | null): Promise<void> {
  const recorder = store.recorder(id, { onError: () => undefined });
  const survey = { targets: 2, probed: 2, found: 2, earlier: null };
  const far = { survey, left: null, workedMs: 0, noAnswerByCode: {}, phase: 'migrate' as const, stopping: false };
  recorder.saveProgress({ ...far, at: Date.now(), pausedSince });
  await recorder.close();
}

/** The status and the text of an answer to a request that is not read to its end. */
function ask(url: string, method = 'GET'): Promise<{ status: number; type: string; close: () => void }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.resume();
      resolve({ status, type: headers['content-type'] ?? '', close: () => asked.destroy() });
    });
    asked.on('error', reject).end();
  });
}

const commandsIn = (page: string): string[] =>
  [...page.matchAll(/<code>([^<]*)<\/code>/g)].map(([, text = '']) => text);

describe('a dashboard in use', () => {
  it('gives the commands that the report gives, with its store', async () => {
    const url = await dashboard();
    const { stdout } = await runCommand(['report', past, '--output', 'html', '--no-config', '--db', db]);
    const [shown, told] = [commandsIn(await (await fetch(`${url}runs/${past}`)).text()), commandsIn(stdout)];
    expect(shown).toEqual(told);
    expect(shown.filter((command) => command.includes(`--db &#39;${db}&#39;`) || command.includes(db))).toEqual(shown);
    expect(shown.join('\n')).toContain('migrate --from-run');
    expect(await (await fetch(`${url}licenses`)).text()).toContain(db);
  });

  it('answers HEAD for what goes on, and is on no page that cannot be read without its headers', async () => {
    const url = await dashboard();
    await begin(present);
    for (const path of ['live/runs', `live/runs/${present}`])
      expect(await ask(`${url}${path}`, 'HEAD')).toMatchObject({ status: 200, type: 'text/event-stream' });
    for (const path of ['runs/%', 'runs/%ff', 'phones/%E0%A4%A', `runs/${'x'.repeat(300)}`]) {
      const answer = await fetch(`${url}${path}`);
      expect([path, answer.status < 500, answer.headers.get('content-type')]).toEqual([
        path,
        true,
        'text/html; charset=utf-8',
      ]);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await answer.text()).toContain('There is no such page');
    }
  });

  it('streams to so many pages, and tells the next that there are no more', async () => {
    const url = await dashboard();
    const open = [];
    for (let count = 0; count < mostStreams; count += 1) open.push(await ask(`${url}live/runs`));
    expect(open.every(({ status }) => status === 200)).toBe(true);
    const full = await fetch(`${url}live/runs`);
    expect([full.status, await full.text()]).toEqual([503, expect.stringMatching(/^200 pages follow .*later\.\n$/)]);
    for (const { close } of open) close();
  });

  it('shows the store that is at its path now, and says where there is none', async () => {
    const url = await dashboard();
    expect(await (await fetch(url)).text()).toContain(past);
    await store.close();
    remove();
    const gone = await fetch(url);
    expect([gone.status, await gone.text()]).toEqual([503, expect.stringContaining('is not there any more')]);
    store = await openStore({ path: `${db}.other`, clock: systemClock });
    await storeRun(store, next, [{}]);
    await store.close();
    renameSync(`${db}.other`, db);
    const other = await (await fetch(url)).text();
    expect([other.includes(next), other.includes(past)]).toEqual([true, false]);
  });

  it('tells a phone of each night as its report does, and that one under way has not ended', async () => {
    await begin(present);
    const url = await dashboard();
    const page = await (await fetch(`${url}phones/00CCFC00AAAA`)).text();
    expect(page).toContain('<b>write</b>');
    expect(page).toContain('It is under way: its run watches it.');
  });

  it('warns of a token that every user may read', async () => {
    const file = folder.file('token');
    writeFileSync(file, token);
    chmodSync(file, 0o644);
    await dashboard(['--token-file', file]);
    expect(running.at(-1)?.stderr).toContain('can be read by every user of this machine');
    chmodSync(file, 0o640);
    await dashboard(['--token-file', file]);
    expect(running.at(-1)?.stderr).toBe('');
  });
});

const isOther = process.getuid?.() === 0 && hasUnprivileged;
(isOther ? describe : describe.skip)('a dashboard of a user who may only read the store', () => {
  it('shows what is there now', async () => {
    const jobs = temporaryFolder();
    const words = ['--no-config', '--db', jobs.file('jobs.db')];
    // Nothing answers there, which is a run as well; its process takes along what it had laid beside the store.
    const audit = (): Promise<unknown> =>
      startCommand(['audit', '--target', '127.66.9.9', '--timeout', '1s', ...words]).done;
    const listed = async (url: string): Promise<number> =>
      new Set((await (await fetch(url)).text()).match(/\d{14}-\w{6}/g)).size;
    const open = (): void => {
      chownSync(jobs.file('jobs.db'), 0, 65_534);
      chmodSync(jobs.file('jobs.db'), 0o640);
    };
    await audit();
    open();
    chownSync(jobs.path, 0, 65_534);
    chmodSync(jobs.path, 0o750);
    const under = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const url = await dashboard([], 0, { of: words, under, cwd: '/' });
    expect(await listed(url)).toBe(1);
    await audit();
    expect(await listed(url)).toBe(2);
    // Another file in its place.
    for (const name of readdirSync(jobs.path).filter((one) => one.startsWith('jobs.db'))) rmSync(jobs.file(name));
    await audit();
    open();
    expect(await listed(url)).toBe(1);
    jobs.remove();
  });
});

describeInBrowser('pages of a dashboard in use', () => {
  const browser = browserOfTests();
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.getAttribute('href') ?? document.activeElement?.nodeName ?? '');

  it('leave the focus and what is selected where they are while they change', async () => {
    await begin(present);
    const { page, troubles } = await browser.open(await dashboard());
    await page.getByRole('link', { name: present }).focus();
    await page
      .getByRole('row', { name: past })
      .getByRole('rowheader')
      .evaluate((cell) => {
        getSelection()?.selectAllChildren(cell);
      });
    await storeRun(store, next, [{}], { startedAt: '2026-01-16T01:00:00.000Z' });
    await page.getByRole('link', { name: next }).waitFor();
    await page.waitForTimeout(3_000);
    expect(await focused(page)).toBe(`/runs/${present}`);
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(past);
    await page.goto(new URL(`/runs/${present}`, page.url()).href);
    await page.getByRole('link', { name: '10.0.0.5' }).focus();
    await page.waitForTimeout(3_000);
    expect(await focused(page)).toBe('/phones/00CCFC00AAAA');
    await page.getByRole('link', { name: '10.0.0.6' }).click();
    await page.getByRole('heading', { name: 'Phone 00CCFC00BBBB' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('say so when the dashboard hangs, and since when what they show is old', async () => {
    await begin(present);
    const url = await dashboard();
    const { page } = await browser.open('about:blank');
    await page.clock.install();
    await page.goto(`${url}runs/${present}`);
    await page.getByText('It is going on.').waitFor();
    await page.waitForTimeout(2_500);
    running.at(-1)?.kill('SIGSTOP');
    try {
      await page.clock.runFor(20_000);
      expect(await page.locator('.lost').isHidden()).toBe(true);
      await page.clock.runFor(20_000);
      const text = await page.getByText('The connection was lost').textContent();
      expect(text).toMatch(/trying again … What is shown is as it was at \d\d:\d\d:\d\d UTC\.$/);
    } finally {
      running.at(-1)?.kill('SIGCONT');
    }
    await page.clock.runFor(35_000);
    await page.getByText('The connection was lost').waitFor({ state: 'hidden' });
  });

  it('say that the store is gone, and go on once it is back', async () => {
    const { page } = await browser.open(await dashboard());
    await page.getByRole('link', { name: past }).waitFor();
    await store.close();
    renameSync(db, `${db}.away`);
    await page.getByText(/is not there any more: .* What is shown is as it was at/).waitFor();
    expect(await page.getByRole('link', { name: past }).isVisible()).toBe(true);
    renameSync(`${db}.away`, db);
    await page.getByText('is not there any more').waitFor({ state: 'hidden' });
  });

  it('offer what a run can be asked for as it stands, and say what it was asked for until that is so', async () => {
    await begin(present);
    await tell(present, null);
    const url = await dashboard(['--allow-control', '--token-env', 'TOKEN']);
    const { page } = await browser.open(`${url}sign-in?to=/runs/${present}`);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const [pause, go] = [page.getByRole('button', { name: 'Pause' }), page.getByRole('button', { name: 'Continue' })];
    expect([await pause.isEnabled(), await go.isEnabled()]).toEqual([true, false]);
    await page.getByText('Stop …').click();
    await pause.click();
    await page.getByText('It was asked to pause at').waitFor();
    expect([await pause.isEnabled(), await go.isEnabled()]).toEqual([false, true]);
    await page.getByText('Stop …').click();
    await tell(present, Date.now());
    await page.getByText('It was asked to pause at').waitFor({ state: 'detached' });
    expect([await pause.isEnabled(), await go.isEnabled()]).toEqual([false, true]);
    // What somebody has opened stays open.
    expect(await page.getByRole('button', { name: 'Stop this run' }).isVisible()).toBe(true);
    await page.reload();
    expect(await page.getByText('It was asked to').count()).toBe(0);
  });
});
