import type { Kysely, Selectable } from 'kysely';
import { needsAttention, type Outcome } from '../../domain/progress/outcome.js';
import {
  longestUnderWay,
  type LongUnderWay,
  type PhoneNow,
  type Problem,
  type TimeLeft,
} from '../../domain/progress/run-now.js';
import { isTouched, type State } from '../../domain/progress/state.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { RunEventName } from '../../domain/report/events.js';
import type { StoreTables } from '../schema/tables.js';
import type { RunFar, RunRow, StandingRun } from '../store-rows.js';
import { requireRun } from './runs.js';

/** Most phones and problems that are told. */
const most = 4;

/** More problems are read than told: some of the latest may need nobody. */
const mostRead = 40;

/**
 * How a run stands, by what is on record: its own count of targets is a few seconds old, its phones are as they were last stored.
 * @param now milliseconds since the epoch
 * @throws UsageError when there is no such run
 */
export async function standingRun(db: Kysely<StoreTables>, runId: string, now: number): Promise<StandingRun> {
  const { id, startedAt, profile, summary, progress, finishedAt, totals, waves, state } = await requireRun(db, runId);
  // Rows learn their wave when they are stored next.
  const waveOf = (waves ?? {}) as Record<string, number>;
  const rows = await db
    .selectFrom('targets')
    .select(['key', 'address', 'mac', 'state', 'outcome', 'wave', 'touched', 'updated_at'])
    .where('run_id', '=', id)
    .execute();
  const { takenOver, begunWith, written, lastWrite } = await beginnings(db, id);
  const waited = await endedWaiting(db, id, takenOver);
  const phones = rows
    .map((row) => ({ ...row, wave: row.wave ?? waveOf[row.key] ?? null }))
    // Those that are to be written to, or were, or came so far as to wait for it.
    .filter(
      ({ state, wave, touched, address }) =>
        touched === 1 || wave !== null || state === 'waiting' || waited.has(address),
    )
    .map((row): PhoneNow => ({
      ...{ key: row.key, address: row.address, mac: row.mac, model: null, wave: row.wave },
      state: row.state as State,
      ...timesOf(row, written, takenOver),
    }));
  // A resume looks at its targets anew before it writes.
  const isMoving =
    state === 'running' ? lastWrite !== null && lastWrite >= takenOver : phones.some((phone) => isTouched(phone.state));
  const byOutcome: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of rows)
    if (outcome !== null) byOutcome[outcome as Outcome] = (byOutcome[outcome as Outcome] ?? 0) + 1;
  const survey = progress?.survey ?? { targets: null, probed: rows.length, found: rows.length, earlier: null };
  const silent = Object.values(progress?.noAnswerByCode ?? {}).reduce((sum, count) => sum + count, 0);
  if (silent > 0) byOutcome['no-answer'] = (byOutcome['no-answer'] ?? 0) + silent;
  const run = {
    ...{ id, profile, dryRun: summary.dryRun, startedAt: Date.parse(startedAt), phones },
    // Of one that has ended nothing goes on.
    now: finishedAt === null ? now : Date.parse(finishedAt),
    survey:
      state === 'finished' && totals !== null ? { ...survey, targets: totals.targets, probed: totals.targets } : survey,
    workedMs: workedUntil({ startedAt, finishedAt, progress }, takenOver, now),
    // Its phones are stored sooner than how far it is.
    phase: isMoving ? ('migrate' as const) : (progress?.phase ?? 'survey'),
    // Whether its process is dead is known by its lock.
    goesOn: state === 'running',
    stopping: progress?.stopping ?? false,
    pausedSince: state === 'running' ? (progress?.pausedSince ?? null) : null,
    left: state === 'running' && progress ? laterLeft(progress, now) : null,
  };
  return {
    run,
    longest: await withWords(db, id, longestUnderWay(phones, most), begunWith),
    problems: await lastProblems(db, id),
    byOutcome: totals?.byOutcome ?? byOutcome,
  };
}

/**
 * For how long a run has been worked on (ms); it tells so itself, as it may have lain for a night between two sessions.
 * @param takenOver when it was last begun or resumed
 */
export function workedUntil(
  { startedAt, finishedAt, progress }: Pick<RunRow, 'startedAt' | 'finishedAt' | 'progress'>,
  takenOver: number,
  now: number,
): number {
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  if (progress?.workedMs === undefined) return end - Date.parse(startedAt);
  // What it told before it was resumed says nothing of the time in between.
  const told = Math.max(progress.at, takenOver);
  return progress.workedMs + (finishedAt === null ? Math.max(0, now - told) : 0);
}

/** For so long (ms) what a run told of its time left holds: it tells anew every few seconds. */
const holdsMs = 10_000;

/** The time left that it told, by now. */
function laterLeft({ left, at }: RunFar, now: number): TimeLeft | null {
  const passed = Math.max(0, now - at);
  if (!left || passed > holdsMs) return null;
  const { atLeastMs, atMostMs, until } = left;
  return { atLeastMs: Math.max(0, atLeastMs - passed), atMostMs: Math.max(0, atMostMs - passed), until };
}

