import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { browserOfTests, describeInBrowser, expectAccessible, expectFound } from '../../support/browser/browser.js';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { holdToSchema } from '../../support/reports/published-schemas.js';

const folder = temporaryFolder();
const store = ['--no-config', '--db', folder.file('night.db')];
const all = 4;
let network: Network;
let macs: string[];

/** A run that was killed with one phone under way, and the others waiting for its wave. */
beforeAll(async () => {
  network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: all }], { timeScale: 5 });
  macs = network.simulator.phones.map(({ mac }) => mac);
  const profile = quickProfile(folder.path, 'mpp-to-enterprise');
  const run = startCommand([
    ...[...network.scan, '--profile', profile, '--files', network.files, ...store],
    ...['--waves', '1,100%', '--yes', '--output', 'ndjson'],
  ]);
  await run.shows('"state":"upgrading"');
  // What was only observed is stored within a moment.
  await new Promise((resolve) => setTimeout(resolve, 600));
  run.kill('SIGKILL');
  await run.done;
});
afterAll(async () => {
  await network.close();
  folder.remove();
});

const reported = async (...words: string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCommand(['report', ...store, ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe('the report of a run that was killed', () => {
  it('names the phones that it left to themselves, in every form', async () => {
    const json = JSON.parse(await reported('--output', 'json')) as Record<string, unknown>;
    holdToSchema('report', json);
    expect(json).toMatchObject({ run: { state: 'cut off', notEnded: { underWay: 1, waiting: all - 1 } }, phones: [] });
    const unfinished = json['unfinished'] as { mac: string; state: string }[];
    expect(unfinished.map(({ mac }) => mac).sort()).toEqual([...macs].sort());
    expect(unfinished).toEqual(
      unfinished.map(({ state }) =>
        expect.objectContaining({
          ...{ outcome: null, model: '8841', softwareVersion: 'sip88xx.12-0-3MPP0001-87', family: 'multiplatform' },
          ...{ touched: state !== 'waiting', eligibility: expect.objectContaining({ verdict: 'eligible' }) },
          writtenAt: state === 'waiting' ? null : expect.stringMatching(/Z$/),
        }),
      ),
    );
    for (const words of [
      [],
      ['--lists'],
      ['--output', 'csv'],
      ['--lists', '--output', 'csv'],
      ['--lists', '--output', 'json'],
    ]) {
      const text = await reported(...words);
      for (const mac of macs) expect([words, text]).toEqual([words, expect.stringContaining(mac)]);
      if (words.join(' ') === '--lists --output json') holdToSchema('lists', JSON.parse(text));
    }
    const groups = JSON.parse(await reported('--group-by', 'model', '--output', 'json')) as unknown;
    holdToSchema('groups', groups);
    expect(groups).toMatchObject({ groups: [{ phones: all, notEnded: { underWay: 1, waiting: all - 1 } }] });
    const page = await reported('--output', 'html');
    expect(page).toContain('This run was cut off. Where they should be: 0 of 4 phones');
    expect(page).not.toContain('nobody has to look');
  });

  it('and its state tell the same time, which does not grow', async () => {
    const status = async (): Promise<number> => {
      const { stdout } = await runCommand(['status', ...store, '--json']);
      return (JSON.parse(stdout) as { run: { workedMs: number } }).run.workedMs;
    };
    const first = await status();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await status()).toBe(first);
  });
});

describeInBrowser('the pages of a run that was killed', () => {
  const browser = browserOfTests();
  const running: Running[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.kill('SIGINT');
      await one.done;
    }
  });

  it('count, list and find its phones, and so do the pages of phones', async () => {
    const dashboard = startCommand(['dashboard', ...store, '--port', '0']);
    running.push(dashboard);
    await dashboard.shows('Ready');
    const url = /http:\/\/\S+/.exec(dashboard.stdout)?.[0] ?? '';
    const { page } = await browser.open(url);
    await page.locator('table a').first().click();
    await page.getByText(`${all} need somebody`).click();
    await expectFound(page, /^4 entries$/);
    await page.getByRole('link', { name: '1 upgrading' }).click();
    await expectFound(page, '1 of 4 entries');
    await page.getByRole('link', { name: '3 waiting' }).click();
    await expectFound(page, '3 of 4 entries');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Phones', exact: true }).click();
    await expectFound(page, /^4 entries$/);
    const { page: phone } = await browser.open(`${url}phones/${macs[0] ?? ''}`);
    await phone.getByRole('heading', { name: /(upgrading|waiting)/ }).waitFor();
    await phone.getByText(/when its run stopped|its run stopped before/).waitFor();
  });
});
