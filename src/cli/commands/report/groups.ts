import { extname } from 'node:path';
import type { GroupKey } from '../../../domain/report/groups.js';
import type { RunReport } from '../../../domain/report/report.js';
import type { CsvFor } from '../../../report/formats/csv-styles.js';
import type { OutputFormat } from '../../../report/formats/render-report.js';
import { writeWhole } from '../../../report/formats/whole-file.js';
import { grouped, renderGroups, renderGroupsCsv, renderGroupsJson } from '../../../report/runs/groups.js';
import { tableOptions } from '../../terminal/table.js';

/** Counts the phones of a report, and writes that to files too, whose endings have been checked. */
export async function showGroups(
  report: RunReport,
  keys: readonly GroupKey[],
  { format, csvFor }: { format: OutputFormat; csvFor: CsvFor },
  files: readonly string[],
): Promise<string> {
  const groups = grouped(report, keys);
  const rendered = (as: string): string => {
    if (as === 'json') return renderGroupsJson(groups);
    return as === 'csv' ? renderGroupsCsv(groups, csvFor) : renderGroups(groups, tableOptions(process.stdout).width);
  };
  for (const path of files)
    await writeWhole({ what: 'The report', path }, [rendered(extname(path).slice(1).toLowerCase())]);
  return rendered(format);
}
