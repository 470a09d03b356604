import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { withText } from './png-text.js';

const executablePath = '/usr/bin/chromium';

/** Whether pictures of pages can be made on this machine. */
export const hasBrowser = existsSync(executablePath);

/** How a page is looked at. */
export interface Look {
  /** What is there once it can be looked at. */
  ready: string;
  /** The parts of it that can be read. */
  parts: string;
  /** Height of the window in pixels. */
  height: number;
  /** Each of its texts as the picture shows it. */
  told?: (text: string) => string;
}

/** What a page shows at its top, as PNG, with what can be read there. @param url of a file or of this machine */
export async function shotOf(url: string, { ready, parts, height, told = (text) => text }: Look): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1100, height }, colorScheme: 'light' });
    await page.goto(url);
    await page.locator(ready).first().waitFor();
    await retell(page, told);
    const text = await page.evaluate((wanted) => {
      const shown = [...document.querySelectorAll<HTMLElement>(wanted)];
      return shown.filter((part) => part.getBoundingClientRect().top < innerHeight).map((part) => part.innerText);
    }, parts);
    return withText(await page.screenshot(), text.join('\n'));
  } finally {
    await browser.close();
  }
}

/** Changes each text of a page, its tags left as they are. */
async function retell(page: Page, told: (text: string) => string): Promise<void> {
  await page.exposeFunction('told', told);
  await page.evaluate(async () => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const ask = (globalThis as unknown as { told: (text: string) => Promise<string> }).told;
    while (texts.nextNode()) {
      const node = texts.currentNode;
      node.textContent = await ask(node.textContent ?? '');
    }
  });
}
