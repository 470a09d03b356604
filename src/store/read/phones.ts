import type { Kysely } from 'kysely';
import type { Outcome } from '../../domain/progress/outcome.js';
import { fieldsOf } from '../schema/phone-columns.js';
import type { StoreTables } from '../schema/tables.js';
import type { Deferral, FieldChange, PhoneRow } from '../store-rows.js';

type Db = Kysely<StoreTables>;

const pageSize = 500;

const withDeferrals = (db: Db) =>
  db
    .selectFrom('phones')
    .leftJoin('deferrals', 'deferrals.mac', 'phones.mac')
    .selectAll('phones')
    .select(['deferrals.attempts', 'deferrals.next_attempt_at', 'deferrals.code']);

type JoinedRow = Awaited<ReturnType<ReturnType<typeof withDeferrals>['executeTakeFirstOrThrow']>>;

/** All phones ever identified, by MAC. */
export async function* allPhones(db: Db): AsyncGenerator<PhoneRow, void, undefined> {
  for (let last = ''; ;) {
    const page = await withDeferrals(db).where('phones.mac', '>', last).orderBy('phones.mac').limit(pageSize).execute();
    yield* page.map(toPhone);
    const end = page.at(-1);
    if (!end || page.length < pageSize) return;
    last = end.mac;
  }
}

/** One phone; `null` when it was never identified. */
export async function onePhone(db: Db, mac: string): Promise<PhoneRow | null> {
  const row = await withDeferrals(db).where('phones.mac', '=', mac).executeTakeFirst();
  return row ? toPhone(row) : null;
}

/** What has changed on a phone, the oldest change first. */
export async function phoneHistory(db: Db, mac: string): Promise<FieldChange[]> {
  const rows = await db
    .selectFrom('phone_history')
    .selectAll()
    .where('mac', '=', mac)
    .orderBy('at')
    .orderBy('field')
    .execute();
  return rows.map(({ run_id: runId, at, field, before, after }) => ({ mac, at, runId, field, before, after }));
}

/** All deferred phones, by the time of their next attempt. */
export async function allDeferrals(db: Db): Promise<(Deferral & { mac: string })[]> {
  const rows = await db.selectFrom('deferrals').selectAll().orderBy('next_attempt_at').orderBy('mac').execute();
  return rows.map(({ mac, attempts, next_attempt_at: nextAttemptAt, code }) => ({
    mac,
    attempts,
    nextAttemptAt,
    code,
  }));
}

function toPhone(row: JoinedRow): PhoneRow {
  const { attempts, next_attempt_at: nextAttemptAt, code } = row;
  return {
    ...fieldsOf(row),
    mac: row.mac,
    verdict: row.verdict as PhoneRow['verdict'],
    outcome: row.outcome as Outcome | null,
    failureCode: row.failure_code,
    lastRun: row.last_run,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    deferral: attempts === null || nextAttemptAt === null || code === null ? null : { attempts, nextAttemptAt, code },
  };
}
