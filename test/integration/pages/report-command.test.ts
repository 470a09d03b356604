import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browserOfTests, describeInBrowser, expectAccessible, expectFound } from '../../support/browser/browser.js';
import { runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const folder = temporaryFolder();
const store = ['--no-config', '--db', folder.file('night.db')];
const page = folder.file('night.html');
let network: Network;

/** A dry run, and the night after it: three phones in two waves, and one that fails. */
beforeAll(async () => {
  network = await startNetwork([
    { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 },
    { model: '8851', mac: '00CCFC00BEEF', behavior: { upgradeResult: 'download-failed' } },
    { kind: 'printer' },
  ]);
  const profile = quickProfile(folder.path, 'mpp-to-enterprise');
  const run = [...network.scan, '--profile', profile, '--files', network.files, ...store];
  await runCommand([...run, '--dry-run']);
  const { code } = await runCommand([...run, '--waves', '1,100%', '--yes', '--report', page]);
  expect(code).toBe(1);
});
afterAll(async () => {
  await network.close();
  folder.remove();
});

describe('a report as a page', () => {
  it('is one file for its owner alone, and the same on standard output and of an earlier run', async () => {
    expect((statSync(page).mode & 0o777).toString(8)).toBe('600');
    const { code, stdout, stderr } = await runCommand(['report', ...store, '--output', 'html']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/<pre>.*?<\/pre>/gs, '')).toBe(readFileSync(page, 'utf8').replace(/<pre>.*?<\/pre>/gs, ''));
    const few = await runCommand(['report', ...store, '--only', 'failed', '--output', 'html']);
    expect(few.stdout).toContain('Only 1 phone that ended with failed.');
  });

  it.each([
    [['--group-by', 'model', '--report', folder.file('x.html')], '--group-by is written as .json or .csv, not to '],
    [['--report', folder.file('x.htm')], 'possible are .json, .csv and .html.'],
    [['--lists', '--output', 'html'], '--lists is shown as table, json or csv, not as html; choose one with --output.'],
  ])('cannot be had of %j, which is said in one sentence', async (words, sentence) => {
    const { code, stdout, stderr } = await runCommand(['report', ...words, ...store]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(sentence)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describeInBrowser('the page of a night', () => {
  const browser = browserOfTests();
  const open = async (hash = '') => {
    const opened = await browser.open(`${pathToFileURL(page).href}${hash}`);
    await opened.page.locator('#phones-table[aria-busy=false]').waitFor();
    expect([opened.troubles, opened.loaded]).toEqual([[], []]);
    return opened.page;
  };

  it('tells what happened, what is new, its waves, its problems and what to do next', async () => {
    const night = await open();
    expect(await night.locator('h1').textContent()).toBe('mpp-to-enterprise');
    expect(await night.locator('.lead').textContent()).toBe('Where they should be: 3 of 4 phones; 1 needs somebody.');
    const section = (name: string) => night.getByRole('region', { name, exact: true });
    expect(await section('What changed since the run before').locator('summary').allTextContents()).toEqual([
      ...['Done now (3)', 'Newly failed (1)', 'Other firmware (3)', 'Other authorization (1)'],
    ]);
    expect(await night.getByRole('group', { name: 'Waves' }).locator('tbody tr').count()).toBe(2);
    expect(await section('Problems by cause').locator('tbody th').first().textContent()).toBe('upgrade-failed');
    expect(await section('What to do next').locator('code').first().textContent()).toMatch(
      /^fleet-migrate report \d{14}-\w+ --only failed --db /,
    );
    await expectAccessible(night);
  });

  it('shows a wave, and of each of its phones what happened, by the store', async () => {
    const night = await open();
    await night.getByRole('region', { name: 'Waves over time' }).getByRole('link', { name: '1', exact: true }).click();
    await expectFound(night, '1 of 5 entries');
    await night.locator('table.phones tbody th button').click();
    const told = await night
      .getByRole('list', { name: /What happened with/ })
      .locator('b')
      .allTextContents();
    for (const what of ['identified', 'waiting', 'write', 'upgrading', 'ended']) expect(told).toContain(what);
    expect(told.at(-1)).toBe('ended');
  });
});
