import type { Kysely } from 'kysely';
import { type PhoneReport, reportSchema, type RunReport } from '../../domain/report/report.js';
import { totalsOf, wholeTotals, withVerdicts } from '../../domain/report/totals.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { countsOf } from '../../domain/progress/run-now.js';
import { workedUntil } from './standing.js';
import { unfinishedPhones } from './unfinished.js';
import { requireRun } from './runs.js';
import type { StoreTables } from '../schema/tables.js';
import type { RunRow } from '../store-rows.js';

/** The reason in the report of a run that was cut off. */
const notFinished = 'not finished';

/**
 * The report of a run as it was given out. Of a run that has not finished: what has ended so far, `finishedAt` being the last thing
 * it stored.
 * @param cutOff runs on record as running whose process is dead
 * @throws UsageError when there is no such run
 */
export async function storedReport(
  db: Kysely<StoreTables>,
  runId: string,
  cutOff: ReadonlySet<string>,
): Promise<RunReport> {
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
  const { progress } = run;
  const hasEnded = run.finishedAt !== null;
  const unfinished = hasEnded ? [] : (await unfinishedPhones(db, { runId: run.id })).map(({ phone }) => phone);
  const stored = [...rows.map(({ updated_at }) => updated_at), ...unfinished.map(({ toldAt }) => toldAt)];
  const lastStored = stored.reduce((last, at) => (at > last ? at : last), run.startedAt);
  const finishedAt = run.finishedAt ?? toldLast(lastStored, progress);
  const { underWay, waiting } = countsOf(unfinished);
  return {
    schema: reportSchema,
    run: {
      ...run.summary,
      startedAt: run.startedAt,
      finishedAt,
      ...endOf(run, cutOff),
      ...(hasEnded ? {} : { notEnded: { underWay, waiting }, ...(await workedIn(db, run, finishedAt)) }),
      abortedBy: run.summary.abortedBy ?? null,
    },
    totals: { ...(run.totals ? wholeTotals(run.totals, phones) : soFar(run, phones)), ...withVerdicts(phones) },
    phones,
    ...(hasEnded ? {} : { unfinished }),
  };
}

/** For how long a run was worked on that was continued and has not ended, as far as it has told. */
async function workedIn(db: Kysely<StoreTables>, run: RunRow, until: string): Promise<{ workedMs?: number }> {
  const begun = await db
    .selectFrom('events')
    .select('at')
    .where('run_id', '=', run.id)
    .where('event', '=', 'run-started')
    .orderBy('seq')
    .execute();
  const last = begun.at(-1);
  if (begun.length < 2 || last === undefined || run.progress === null) return {};
  return { workedMs: Math.round(workedUntil(run, Date.parse(last.at), Date.parse(until))) };
}

/** The later of what it stored last of a phone, and of itself. */
function toldLast(stored: string, progress: RunRow['progress']): string {
  const told = progress === null ? '' : new Date(progress.at).toISOString();
  return told > stored ? told : stored;
}

/** Of a run that has not ended: all its targets, and the outcomes of those that have. */
function soFar(run: RunRow, phones: readonly PhoneReport[]): RunReport['totals'] {
  const { progress } = run;
  const told = progress?.noAnswerByCode ?? {};
  const totals = totalsOf(phones, { noAnswerByCode: Object.keys(told).length > 0 ? told : run.noAnswerByCode });
  return { ...totals, targets: Math.max(totals.targets, progress?.survey.targets ?? 0) };
}

/** A run that goes on was not interrupted. */
function endOf(run: RunRow, cutOff: ReadonlySet<string>): Pick<RunReport['run'], 'interrupted' | 'state'> {
  if (run.finishedAt !== null) return { interrupted: run.interrupted };
  return cutOff.has(run.id) ? { interrupted: notFinished, state: 'cut off' } : { interrupted: null, state: 'running' };
}
