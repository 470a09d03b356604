import { describe, expect, it } from '@jest/globals';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { renderJson } from '../../../src/report/formats/json.js';
import { renderNdjson } from '../../../src/report/formats/ndjson.js';
import { type OutputFormat, renderReport } from '../../../src/report/formats/render-report.js';
import { renderTable } from '../../../src/report/table/table.js';
import { htmlReport } from '../../../src/report/html/html-report.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { backgroundOfReport as background } from '../support/background.js';

describe('the report in a format of --output', () => {
  const report = sampleReport([samplePhone()]);
  const table = { width: 80, color: false };
  const expected: Record<OutputFormat, Iterable<string> | Promise<Iterable<string>>> = {
    table: [renderTable(report, table)],
    json: renderJson(report),
    ndjson: renderNdjson(report),
    csv: renderCsv(report),
    html: htmlReport(report, background),
  };

  it.each(Object.entries(expected) as [OutputFormat, Promise<Iterable<string>>][])('%s', async (format, pieces) => {
    const shown = await renderReport(report, format, { table, background, csvFor: 'programs' });
    expect([...shown].join('')).toBe([...(await pieces)].join(''));
  });
});
