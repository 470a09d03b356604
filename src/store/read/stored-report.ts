import type { Kysely } from 'kysely';
import { type PhoneReport, reportSchema, type RunReport } from '../../domain/report/report.js';
import { totalsOf, wholeTotals, withVerdicts } from '../../domain/report/totals.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { requireRun } from './runs.js';
import type { StoreTables } from '../schema/tables.js';

/** The reason in the report of a run that has not ended. */
const notFinished = 'not finished';

/**
 * The report of a run as it was given out. Of a run that has not finished: what has ended so far, `finishedAt` being the last thing
 * it stored.
 * @throws UsageError when there is no such run
 */
export async function storedReport(db: Kysely<StoreTables>, runId: string): Promise<RunReport> {
  const run = await requireRun(db, runId);
  const rows = await db
    .selectFrom('targets')
    .select(['key', 'report', 'updated_at'])
    .where('run_id', '=', run.id)
    .where('report', 'is not', null)
    .execute();
  const phones = inAddressOrder(rows, ({ key }) => key).map(
    ({ report }) => JSON.parse(report ?? 'null') as PhoneReport,
  );
  const lastStored = rows.reduce((last, row) => (row.updated_at > last ? row.updated_at : last), run.startedAt);
  return {
    schema: reportSchema,
    run: {
      ...run.summary,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt ?? lastStored,
      interrupted: run.finishedAt === null ? notFinished : run.interrupted,
      abortedBy: run.summary.abortedBy ?? null,
    },
    totals: { ...(run.totals ? wholeTotals(run.totals, phones) : totalsOf(phones, run)), ...withVerdicts(phones) },
    phones,
  };
}
