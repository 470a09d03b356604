import { expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import { render } from 'preact-render-to-string';
import { PhonesPage } from '../../../src/dashboard/pages/phones.js';
import type { PageRow } from '../../../src/report/html/page-row.js';
import { unpack } from '../../../src/report/html/page/unpack.js';
import type { KnownPhone } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';

it('lists known phones by address, with times as everywhere', async () => {
  const at = '2026-11-30T14:41:48.071Z';
  const phones = ['10.0.0.10', '10.0.0.9'].map((address, nth) => ({
    ...samplePhone({ address, mac: `00CCFC00000${nth}` }),
    ...{ firstSeenAt: at, lastSeenAt: at, last: { run: 'r', verdict: null, outcome: null, code: null, state: null } },
  })) as unknown as KnownPhone[];
  const rows: PageRow[] = [];
  for await (const some of unpack(load(render(PhonesPage({ phones, cutOff: new Set() })))('#rows').text()))
    rows.push(...some);
  expect(rows.map(({ cells }) => cells.address)).toEqual(['10.0.0.9', '10.0.0.10']);
  expect(rows[0]?.facts).toContainEqual(['Last seen', '2026-11-30 14:41 UTC']);
});
