import type { Kysely, Selectable } from 'kysely';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { onlyCounted } from '../../domain/report/totals.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { Owner } from '../locks/owner.js';
import type { StoreTables } from '../schema/tables.js';
import { noSuchRun } from '../no-such-run.js';
import type { NewRun, RunEnd, RunRow } from '../store-rows.js';
import { jsonOf, valueOf } from '../schema/values.js';

type Db = Kysely<StoreTables>;

/** Stores a run as begun by this process. */
export async function beginRun(db: Db, { startedAt, summary, settings }: NewRun, owner: Owner): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('runs')
      .values({
        id: summary.id,
        started_at: startedAt,
        finished_at: null,
        state: 'running',
        profile: summary.profile,
        version: summary.version,
        pid: owner.pid,
        host: owner.host,
        summary: jsonOf(summary),
        settings: jsonOf(settings),
        totals: null,
        no_answer_by_code: '{}',
        interrupted: null,
        exit_code: null,
        waves: null,
        pid_space: owner.pidSpace,
        progress: null,
        halted: null,
      })
      .execute();
  });
}

/** Marks a run that was begun before as running again, in this process. */
export async function reopenRun(db: Db, id: string, owner: Owner): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // What was wished of it before is done with.
    await trx.deleteFrom('wishes').where('run_id', '=', id).execute();
    await trx
      .updateTable('runs')
      .set({
        state: 'running',
        finished_at: null,
        interrupted: null,
        exit_code: null,
        totals: null,
        ...(await silenceOf(trx, id)),
        ...(await startAgain(trx, id)),
        pid: owner.pid,
        host: owner.host,
        pid_space: owner.pidSpace,
      })
      .where('id', '=', id)
      .execute();
  });
}

/** How it ended before is no part of a run that goes on. */
async function startAgain(db: Db, id: string): Promise<{ summary?: string }> {
  const run = await db.selectFrom('runs').select('summary').where('id', '=', id).executeTakeFirst();
  if (run === undefined) return {};
  const {
    declined: _no,
    abortedBy: _why,
    workedMs: _ms,
    ...summary
  } = JSON.parse(run.summary) as Partial<RunReport['run']>;
  return { summary: jsonOf(summary) };
}

/** The addresses that were only counted, without those that are listed: the report so far counts the listed ones by themselves. */
async function silenceOf(db: Db, id: string): Promise<{ no_answer_by_code?: string }> {
  const run = await db.selectFrom('runs').select('totals').where('id', '=', id).executeTakeFirst();
  const totals = valueOf<RunReport['totals']>(run?.totals ?? null);
  if (totals === null) return {};
  const listed = await db
    .selectFrom('targets')
    .select('report')
    .where('run_id', '=', id)
    .where('outcome', '=', 'no-answer')
    .execute();
  const phones = listed.flatMap(({ report }) => valueOf<PhoneReport>(report) ?? []);
  return { no_answer_by_code: jsonOf(onlyCounted(totals, phones)) };
}

/** Stores how a run ended. */
export async function finishRun(db: Db, id: string, { state, report, exitCode }: RunEnd): Promise<void> {
  const { startedAt: _startedAt, finishedAt, interrupted, ...summary } = report.run;
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('runs')
      .set({
        state,
        finished_at: finishedAt,
        interrupted,
        summary: jsonOf(summary),
        totals: jsonOf(report.totals),
        no_answer_by_code: jsonOf(report.totals.noAnswerByCode),
        exit_code: exitCode,
      })
      .where('id', '=', id)
      .execute();
  });
}

/**
 * The run with this id, or with an id that begins like this, or the latest one (`latest`); `null` when there is none.
 * @throws UsageError when several begin like this
 */
export async function findRun(db: Db, idOrPrefix: string): Promise<RunRow | null> {
  if (idOrPrefix === 'latest') return (await listRuns(db, { limit: 1 }))[0] ?? null;
  const exact = await db.selectFrom('runs').selectAll().where('id', '=', idOrPrefix).executeTakeFirst();
  if (exact) return toRun(exact);
  // No character of such a text is special in LIKE.
  if (!/^[0-9A-Za-z-]+$/.test(idOrPrefix)) return null;
  const found = await db
    .selectFrom('runs')
    .selectAll()
    .where('id', 'like', `${idOrPrefix}%`)
    .orderBy('id')
    .limit(2)
    .execute();
  const [first, second] = found;
  if (first && second) {
    throw new UsageError(
      `Several runs begin with ${idOrPrefix} (${first.id}, ${second.id}); write more of the id (fleet-migrate runs lists them).`,
    );
  }
  return first ? toRun(first) : null;
}

/** The same run as {@link findRun}. @throws UsageError also when there is none */
export async function requireRun(db: Db, idOrPrefix: string): Promise<RunRow> {
  const run = await findRun(db, idOrPrefix);
  if (!run) throw noSuchRun(idOrPrefix);
  return run;
}

/** Runs, the latest first. */
export async function listRuns(db: Db, { limit }: { limit?: number | undefined }): Promise<RunRow[]> {
  let query = db.selectFrom('runs').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc');
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(toRun);
}

/** Unfinished runs, the latest first: they never ended, or were stopped with phones still under way. */
export async function unfinishedRuns(db: Db): Promise<RunRow[]> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where(({ or, and, eb, exists, selectFrom }) =>
      or([
        eb('state', '=', 'running'),
        and([
          eb('state', '=', 'interrupted'),
          exists(
            selectFrom('targets')
              .select('targets.key')
              .whereRef('targets.run_id', '=', 'runs.id')
              .where((of) => of.or([of('targets.outcome', 'is', null), of('targets.snapshot', 'is not', null)])),
          ),
        ]),
      ]),
    )
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toRun);
}

function toRun(row: Selectable<StoreTables['runs']>): RunRow {
  return {
    id: row.id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    state: row.state as RunRow['state'],
    profile: row.profile,
    version: row.version,
    pid: row.pid,
    host: row.host,
    summary: JSON.parse(row.summary) as RunRow['summary'],
    settings: JSON.parse(row.settings) as unknown,
    totals: valueOf(row.totals),
    noAnswerByCode: JSON.parse(row.no_answer_by_code) as Record<string, number>,
    interrupted: row.interrupted,
    exitCode: row.exit_code,
    waves: valueOf(row.waves),
    progress: valueOf(row.progress),
  };
}
