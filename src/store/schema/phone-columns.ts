import { type FieldName, fieldNames, forEachName, phoneFields } from '../../domain/phone/fields.js';
import type { PhoneReport } from '../../domain/report/report.js';
import { storable } from './values.js';
import type { PhonesTable } from './tables.js';

/** What a run knows about a phone that has ended, as stored in its row. */
export type EndedPhone = Omit<PhonesTable, 'last_run' | 'first_seen_at'>;

/** The columns of a phone by their names in reports: its fields, and the verdict on it. */
const columns = { ...forEachName(fieldNames, (name) => phoneFields[name].column), verdict: 'verdict' } as const;

/** What has a history: everything about a phone that may change. */
export const historyFields: readonly [name: FieldName | 'verdict', column: keyof PhonesTable][] = (
  Object.keys(columns) as (keyof typeof columns)[]
)
  .filter((name) => name !== 'mac')
  .map((name) => [name, columns[name]]);

/** All columns of a phone. */
export const phoneColumns: readonly (keyof PhonesTable)[] = [
  ...Object.values(columns),
  ...(['outcome', 'failure_code', 'last_run', 'first_seen_at', 'last_seen_at'] as const),
];

/** What a report says about its phone; `null` if it has none, or one that answers at another address too. */
export function endedPhone(report: PhoneReport, at: string): EndedPhone | null {
  const { mac, family, failure, eligibility, outcome } = report;
  if (mac === null || family === null || failure?.code === 'duplicate-mac') return null;
  const values = fieldNames.map((name) => [columns[name], storable(report[name])]);
  return {
    ...(Object.fromEntries(values) as Pick<PhonesTable, (typeof columns)[FieldName]>),
    verdict: eligibility?.verdict ?? null,
    outcome,
    failure_code: failure?.code ?? null,
    last_seen_at: at,
  };
}
