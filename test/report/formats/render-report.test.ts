import { describe, expect, it } from '@jest/globals';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { renderJson } from '../../../src/report/formats/json.js';
import { renderNdjson } from '../../../src/report/formats/ndjson.js';
import { type OutputFormat, renderReport } from '../../../src/report/formats/render-report.js';
import { renderTable } from '../../../src/report/table/table.js';
import { samplePhone, sampleReport } from '../support/sample.js';

describe('the report in a format of --output', () => {
  const report = sampleReport([samplePhone()]);
  const table = { width: 80, color: false };
  const expected: Record<OutputFormat, string> = {
    table: renderTable(report, table),
    json: [...renderJson(report)].join(''),
    ndjson: [...renderNdjson(report)].join(''),
    csv: [...renderCsv(report)].join(''),
  };

  it.each(Object.entries(expected) as [OutputFormat, string][])('%s', (format, text) => {
    expect([...renderReport(report, format, { ...table, csvFor: 'programs' })].join('')).toBe(text);
  });
});
