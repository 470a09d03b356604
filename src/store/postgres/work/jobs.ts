import { createHash } from 'node:crypto';
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import PgBoss from 'pg-boss';
import type { StoreTables } from '../../schema/tables.js';
import type { Job } from '../../work.js';

/** pg-boss keeps its tables in a schema of their own. */
export const jobsSchema = 'fleet_migrate_jobs';

/** The table of all jobs. */
export const jobs = sql.table(`${jobsSchema}.job`);

/** The server's clock (ms since the epoch). */
export const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Tries that are not counted: a phone whose workers die is taken up by the next one each time. */
const retryLimit = 1_000_000;

/** What pg-boss asks of the database, as a part of our transaction, and what failed of it. */
export function asBossDb(trx: Transaction<StoreTables>): PgBoss.Db & { failure?: Error } {
  const asked: PgBoss.Db & { failure?: Error } = {
    executeSql: async (text, values: unknown[] | undefined) => {
      try {
        // Several statements at once take no values.
        const { rows } = await trx.executeQuery(CompiledQuery.raw(text, values ?? []));
        return { rows };
      } catch (error) {
        asked.failure = error as Error;
        throw error;
      }
    },
  };
  return asked;
}

/** The same, each in a transaction of its own, beside which nothing else is written. */
function bossDb(db: Kysely<StoreTables>): PgBoss.Db {
  return {
    executeSql: (text, values) =>
      db.transaction().execute((trx) => asBossDb(trx).executeSql(withoutTransaction(text), values)),
  };
}

/** Some of what pg-boss asks begins and ends a transaction itself. */
function withoutTransaction(text: string): string {
  return text.replace(/^\s*BEGIN;/i, '').replace(/COMMIT;?\s*$/i, '');
}

/** pg-boss over our connections. It is asked when we want it to: nothing of it runs by itself. */
export function bossOf(db: Kysely<StoreTables>): PgBoss {
  const boss = new PgBoss({
    ...{ db: bossDb(db), schema: jobsSchema, migrate: false, supervise: false, schedule: false },
    ...{ retryLimit, retryDelay: 0 },
  });
  // What fails is told to who asked.
  boss.on('error', () => {});
  return boss;
}

/** Makes pg-boss' tables, or brings them up to date. */
export async function migrateJobs(db: Kysely<StoreTables>): Promise<void> {
  const boss = new PgBoss({
    ...{ db: bossDb(db), schema: jobsSchema, migrate: true, supervise: false, schedule: false },
  });
  boss.on('error', () => {});
  await boss.start();
  await boss.stop({ graceful: false, wait: false });
}

/** The queue of a site: its name may hold any letters, and a queue's may not. */
export function queueOf(site: string, kind: string): string {
  return `${kind}-${createHash('sha256').update(site).digest('hex').slice(0, 24)}`;
}

export function queueOfJob({ site, kind }: Job): string {
  return queueOf(site, kind);
}
