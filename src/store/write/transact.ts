import type { Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../schema/tables.js';
import type { SqliteFile } from '../sqlite/sqlite-file.js';

/** Runs `work` in a transaction that all processes see when it is committed, but that is on the disk only with the next commit. */
export type Briefly = <T>(work: (trx: Transaction<StoreTables>) => Promise<T>) => Promise<T>;

/**
 * Such transactions over a file. SQLite takes that as a setting of the connection, and not within a transaction: so the connection is
 * held from the setting to the commit.
 */
export function brieflyOver(db: Kysely<StoreTables>, file: SqliteFile): Briefly {
  return (work) =>
    db.connection().execute(async (connection) => {
      file.durably(false);
      try {
        return await connection.transaction().execute(work);
      } finally {
        file.durably(true);
      }
    });
}
