import type { RunReport } from '../../domain/report/report.js';
import { renderCsv } from './csv.js';
import type { CsvFor } from './csv-styles.js';
import { renderJson } from './json.js';
import { renderNdjson } from './ndjson.js';
import { renderTable, type TableOptions } from '../table/table.js';

export const outputFormats = ['table', 'json', 'ndjson', 'csv'] as const;

export type OutputFormat = (typeof outputFormats)[number];

/** The report in a format of `--output`, in pieces to be written one after the other. */
export function* renderReport(
  report: RunReport,
  format: OutputFormat,
  { csvFor, ...table }: TableOptions & { csvFor: CsvFor },
): Generator<string> {
  switch (format) {
    case 'table':
      yield renderTable(report, table);
      return;
    case 'json':
      yield* renderJson(report);
      return;
    case 'ndjson':
      yield* renderNdjson(report);
      return;
    case 'csv':
      yield* renderCsv(report, csvFor);
  }
}
