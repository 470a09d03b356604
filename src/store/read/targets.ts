import type { Kysely, Selectable } from 'kysely';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { AnyEvent } from '../../domain/report/events.js';
import type { State } from '../../domain/progress/state.js';
import type { StoreTables } from '../schema/tables.js';
import type { TargetRow } from '../store-rows.js';
import { valueOf } from '../schema/values.js';

type Db = Kysely<StoreTables>;

/** Rows read at once: a fleet's targets are never all in memory unless the caller keeps them. */
const pageSize = 500;

/** The targets of a run in the order of their keys. */
export async function* targetsOf(db: Db, runId: string): AsyncGenerator<TargetRow, void, undefined> {
  for (let last = ''; ;) {
    const query = db.selectFrom('targets').selectAll().where('run_id', '=', runId).where('key', '>', last);
    const page = await query.orderBy('key').limit(pageSize).execute();
    yield* page.map(toTarget);
    const end = page.at(-1);
    if (!end || page.length < pageSize) return;
    last = end.key;
  }
}

/** Some of them, by their keys, in any order. */
export async function targetsAt(db: Db, runId: string, keys: readonly string[]): Promise<TargetRow[]> {
  const found: TargetRow[] = [];
  for (let from = 0; from < keys.length; from += pageSize) {
    const part = keys.slice(from, from + pageSize);
    const rows = await db
      .selectFrom('targets')
      .selectAll()
      .where('run_id', '=', runId)
      .where('key', 'in', part)
      .execute();
    found.push(...rows.map(toTarget));
  }
  return found;
}

/** Removes targets from a run; their earlier events stay. */
export async function forgetTargets(db: Db, runId: string, keys: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let from = 0; from < keys.length; from += pageSize)
      await trx
        .deleteFrom('targets')
        .where('run_id', '=', runId)
        .where('key', 'in', keys.slice(from, from + pageSize))
        .execute();
  });
}

/** What happened in a run, in order. */
export async function* eventsOf(db: Db, runId: string, mac?: string): AsyncGenerator<AnyEvent, void, undefined> {
  for (let last = 0; ;) {
    const all = db.selectFrom('events').selectAll().where('run_id', '=', runId).where('seq', '>', last);
    const query = mac === undefined ? all : all.where('mac', '=', mac);
    const page = await query.orderBy('seq').limit(pageSize).execute();
    yield* page.map(toEvent);
    const end = page.at(-1);
    if (!end || page.length < pageSize) return;
    last = end.seq;
  }
}

/** An event as it was told. */
export function toEvent({ at, event, address, mac, detail }: Selectable<StoreTables['events']>): AnyEvent {
  return { event, at, address, mac, ...(JSON.parse(detail) as object) };
}

function toTarget(row: Selectable<StoreTables['targets']>): TargetRow {
  return {
    key: row.key,
    address: row.address,
    mac: row.mac,
    state: row.state as State,
    outcome: row.outcome as Outcome | null,
    touched: row.touched === 1,
    wave: row.wave,
    snapshot: valueOf(row.snapshot),
    report: valueOf(row.report),
    updatedAt: row.updated_at,
  };
}
