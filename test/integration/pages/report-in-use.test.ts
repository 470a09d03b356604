import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import type { PhoneStory } from '../../../src/domain/report/story/story.js';
import { renderHtml } from '../../../src/report/html/render-html.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';
import {
  browserOfTests,
  describeInBrowser,
  expectAccessible,
  expectFound,
  expectWithin,
} from '../../support/browser/browser.js';
import { builtCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const why =
  'The phone says: [11/30/2026 20:14:40][http://127.0.0.1:26402/sip88xx.14-2-1-0101-26.loads] Upgrade failed.';

/** The first five of 250 failed, all within a minute. */
function phoneOf(at: number): PhoneStory<PhoneReport> {
  const isFailed = at < 5;
  const [writtenAt, endedAt] = [20, 20 + (at % 30)].map((second) => `2026-01-31T22:15:${second}.000Z`);
  const phone = samplePhone({
    address: `127.120.200.${at}`,
    mac: `70F096D1${at.toString(16).padStart(4, '0').toUpperCase()}`,
    softwareVersion: 'sip8845_65.12-0-3MPP0001-87',
    outcome: isFailed ? 'failed' : 'done',
    touched: true,
    failure: isFailed ? failure('upgrade-failed', why) : null,
  });
  return { phone, moments: [], wave: at < 100 ? 1 : 2, writtenAt: writtenAt ?? null, endedAt: endedAt ?? null };
}

describeInBrowser('the HTML report in use', () => {
  const browser = browserOfTests();
  const url = pathToFileURL(folder.file('night.html')).href;

  beforeAll(() => {
    const read = (name: string) => readFileSync(join(dirname(builtCommand), 'pages', name), 'utf8');
    const phones = Array.from({ length: 250 }, (_phone, at) => phoneOf(at));
    const report = sampleReport(phones.map(({ phone }) => phone));
    const assets = { style: read('pages.css'), script: read('report.js') };
    writeFileSync(folder.file('night.html'), [...renderHtml({ report, phones, changes: null }, assets, {})].join(''));
  });

  const open = async (hash = '', options: BrowserContextOptions = {}): Promise<Page> => {
    const { page } = await browser.open(`${url}${hash}`, options);
    await page.locator('#phones-table[aria-busy=false]').waitFor();
    return page;
  };
  const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.outerHTML ?? '');
  const hashOf = (page: Page): string => new URL(page.url()).hash;

  it('shows what its address says after a step back, and keeps its choice at a place of the page', async () => {
    const page = await open();
    await page.getByRole('link', { name: '5 failed' }).click();
    await expectFound(page, '5 of 250 entries');
    await page.getByRole('link', { name: 'To the phones' }).press('Enter');
    await expectFound(page, '5 of 250 entries');
    expect(await focused(page)).toContain('id="phones"');
    await page.waitForFunction(() => location.hash === '#outcome=failed');
    await page.goBack();
    await page.goBack();
    await expectFound(page, /^250 entries$/);
    expect(hashOf(page)).toBe('');
  });

  it('has the phones that are open in its address, which leads to them on whichever page of the table', async () => {
    const page = await open('#sort=mac');
    await page.getByRole('button', { name: '127.120.200.3', exact: true }).click();
    expect(hashOf(page)).toBe('#sort=mac&phone=70F096D10003');
    await page.getByRole('button', { name: '127.120.200.3', exact: true }).click();
    expect(hashOf(page)).toBe('#sort=mac');
    const other = await open('#phone=70:f0:96:d1:00:f0');
    expect(await focused(other)).toMatch(/aria-expanded="true".*127\.120\.200\.240/);
    await other.getByText('201 to 250 of 250', { exact: true }).waitFor();
  });

  it('finds a phone by its MAC as labels and switches write it', async () => {
    const page = await open();
    for (const mac of ['70:F0:96:D1:00:F0', '70f0.96d1.00f0', '70-f0-96-d1-00-f0']) {
      await page.getByLabel('Search').fill(mac);
      await expectFound(page, '1 of 250 entries');
    }
  });

  it('keeps the focus of who pages with keys, and of who takes a choice away', async () => {
    const page = await open();
    const next = page.getByRole('button', { name: 'Next' });
    await next.focus();
    for (const rows of ['101 to 200', '201 to 250', '201 to 250']) {
      await page.keyboard.press('Enter');
      await page.getByText(`${rows} of 250`, { exact: true }).waitFor();
      expect(await focused(page)).toContain('>Next</button>');
    }
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    const few = await open('#code=upgrade-failed');
    await few.getByRole('button', { name: 'Remove Cause' }).press('Enter');
    await expectFound(few, /^250 entries$/);
    expect(await focused(few)).toContain('type="search"');
  });

  it.each([718, 1_046])('breaks no address, MAC, model or firmware on paper that is %i pixels wide', async (width) => {
    const page = await open('', { viewport: { width, height: 900 } });
    await page.emulateMedia({ media: 'print' });
    const broken = await page.evaluate(() => {
      const cells = [
        ...document.querySelectorAll('.phones :is(th, td):not(.text, thead *), .wide .whole, .wide tbody th'),
      ];
      return cells
        .filter((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          const [first, ...others] = range.getClientRects();
          return others.some(({ top }) => first && top > first.bottom - 2);
        })
        .map(({ textContent }) => textContent);
    });
    expect(broken).toEqual([]);
    await expectWithin(page);
  });

  it('has on paper what is closed on the screen, and says by what its phones are chosen', async () => {
    const page = await open('#outcome=failed&q=upgrade');
    const numbers = page.getByRole('group', { name: 'How many phones took how long' });
    const heightOf = async () => (await numbers.boundingBox())?.height ?? 0;
    expect([await numbers.isVisible(), await page.getByText('Chosen by').isVisible()]).toEqual([false, false]);
    await page.emulateMedia({ media: 'print' });
    expect(await heightOf()).toBeGreaterThan(20);
    expect(await page.locator('.paper').allInnerTexts()).toEqual(['Chosen by: search “upgrade”; Outcome failed.']);
  });

  it.each([320, 360])('is moved sideways nowhere but in its tables on a screen of %i pixels', async (width) => {
    const page = await open('#phone=70F096D10003', { viewport: { width, height: 800 } });
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    await expectWithin(page);
  });

  it('has values in its legends where the pointer is, and no colon before nothing', async () => {
    const page = await open();
    expect(await page.locator('.u-label:visible').allTextContents()).toEqual([
      ...['done', 'ended otherwise', 'under way'],
      'phones',
    ]);
    const colons = () =>
      page.locator('.u-legend :is(th, td)').evaluateAll((cells) => {
        const besides = cells.flatMap((cell) => ['::before', '::after'].map((name) => getComputedStyle(cell, name)));
        return besides.filter(({ content }) => content.includes(':')).length;
      });
    expect(await colons()).toBe(0);
    await page.locator('#course-chart .u-over').hover();
    expect(await page.locator('#course-chart .u-value').allTextContents()).toEqual([
      expect.stringMatching(/^22:15:\d\d$/),
      ...['125', '5', '120'],
    ]);
    expect(await colons()).toBe(4);
  });

  it('has nothing but minor faults for those who cannot see it', async () => {
    await expectAccessible(await open('#phone=70F096D10003'));
  });
});