/**
 * When a phone was first written to and when it ended. What was written to before the run was taken over, and has ended since, is no evidence
 * for the pace: nobody may have watched it for hours.
 */
function timesOf(
  row: Pick<Selectable<StoreTables['targets']>, 'mac' | 'state' | 'outcome' | 'updated_at'>,
  written: ReadonlyMap<string, number>,
  takenOver: number,
): Pick<PhoneNow, 'writtenAt' | 'endedAt'> {
  const at = isTouched(row.state as State) ? (written.get(row.mac ?? '') ?? null) : null;
  const endedAt = row.outcome === null ? null : Date.parse(row.updated_at);
  return { writtenAt: endedAt !== null && at !== null && at < takenOver ? null : at, endedAt };
}

/**
 * When the run was last begun or resumed, with which of its events, and when each phone was first written to in it, by MAC (ms since the
 * epoch).
 */
async function beginnings(
  db: Kysely<StoreTables>,
  runId: string,
): Promise<{ takenOver: number; begunWith: number; written: Map<string, number>; lastWrite: number | null }> {
  const rows = await db
    .selectFrom('events')
    .select(({ fn }) => ['event', 'mac', fn.min('at').as('first'), fn.max('at').as('last'), fn.max('seq').as('seq')])
    .where('run_id', '=', runId)
    .where('event', 'in', ['run-started', 'intent'])
    .groupBy(['event', 'mac'])
    .execute();
  const intents = rows.filter(({ event }) => event === 'intent');
  const began = rows.find(({ event }) => event === 'run-started');
  return {
    takenOver: began === undefined ? Number.NEGATIVE_INFINITY : Date.parse(began.last),
    begunWith: began?.seq ?? 0,
    lastWrite: intents.length === 0 ? null : Math.max(...intents.map(({ last }) => Date.parse(last))),
    written: new Map(intents.map(({ mac, first }) => [mac ?? '', Date.parse(first)])),
  };
}

/** The addresses of phones that waited to be written to since the run was last begun or resumed, and ended with nothing written. */
async function endedWaiting(db: Kysely<StoreTables>, runId: string, since: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('events')
    .select(['address', 'at'])
    .where('run_id', '=', runId)
    .where('event', '=', 'outcome')
    .where('detail', 'like', '%"from":"waiting"%')
    .execute();
  return new Set(rows.flatMap(({ address, at }) => (address === null || Date.parse(at) < since ? [] : [address])));
}

/**
 * With their model, how they stand by their last event, and what they showed last.
 * @param begunWith the event with which the run was begun or resumed: what was shown before may be long over
 */
async function withWords(
  db: Kysely<StoreTables>,
  runId: string,
  phones: readonly PhoneNow[],
  begunWith: number,
): Promise<LongUnderWay[]> {
  const told: LongUnderWay[] = [];
  for (const phone of phones) {
    const row = await db
      .selectFrom('targets')
      .select('snapshot')
      .where('run_id', '=', runId)
      .where('key', '=', phone.key)
      .executeTakeFirst();
    const last = await lastDetail(db, runId, phone, 'evidence', begunWith);
    // Most looks at a phone under way bring an event only: its row is as it was written to.
    const state = await lastDetail(db, runId, phone, 'state');
    const snapshot = JSON.parse(row?.snapshot ?? 'null') as Snapshot | null;
    const model = snapshot?.underWay?.baseline?.model ?? snapshot?.facts?.model ?? null;
    const says = last === null || last['kind'] === 'resumed' ? null : String(last['text']);
    told.push({ phone: { ...phone, model, state: (state?.['state'] as State | undefined) ?? phone.state }, says });
  }
  return told;
}

/** What the last such event of a phone after another one (its `seq`) says; `null`: there is none. */
async function lastDetail(
  db: Kysely<StoreTables>,
  runId: string,
  { mac }: PhoneNow,
  event: RunEventName,
  after = 0,
): Promise<Record<string, unknown> | null> {
  const row = await db
    .selectFrom('events')
    .select('detail')
    .where('run_id', '=', runId)
    .where('event', '=', event)
    .where('mac', '=', mac)
    .where('seq', '>', after)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.detail) as Record<string, unknown>);
}

/** What is read of a snapshot here. */
interface Snapshot {
  facts?: { model?: string | null } | null;
  underWay?: { baseline?: { model?: string | null } } | null;
}

async function lastProblems(db: Kysely<StoreTables>, runId: string): Promise<Problem[]> {
  const rows = await db
    .selectFrom('targets')
    .select(['report', 'updated_at'])
    .where('run_id', '=', runId)
    .where('outcome', 'is not', null)
    .where('outcome', 'not in', ['done', 'already-done', 'planned', 'ineligible', 'aborted'])
    .orderBy('updated_at', 'desc')
    .limit(mostRead)
    .execute();
  const problems = rows.flatMap(({ report, updated_at }): Problem[] => {
    const phone = JSON.parse(report ?? 'null') as PhoneReport | null;
    if (phone === null || phone.failure === null || !needsAttention(phone)) return [];
    const { address, mac, failure } = phone;
    return [{ address, mac, at: Date.parse(updated_at), code: failure.code, message: failure.message }];
  });
  return problems.slice(0, most);
}
