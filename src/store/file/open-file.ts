import { Kysely } from 'kysely';
import type { Clock } from '../../domain/ports/clock.js';
import { migrate, versionIn } from '../schema/migrate.js';
import { migrations } from '../schema/migrations.js';
import type { StoreTables } from '../schema/tables.js';
import { SqliteFileDialect } from '../sqlite/dialect.js';
import { openSqlite, openSqliteToRead } from '../sqlite/open-sqlite.js';
import type { SqliteFile } from '../sqlite/sqlite-file.js';
import { toOpenError } from '../sqlite/sqlite-problem.js';
import { StoreOpenError } from '../store-error.js';
import type { Backing } from '../store-over.js';

export interface FileOptions {
  path: string;
  clock: Clock;
  /** The most pages (of 4 KiB) that the file may have: a full disk, for tests. */
  maxPages?: number | undefined;
  /** Whether the whole file is checked first. */
  thorough: boolean;
  /** How long to wait for another process's write (ms). Default 5 s. */
  busyTimeoutMs?: number | undefined;
}

/** Opens the file of a store; makes it or brings it up to date where needed. @throws StoreOpenError with a sentence for the user */
export async function openFile({ path, clock, maxPages, busyTimeoutMs, thorough }: FileOptions): Promise<Backing> {
  return backingOf(await openSqlite(path, clock, { maxPages, busyTimeoutMs }), thorough, async (db, file) => {
    await migrate(db, { path: file.path, kind: 'file' });
  });
}

/** Opens it to read it: only one that an older version wrote is written to. @throws StoreOpenError with a sentence for the user */
export async function openFileToRead({ path, clock, thorough }: FileOptions): Promise<Backing> {
  return backingOf(await openSqliteToRead(path, clock), thorough, bringUpToDate);
}

async function backingOf(
  file: SqliteFile,
  thorough: boolean,
  prepare: (db: Kysely<StoreTables>, file: SqliteFile) => Promise<void>,
): Promise<Backing> {
  const db = new Kysely<StoreTables>({ dialect: new SqliteFileDialect(file) });
  try {
    if (thorough) file.assertSound();
    await prepare(db, file);
  } catch (error) {
    file.close();
    throw toOpenError(error, file.path);
  }
  return {
    db,
    beside: (work) => db.transaction().execute(work),
    eventNumbers: null,
    path: file.path,
    isCurrent: () => file.isCurrent(),
    vacuum: (pages) => file.vacuum(pages),
    sharing: null,
    // Kysely itself has nothing to close.
    close: () => new Promise((resolve) => resolve(file.close())),
  };
}

/**
 * Brings a store that is only to be read up to date: one that is so already is not written to.
 * @throws StoreOpenError also for one that is not, where it may not be written to
 */
async function bringUpToDate(db: Kysely<StoreTables>, file: SqliteFile): Promise<void> {
  const { path, isReadOnly } = file;
  const store = { path, kind: 'file' } as const;
  if (file.tables().includes('schema_version') && (await versionIn(db, store)) === migrations.length) return;
  if (!isReadOnly) {
    await migrate(db, store);
    return;
  }
  throw new StoreOpenError(
    'no-access',
    `The store ${path} was written by an older fleet-migrate and must be brought up to date before it can be read, for which it must be written to; run fleet-migrate runs as its owner once, then again.`,
  );
}
