import { gunzipSync } from 'node:zlib';
import type { PageRow } from '../../../src/report/html/page-row.js';

/** The rows that the script of a page makes its table of. */
export function rowsOfPage(html: string): PageRow[] {
  const [, lines = ''] = /<script id="rows"[^>]*>([^<]*)</.exec(html) ?? [];
  return lines
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => JSON.parse(gunzipSync(Buffer.from(line, 'base64')).toString('utf8')) as PageRow[]);
}
