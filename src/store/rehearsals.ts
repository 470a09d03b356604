import type { Kysely } from 'kysely';
import type { Rehearsal } from '../domain/rehearsal/rehearsal.js';
import { UsageError } from '../domain/text/usage-error.js';
import type { StoreTables } from './schema/tables.js';
import { jsonOf } from './schema/values.js';

/** So many rehearsals are kept. */
const mostKept = 100;

/** So many others are named where one is missed. */
const mostNamed = 5;

/** Keeps a rehearsal; the oldest go. */
export async function keepRehearsal(db: Kysely<StoreTables>, rehearsal: Rehearsal): Promise<void> {
  const { id, madeAt } = rehearsal;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('rehearsals')
      .values({ id, made_at: madeAt, document: jsonOf(rehearsal) })
      .execute();
    const kept = trx.selectFrom('rehearsals').select('id').orderBy('made_at', 'desc').orderBy('id', 'desc');
    await trx.deleteFrom('rehearsals').where('id', 'not in', kept.limit(mostKept)).execute();
  });
}

/**
 * The rehearsal with this id, or with one that begins so, or the `latest`.
 * @param path of the store
 * @throws UsageError where there is none, or several begin so
 */
export async function findRehearsal(db: Kysely<StoreTables>, name: string, path: string): Promise<Rehearsal> {
  const rows = await db
    .selectFrom('rehearsals')
    .select('id')
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const ids = rows.map(({ id }) => id);
  const found = name === 'latest' ? ids.slice(0, 1) : ids.filter((id) => id === name || id.startsWith(name));
  const id = found.find((one) => one === name) ?? found[0];
  if (id === undefined || (found.length > 1 && id !== name)) throw missed(name, found, ids, path);
  const { document } = await db
    .selectFrom('rehearsals')
    .select('document')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const rehearsal = JSON.parse(document) as Rehearsal | { nights: Partial<Rehearsal['nights'][number]>[] };
  if (isWhole(rehearsal)) return rehearsal;
  throw new UsageError(`The rehearsal ${id} was made by an earlier fleet-migrate and cannot be shown; rehearse again.`);
}

/** The first ones said less of their nights. */
function isWhole(found: Rehearsal | { nights: Partial<Rehearsal['nights'][number]>[] }): found is Rehearsal {
  return found.nights.every(({ siteWindows }) => siteWindows !== undefined);
}

function missed(name: string, found: readonly string[], all: readonly string[], path: string): UsageError {
  const named = (ids: readonly string[]): string => ids.slice(0, mostNamed).join(', ');
  if (found.length > 1)
    return new UsageError(`Several rehearsals begin with ${name}: ${named(found)}; write more of the id.`);
  if (all.length === 0)
    return new UsageError(`The store ${path} has no rehearsal yet; fleet-migrate rehearse makes one.`);
  return new UsageError(`The store ${path} has no rehearsal ${name}; its latest are ${named(all)}.`);
}
