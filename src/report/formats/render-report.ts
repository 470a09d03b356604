import type { RunReport } from '../../domain/report/report.js';
import { renderCsv } from './csv.js';
import type { CsvFor } from './csv-styles.js';
import { renderJson } from './json.js';
import { renderNdjson } from './ndjson.js';
import type { Background } from '../html/html-report.js';
import { renderTable, type TableOptions } from '../table/table.js';

export const outputFormats = ['table', 'json', 'ndjson', 'csv', 'html'] as const;

export type OutputFormat = (typeof outputFormats)[number];

/** The report in a format of `--output`, in pieces to be written one after the other. */
export async function renderReport(
  report: RunReport,
  format: OutputFormat,
  { table, background, csvFor }: { table: TableOptions; background: Background; csvFor: CsvFor },
): Promise<Iterable<string>> {
  switch (format) {
    case 'table':
      return [renderTable(report, table)];
    case 'json':
      return renderJson(report);
    case 'ndjson':
      return renderNdjson(report);
    case 'csv':
      return renderCsv(report, csvFor);
    case 'html':
      return (await import('../html/html-report.js')).htmlReport(report, background);
  }
}
