import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packagePath } from '../../package-files.js';

/** What a page brings along; the build makes both (`scripts/pages.mjs`). */
export interface PageAssets {
  style: string;
  script: string;
}

/** The style and the script of the HTML report. @throws an Error where the package is not whole */
export async function reportAssets(): Promise<PageAssets> {
  const [style, script] = await Promise.all(
    ['pages.css', 'report.js'].map((name) => readFile(packagePath(`dist/pages/${name}`), 'utf8')),
  );
  return { style: style ?? '', script: script ?? '' };
}

/** How a content security policy names a text that stands in the page itself. */
export function policyHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
