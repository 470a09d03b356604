import { countsOf, type PhoneNow, type RunNow } from '../domain/progress/run-now.js';
import type { RunListEntry } from '../domain/report/report.js';
import { noSuchRun } from './no-such-run.js';
import type { Store } from './store.js';
import type { RunRow, StandingRun } from './store-rows.js';

/** What a run is in, for people and programs. */
type RunState = RunRow['state'] | 'cut off';

/** A run as it stands, and how it ended where it has. */
export interface ToldStanding {
  state: RunState;
  /** Why it ended, where that was not of itself. */
  end: { interrupted: string | null; abortedBy: string | null; declined: boolean };
  standing: StandingRun;
  /** When the run last told how far it is (ms since the epoch); `null`: it never did. */
  toldAt: number | null;
}

/** How a run stands, by its id. @throws UsageError when there is no such run */
export async function standingOf(store: Store, id: string): Promise<ToldStanding> {
  const run = await store.run(id);
  if (run === null) throw noSuchRun(id, store.path);
  const isCutOff = run.state === 'running' && (await store.cutOffRuns()).has(run.id);
  const standing = await store.standing(run.id);
  const toldAt = run.progress?.at ?? null;
  const { abortedBy = null, declined = false } = run.summary;
  const end = { interrupted: run.interrupted, abortedBy, declined };
  if (!isCutOff) return { state: run.state, end, standing, toldAt };
  return { state: 'cut off', end, standing: { ...standing, run: asTold(standing.run, run.progress) }, toldAt };
}

/** Of a run that was cut off nothing goes on, its time neither: it is as it was when it last told. */
function asTold(run: RunNow, progress: RunRow['progress']): RunNow {
  const lastOf = (last: number, { endedAt, writtenAt }: PhoneNow): number => Math.max(last, endedAt ?? writtenAt ?? 0);
  const now = Math.min(run.now, progress?.at ?? run.phones.reduce(lastOf, run.startedAt));
  const workedMs = Math.max(progress?.workedMs ?? 0, run.workedMs - (run.now - now));
  return { ...run, goesOn: false, now, workedMs, left: null };
}

/** The runs of a store as they are listed, the latest first. */
export async function listedRuns(store: Store, limit: number): Promise<RunListEntry[]> {
  const cutOff = await store.cutOffRuns();
  const entries: RunListEntry[] = [];
  for (const run of await store.runs({ limit })) {
    const { id, startedAt, finishedAt, profile, summary, totals, state, interrupted, progress } = run;
    entries.push({
      ...{ id, startedAt, finishedAt, profile, dryRun: summary.dryRun, interrupted },
      ...{ abortedBy: summary.abortedBy ?? null, declined: summary.declined ?? false },
      workedMs: progress?.workedMs ?? null,
      state: state === 'running' && cutOff.has(id) ? 'cut off' : state,
      pausedSince: null,
      ...(totals === null ? await soFar(store, id, cutOff.has(id)) : { totals }),
    });
  }
  return entries;
}

/** What a run that has not ended has come to so far. */
async function soFar(
  store: Store,
  id: string,
  isCutOff: boolean,
): Promise<Pick<RunListEntry, 'totals' | 'phones' | 'pausedSince'>> {
  const { run, byOutcome } = await store.standing(id);
  const { underWay, waiting } = countsOf(run.phones);
  const pausedSince = isCutOff || run.pausedSince === null ? null : new Date(run.pausedSince).toISOString();
  return {
    pausedSince,
    totals: { targets: run.survey.targets ?? run.survey.probed, byOutcome },
    phones: { underWay, waiting },
  };
}
