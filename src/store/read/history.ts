import type { Kysely, Selectable } from 'kysely';
import { type FieldName, fieldNames, forEachName, type PhoneFields } from '../../domain/phone/fields.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { UnfinishedPhone } from '../../domain/report/report.js';
import type { StoreTables } from '../schema/tables.js';
import type { KnownPhone, PhoneHistory } from '../store-rows.js';
import { fieldsOf } from './learned.js';
import { nightsOf } from './nights.js';
import { unfinishedPhones } from './unfinished.js';

type Db = Kysely<StoreTables>;

/** Every phone that was ever read, by MAC, with how it ended last, or where it stands in a run that has not ended. */
export async function knownPhones(db: Db): Promise<KnownPhone[]> {
  const rows = await db.selectFrom('phones').selectAll().orderBy('mac').execute();
  const known = new Map(rows.map((row) => [row.mac, endedPhone(row)]));
  for (const { runId, phone } of await unfinishedPhones(db, {})) {
    const { mac, toldAt } = phone;
    // Without a MAC, or read again since by another run.
    if (mac === null || (known.get(mac)?.lastSeenAt ?? '') > toldAt) continue;
    known.set(mac, unfinishedPhone(runId, { ...phone, mac }, known.get(mac)));
  }
  return [...known.values()].sort((a, b) => (a.mac < b.mac ? -1 : 1));
}

function unfinishedPhone(run: string, phone: UnfinishedPhone & { mac: string }, before?: KnownPhone): KnownPhone {
  const { mac, state, toldAt, startedAt, eligibility } = phone;
  const fields = forEachName(fieldNames, (name) => phone[name]) as unknown as PhoneFields;
  return {
    ...fields,
    ...{ mac, lastSeenAt: toldAt, firstSeenAt: before?.firstSeenAt ?? startedAt },
    last: { run, verdict: eligibility?.verdict ?? null, outcome: null, code: null, state },
  };
}

function endedPhone(row: Selectable<StoreTables['phones']>): KnownPhone {
  return {
    ...fieldsOf(row),
    firstSeenAt: row.first_seen_at,
    last: {
      run: row.last_run,
      verdict: row.verdict as KnownPhone['last']['verdict'],
      outcome: row.outcome as Outcome | null,
      code: row.failure_code,
      state: null,
    },
  };
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
