import type { Kysely } from 'kysely';
import type { ListedPhone, RunReport } from '../../domain/report/report.js';
import { type RunStory, tellPhones } from '../../domain/report/story/story.js';
import type { StoreTables } from '../schema/tables.js';
import { isComparable, runBefore } from './comparable.js';
import { diffRuns } from './diff.js';
import { listRuns, requireRun } from './runs.js';
import { eventsOf } from './targets.js';

type Db = Kysely<StoreTables>;

/**
 * What happened in the run of a report, phone by phone, and what is new since the run before.
 * @param report of that run, or a choice of its phones
 * @throws UsageError when there is no such run
 */
export async function storyOf(db: Db, report: RunReport): Promise<RunStory> {
  const run = await requireRun(db, report.run.id);
  const phones = await tellPhones<ListedPhone>(report, eventsOf(db, run.id), await waveFinder(db, run.id, run.waves));
  // A run under way has not seen all phones yet.
  const before = isComparable(run) ? runBefore(await listRuns(db, {}), run) : null;
  return { report, phones, changes: before && (await diffRuns(db, before.id, run.id)) };
}

/** Finds the wave of a phone; rows learn it when they are stored next, so that the waves as they were drawn count as well. */
async function waveFinder(db: Db, runId: string, drawn: unknown): Promise<(phone: ListedPhone) => number | null> {
  const waves = (drawn ?? {}) as Record<string, number>;
  const rows = await db
    .selectFrom('targets')
    .select(['key', 'address', 'mac', 'wave'])
    .where('run_id', '=', runId)
    .execute();
  const byAddress = new Map(rows.map(({ key, address, mac, wave }) => [address, { mac, wave: wave ?? waves[key] }]));
  return ({ address, mac }) => {
    const there = byAddress.get(address);
    if (there?.wave === undefined || there.mac !== mac) return null;
    // Stored from 0, told from 1.
    return there.wave + 1;
  };
}
