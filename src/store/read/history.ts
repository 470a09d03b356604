import type { Kysely } from 'kysely';
import type { FieldName } from '../../domain/phone/fields.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { StoreTables } from '../schema/tables.js';
import type { KnownPhone, PhoneHistory } from '../store-rows.js';
import { fieldsOf } from './learned.js';
import { nightsOf } from './nights.js';

type Db = Kysely<StoreTables>;

/** Every phone that was ever read, by MAC, with how it ended last. */
export async function knownPhones(db: Db): Promise<KnownPhone[]> {
  const rows = await db.selectFrom('phones').selectAll().orderBy('mac').execute();
  return rows.map((row): KnownPhone => ({
    ...fieldsOf(row),
    firstSeenAt: row.first_seen_at,
    last: {
      run: row.last_run,
      verdict: row.verdict as KnownPhone['last']['verdict'],
      outcome: row.outcome as Outcome | null,
      code: row.failure_code,
    },
  }));
}

/** What is on record of one phone: how it fared in each run that saw it, the latest first, and what it showed otherwise than before. @param cutOff runs whose process is dead */
export async function phoneHistory(db: Db, mac: string, cutOff: ReadonlySet<string>): Promise<PhoneHistory> {
  const changes = await db
    .selectFrom('phone_history')
    .selectAll()
    .where('mac', '=', mac)
    .orderBy('at', 'desc')
    .orderBy('field')
    .execute();
  return {
    changes: changes.map(({ at, field, run_id: run, before, after }) => ({
      ...{ at, field: field as FieldName, run, before, after },
    })),
    runs: await nightsOf(db, mac, cutOff),
  };
}
