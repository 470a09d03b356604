import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { renderRehearsalHtml } from '../../../src/report/rehearsal/html.js';
import { playedRehearsal } from '../../report/rehearsal/support/played.js';
import { sampleSpread, tooLong } from '../../report/rehearsal/support/sample.js';
import { browserOfTests, describeInBrowser, expectAccessible, expectFound } from '../../support/browser/browser.js';
import { builtCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describeInBrowser('the page of a rehearsal', () => {
  const browser = browserOfTests();
  const urlOf = (name: string): string => pathToFileURL(folder.file(name)).href;

  beforeAll(async () => {
    const pages = join(dirname(builtCommand), 'pages');
    const assets = {
      style: readFileSync(join(pages, 'pages.css'), 'utf8'),
      script: readFileSync(join(pages, 'report.js'), 'utf8'),
    };
    const [played, story] = await playedRehearsal(300);
    writeFileSync(folder.file('played.html'), [...renderRehearsalHtml(played, story, assets)].join(''));
    const stored = tooLong({ spread: sampleSpread });
    writeFileSync(folder.file('stored.html'), [...renderRehearsalHtml(stored, null, assets)].join(''));
  });

  const open = async (hash = '') => {
    const opened = await browser.open(`${urlOf('played.html')}${hash}`);
    await opened.page.locator('#phones-table[aria-busy=false]').waitFor();
    return opened;
  };

  it('says that it is a rehearsal, opens without a network, and runs nothing but its own script', async () => {
    const { page, troubles, loaded } = await open();
    expect([troubles, loaded]).toEqual([[], []]);
    expect(await page.title()).toMatch(/^Rehearsal of mpp-to-enterprise/);
    expect(await page.locator('h1').textContent()).toBe('Rehearsal of mpp-to-enterprise');
    expect(await page.locator('h2').allTextContents()).toEqual([
      ...['Night by night', 'How phones of the first night would end', 'What would stand in the way'],
      ...['Waves of the first night', 'The most phones under way at once', 'The file server', 'What it rests on'],
      'Phones, and how each would end',
    ]);
    // The chart has the clocks of the rehearsal, as everything else has.
    expect(await page.locator('#course-chart .u-legend th').first().textContent()).toBe('Europe/Berlin');
    await page.locator('#course-chart .u-over').hover({ position: { x: 3, y: 20 } });
    await page.locator('#course-chart .u-value', { hasText: /^22:0\d:\d\d$/ }).waitFor({ timeout: 10_000 });
  });

  it('has its phones in a table that is narrowed by words, by choices and by links', async () => {
    const { page } = await open();
    await expectFound(page, /^300 entries$/);
    await page.getByLabel('Search').fill('10.0.1.');
    await expectFound(page, '44 of 300 entries');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('link', { name: /show those with upgrade-failed/ }).click();
    await expectFound(page, /^2 of 300 entries/);
    await page.locator('table.phones tbody th button').first().click();
    await page.getByText('What would go wrong').waitFor();
    await page.getByText('Would be written to').waitFor();
    await page.getByRole('link', { name: '2', exact: true }).first().click();
    await page.getByText('wave: 2').waitFor();
  });

  it('is whole without its phones', async () => {
    const { page, troubles } = await browser.open(urlOf('stored.html'));
    expect(troubles).toEqual([]);
    expect(await page.getByRole('heading', { name: 'What to change' }).count()).toBe(1);
    expect(await page.locator('table.phones').count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('rests-on');
    await expectAccessible(page);
  });

  it('has no serious fault for those who cannot see it, in light and in dark', async () => {
    const { page } = await open('#outcome=failed');
    await page.locator('table.phones tbody th button').first().click();
    await expectAccessible(page);
  });
});
