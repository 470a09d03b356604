import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** For tests of pages: in a real Chromium, or skipped where there is none. */
export const describeInBrowser = existsSync(executablePath) ? describe : describe.skip;

/** What a page did that nobody may see: errors, messages, and what it asked of the network. */
interface Watched {
  page: Page;
  /** Errors of its script, messages of its console (violations of its policy among them), dialogs. */
  troubles: string[];
  /** What it loaded, itself excepted. */
  loaded: string[];
}

/** One Chromium for the tests of a file. */
export function browserOfTests(): { open: (url: string, options?: BrowserContextOptions) => Promise<Watched> } {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  return {
    open: async (url, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
      const page = await context.newPage();
      const [troubles, loaded]: [string[], string[]] = [[], []];
      page.on('pageerror', ({ message }) => troubles.push(message));
      page.on('console', (message) => troubles.push(message.text()));
      page.on('dialog', (dialog) => {
        troubles.push(dialog.message());
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (request.url() !== url.replace(/#.*/, '')) loaded.push(request.url());
      });
      await page.goto(url);
      return { page, troubles, loaded };
    },
  };
}

/** What axe finds wrong with a page that is more than minor: the rule, and where. */
async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } };
    interface Finding {
      id: string;
      impact: string;
      nodes: { html: string; failureSummary: string }[];
    }
    return (await inPage.run()).violations;
  });
  return findings
    .filter(({ impact }) => impact !== 'minor')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
    );
}

/** The contrast and names of a page, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect({ colorScheme, findings: await findingsOf(page) }).toEqual({ colorScheme, findings: [] });
  }
}

/** How many phones a table says that it shows, soon: a link or a choice is followed in a moment. */
export async function expectFound(page: Page, text: string | RegExp): Promise<void> {
  await expect(page.locator('[role=status]', { hasText: text }).waitFor({ timeout: 10_000 })).resolves.toBeUndefined();
}

/** Nothing of a page lies beyond its right edge but what a table of its own moves there. */
export async function expectWithin(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect({ page: page.url(), beyond }).toEqual({ page: page.url(), beyond: 0 });
}
