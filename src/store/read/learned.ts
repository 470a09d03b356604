import type { Kysely, Selectable } from 'kysely';
import { type StepName, stepNames } from '../../domain/plan/plan.js';
import type { StepTime } from '../../domain/rehearsal/step-times.js';
import type { StoreTables } from '../schema/tables.js';
import { type FieldName, fieldNames, forEachName, phoneFields } from '../../domain/phone/fields.js';
import type { Deferral, RememberedPhone } from '../store-rows.js';

/** How long a step usually takes in this fleet. */
export interface UsualDuration {
  /** How many proven steps it is based on. */
  count: number;
  /** 5 of 100 took no longer (ms, nearest rank); `null` when there is none. */
  p05Ms: number | null;
  /** 95 of 100. */
  p95Ms: number | null;
}

/** Old steps were with other firmware and other links: only this many of the latest count. */
const newestCounted = 1_000;

/** How long this step of this profile has taken lately. */
export async function usualDuration(db: Kysely<StoreTables>, profile: string, step: StepName): Promise<UsualDuration> {
  const rows = await db
    .selectFrom('durations')
    .select('ms')
    .where('profile', '=', profile)
    .where('step', '=', step)
    .orderBy('at', 'desc')
    .limit(newestCounted)
    .execute();
  const sorted = rows.map(({ ms }) => ms).sort((a, b) => a - b);
  const rank = (share: number): number | null => sorted[Math.ceil(sorted.length * share) - 1] ?? null;
  return { count: sorted.length, p05Ms: rank(0.05), p95Ms: rank(0.95) };
}

/**
 * How long steps of this profile have taken lately, the latest first.
 * Of rows of earlier versions the phone tells its model, and nothing their load.
 */
export async function stepTimes(db: Kysely<StoreTables>, profile: string): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const step of stepNames) {
    const rows = await db
      .selectFrom('durations')
      .leftJoin('phones', 'phones.mac', 'durations.mac')
      .select(['durations.ms', 'durations.load'])
      .select((eb) => eb.fn.coalesce('durations.model', 'phones.model').as('model'))
      .where('profile', '=', profile)
      .where('step', '=', step)
      .orderBy('at', 'desc')
      .limit(newestTimes)
      .execute();
    for (const { ms, model, load } of rows) times.push({ step, model, load, ms });
  }
  return times;
}

/** Old steps were with other links: only so many of each step count for what is modeled. */
const newestTimes = 10_000;

/** The write method known to work, by kind of phone (model and firmware, as the caller spells it). */
export async function writeMethodsKnown(db: Kysely<StoreTables>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('write_ways').select(['key', 'way']).orderBy('key').execute();
  return new Map(rows.map(({ key, way }) => [key, way]));
}

/** Remembers a write method that has worked; the last one counts. `at` is ISO 8601. */
export async function rememberWriteMethod(
  db: Kysely<StoreTables>,
  key: string,
  way: string,
  at: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('write_ways')
      .values({ key, way, at })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ way, at }))
      .execute();
  });
}

/** All deferred phones, by the time of their next attempt. */
export async function allDeferrals(db: Kysely<StoreTables>): Promise<(Deferral & { mac: string })[]> {
  const rows = await db.selectFrom('deferrals').selectAll().orderBy('next_attempt_at').orderBy('mac').execute();
  return rows.map(({ mac, attempts, next_attempt_at: nextAttemptAt, code }) => ({
    mac,
    attempts,
    nextAttemptAt,
    code,
  }));
}

/** Every phone that was ever read, by MAC, with its fields as they were read last. */
export async function rememberedPhones(db: Kysely<StoreTables>): Promise<RememberedPhone[]> {
  const rows = await db.selectFrom('phones').selectAll().orderBy('mac').execute();
  return rows.map(fieldsOf);
}

/** The fields of a row, as they were read last. */
export function fieldsOf(row: Selectable<StoreTables['phones']>): RememberedPhone {
  const fields = forEachName(fieldNames, (name: FieldName) => row[phoneFields[name].column]);
  // What was written is what is read: each field was stored in its own column.
  return { ...fields, lastSeenAt: row.last_seen_at } as unknown as RememberedPhone;
}
