import type { Kysely } from 'kysely';
import type { StepName } from '../../domain/plan/plan.js';
import { type Outcome, outcomes } from '../../domain/progress/outcome.js';
import { type FiguresSoFar, type RunFigures, successCodes } from '../../domain/report/run-figures.js';
import type { StoreTables } from '../schema/tables.js';
import type { RunRow } from '../store-rows.js';
import { requireRun } from './runs.js';

type Db = Kysely<StoreTables>;

/**
 * A run in figures. Its phones are not read: what it told of itself last counts them, so that somebody may ask every few seconds.
 * @param cutOff runs on record as running whose process is dead
 * @throws UsageError when there is no such run
 */
export async function runFigures(db: Db, idOrPrefix: string, cutOff: ReadonlySet<string>): Promise<RunFigures> {
  const run = await requireRun(db, idOrPrefix);
  const { id, profile, version, summary, progress, finishedAt, state, exitCode, interrupted } = run;
  const [startedAt, endedAt] = [Date.parse(run.startedAt), finishedAt === null ? null : Date.parse(finishedAt)];
  const soFar = progress?.figures ?? null;
  return {
    run: { id, profile, dryRun: summary.dryRun, version },
    ...{ startedAt, endedAt, exitCode, soFar },
    // What it told last may be older than what it stored when it ended.
    toldAt: Math.max(startedAt, progress?.at ?? 0, endedAt ?? 0),
    goesOn: state === 'running' && !cutOff.has(id),
    // Its process is dead.
    interrupted: interrupted !== null || (state === 'running' && cutOff.has(id)),
    stoppedItself: (summary.abortedBy ?? null) !== null,
    targets: run.totals?.targets ?? progress?.survey.targets ?? null,
    byOutcome: run.totals?.byOutcome ?? endedSoFar(soFar, run),
    stepMs: await stepTimes(db, id),
    lastSuccessAt: await lastSuccess(db, run),
  };
}

/** Outcomes of a run that has not ended: of targets that are listed, and of addresses that are only counted. */
function endedSoFar(soFar: FiguresSoFar | null, { progress }: RunRow): RunFigures['byOutcome'] {
  const silent = Object.values(progress?.noAnswerByCode ?? {}).reduce((sum, count) => sum + count, 0);
  const byOutcome: Partial<Record<Outcome, number>> = silent > 0 ? { 'no-answer': silent } : {};
  for (const outcome of outcomes) {
    const count = soFar?.byState[outcome] ?? 0;
    if (count > 0) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + count;
  }
  return byOutcome;
}

async function stepTimes(db: Db, runId: string): Promise<RunFigures['stepMs']> {
  const rows = await db.selectFrom('durations').select(['step', 'ms']).where('run_id', '=', runId).execute();
  const byStep: Partial<Record<StepName, number[]>> = {};
  for (const { step, ms } of rows) (byStep[step as StepName] ??= []).push(ms);
  return byStep;
}

/** So many of the latest runs are looked through: more of them failed in a row than anybody would leave alone. */
const looked = 1_000;

/** When such a run last ended well. One whose question was answered with no did nothing. */
async function lastSuccess(db: Db, { profile, summary }: RunRow): Promise<number | null> {
  const rows = await db
    .selectFrom('runs')
    .select(['finished_at', 'summary'])
    .where('profile', profile === null ? 'is' : '=', profile)
    .where('finished_at', 'is not', null)
    .where('exit_code', 'in', successCodes)
    .orderBy('finished_at', 'desc')
    .limit(looked)
    .execute();
  const last = rows.find((row) => {
    const { dryRun, declined } = JSON.parse(row.summary) as RunRow['summary'];
    return dryRun === summary.dryRun && declined !== true;
  });
  return last?.finished_at ? Date.parse(last.finished_at) : null;
}
