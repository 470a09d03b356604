import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { withText } from './png-text.js';

const executablePath = '/usr/bin/chromium';

/** Whether pictures of pages can be made on this machine. */
export const hasBrowser = existsSync(executablePath);

/** What a page shows at its top, as PNG, with what can be read there. @param url of a file or of this machine */
export async function shotOf(url: string): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, colorScheme: 'light' });
    await page.goto(url);
    await page.locator('[aria-busy=false]').first().waitFor();
    const text = await page.evaluate(() => {
      const parts = [...document.querySelectorAll<HTMLElement>('header, main > section')];
      return parts.filter((part) => part.getBoundingClientRect().top < innerHeight).map((part) => part.innerText);
    });
    return withText(await page.screenshot(), text.join('\n'));
  } finally {
    await browser.close();
  }
}
