import type { Kysely } from 'kysely';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import type { StoreTables } from '../schema/tables.js';
import { jsonOf } from '../schema/values.js';

/** So many rehearsals are kept. */
const mostKept = 100;

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
