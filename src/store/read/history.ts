import type { Kysely, Selectable } from 'kysely';
import { type FieldName, fieldNames, forEachName, type PhoneFields } from '../../domain/phone/fields.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { ListedPhone, UnfinishedPhone } from '../../domain/report/report.js';
import type { StoreTables } from '../schema/tables.js';
import type { KnownPhone, PhoneHistory } from '../store-rows.js';
import { fieldsOf } from './learned.js';
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

/** What is on record of one phone: how it ended in each run that saw it, the latest first, and what it showed otherwise than before. */
export async function phoneHistory(db: Db, mac: string): Promise<PhoneHistory> {
  const changes = await db
    .selectFrom('phone_history')
    .selectAll()
    .where('mac', '=', mac)
    .orderBy('at', 'desc')
    .orderBy('field')
    .execute();
  const rows = await db
    .selectFrom('targets')
    .innerJoin('runs', 'runs.id', 'targets.run_id')
    .select(['runs.id', 'runs.started_at', 'runs.profile', 'targets.report'])
    .where('targets.mac', '=', mac)
    .where('targets.report', 'is not', null)
    .orderBy('runs.started_at', 'desc')
    .execute();
  const unfinished = await unfinishedPhones(db, { mac });
  const begun =
    unfinished.length === 0 ? [] : await db.selectFrom('runs').select(['id', 'started_at', 'profile']).execute();
  const ended = rows.map(({ id, started_at: startedAt, profile, report }) => ({
    ...{ run: id, startedAt, profile, phone: JSON.parse(report ?? 'null') as ListedPhone },
  }));
  const open = unfinished.flatMap(({ runId: run, phone }) => {
    const of = begun.find(({ id }) => id === run);
    return of ? [{ run, startedAt: of.started_at, profile: of.profile, phone }] : [];
  });
  return {
    changes: changes.map(({ at, field, run_id: run, before, after }) => ({
      ...{ at, field: field as FieldName, run, before, after },
    })),
    runs: [...ended, ...open].sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1)),
  };
}
