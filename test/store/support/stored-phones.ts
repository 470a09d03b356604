import type { Mac } from '../../../src/domain/network/mac.js';
import { fieldNames, forEachName, phoneFields, type PhoneFields } from '../../../src/domain/phone/fields.js';
import { rowsOf } from './open-test-store.js';
import type { PhoneHistoryTable, PhonesTable } from '../../../src/store/schema/tables.js';

/** What is known about a phone over all runs. */
export interface PhoneRow extends PhoneFields {
  mac: Mac;
  verdict: string | null;
  /** How it last ended, and with which failure. */
  outcome: string | null;
  failureCode: string | null;
  lastRun: string;
  firstSeenAt: string;
  /** When a run last ended it. */
  lastSeenAt: string;
}

/** One field of a phone that was seen changed. */
export interface FieldChange {
  mac: Mac;
  at: string;
  runId: string;
  /** A field of {@link PhoneFields}, or `verdict`. */
  field: string;
  before: string | null;
  after: string | null;
}

/** All phones ever identified in the store at this path, by MAC. */
export async function storedPhones(path: string): Promise<PhoneRow[]> {
  return (await rowsOf<PhonesTable>(path, 'select * from phones order by mac')).map(toPhone);
}

/** One phone; `null` when it was never identified. */
export async function storedPhone(path: string, mac: Mac): Promise<PhoneRow | null> {
  const [row] = await rowsOf<PhonesTable>(path, 'select * from phones where mac = ?', mac);
  return row ? toPhone(row) : null;
}

/** What has changed on a phone, the oldest change first. */
export async function storedHistory(path: string, mac: Mac): Promise<FieldChange[]> {
  const rows = await rowsOf<PhoneHistoryTable>(
    path,
    'select * from phone_history where mac = ? order by at, field',
    mac,
  );
  return rows.map(({ run_id: runId, at, field, before, after }) => ({ mac, at, runId, field, before, after }));
}

function toPhone(row: PhonesTable): PhoneRow {
  return {
    ...(forEachName(fieldNames, (name) => row[phoneFields[name].column]) as PhoneFields),
    mac: row.mac,
    verdict: row.verdict,
    outcome: row.outcome,
    failureCode: row.failure_code,
    lastRun: row.last_run,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  };
}
