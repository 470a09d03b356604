import { expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { renderHtml } from '../../../src/report/html/render-html.js';
import { rowsOfPage } from '../support/page-rows.js';
import { samplePhone, sampleReport } from '../support/sample.js';

it('the page of a run tells what was, in UTC', () => {
  const phone = samplePhone({ outcome: 'failed', failure: failure('upgrade-failed', 'It said so.'), requests: 3 });
  const writtenAt = '2026-01-31T22:15:00.000Z';
  const story = { phone, moments: [], wave: 1, writtenAt, endedAt: '2026-01-31T22:17:00.000Z' };
  const report = sampleReport([phone, phone]);
  const html = [...renderHtml({ report, phones: [story, story], changes: null }, { style: '', script: '' }, {})].join(
    '',
  );
  expect(html).toContain('<title>mpp-to-enterprise, run 20260131-221405</title>');
  for (const text of [
    '>What happened<',
    '>Problems by cause<',
    '>Waves over time<',
    '>Took<',
    '2026-01-31 22:15:00 UTC',
  ])
    expect(html).toContain(text);
  expect(html).not.toContain('would');
  for (const { facts } of rowsOfPage(html))
    expect(facts.map(([name]) => name)).toEqual(expect.arrayContaining(['What went wrong', 'Asked of it', 'Took']));
});
