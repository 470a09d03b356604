import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { codeOf } from '../../domain/text/error-reason.js';
import { StoreError, StoreOpenError } from '../store-error.js';
import { InPlace } from './in-place.js';
import { toStoreError } from './sqlite-problem.js';

/**
 * What else a connection is set to, and why:
 * - `synchronous=FULL`: a commit is on disk before it returns, so an intent survives a power loss. With NORMAL the store would stay intact
 *   but lose its last commits, and a phone could be written to twice. In a store all commits are made that way, also those that nothing
 *   depends on; only the file of phone locks switches it off (see `durably`), as the sync is most of a commit's cost.
 * - `fullfsync`: on macOS a plain fsync leaves data in the drive's own cache; elsewhere it does nothing.
 * - `foreign_keys`: off by default in SQLite; no event or target without its run.
 * - `journal_size_limit`: cuts the log file back to 16 MB after a burst.
 * - `trusted_schema`: a file planted by another user may hold data, but its views and triggers call no function with effects outside.
 */
const pragmas = [
  'synchronous = FULL',
  'fullfsync = ON',
  'foreign_keys = ON',
  'journal_size_limit = 16777216',
  'trusted_schema = OFF',
];

/** The log file goes into the store when it has so many pages (of 4 KiB). */
const usualCheckpointPages = 8_000;

/** How long to wait for another process's transaction (ms). Ours are short, and waiting is better than failing. */
const usualBusyTimeoutMs = 5_000;

export interface SqliteFileOptions {
  /** The most pages (of 4 KiB) that the file may have. */
  maxPages?: number | undefined;
  busyTimeoutMs?: number | undefined;
  checkpointPages?: number | undefined;
  /** For one who only reads, and leaves the log file to those who write. Default: no. */
  reads?: boolean | undefined;
  /** For a file that may be read and not written to. Default: no. */
  readOnly?: boolean | undefined;
}

/** More than the store has different statements; beyond it the oldest is forgotten. */
const maxStatements = 200;

/**
 * A SQLite file as Kysely's dialect wants it. It keeps prepared statements, and guards against two faults of libsql (0.5):
 * - A prepared statement that meets a lock stays half-done, and later writes of the connection are then never committed, without an error.
 *   `exec` does not do that. So transactions are begun and ended by `exec` and take the write lock at once, and a prepared write outside of
 *   one is refused: inside, it cannot meet a lock.
 * - A boolean as a parameter ends the whole process. So parameters are checked first.
 */
export class SqliteFile implements SqliteDatabase {
  /** Whether it was opened only to be read. */
  readonly isReadOnly: boolean;
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, SqliteStatement>();
  readonly #inPlace: InPlace;
  /** What the file was like when it was opened as one that nobody writes to; `null`: what others write is seen. */
  readonly #restedAs: string | null;
  readonly #reads: boolean;
  #open = true;
  #durable = true;

  /** Opens or makes the file. @throws what libsql throws; see `toOpenError` */
  constructor(
    readonly path: string,
    {
      maxPages,
      busyTimeoutMs = usualBusyTimeoutMs,
      checkpointPages = usualCheckpointPages,
      reads = false,
      readOnly = false,
    }: SqliteFileOptions = {},
  ) {
    // Taken first: what is written from here on makes it another.
    const version = versionAt(path);
    this.#restedAs = readOnly && isAtRest(path) ? version : null;
    this.#db = new Libsql(this.#restedAs === null ? path : `${pathToFileURL(path).href}?immutable=1`);
    this.#inPlace = new InPlace(path);
    this.isReadOnly = readOnly;
    this.#reads = reads;
    // First of all, since what follows may already have to wait.
    this.#set(`busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    if (readOnly) {
      for (const pragma of ['query_only = ON', 'trusted_schema = OFF']) this.#set(pragma);
      return;
    }
    // Lets pruning give pages back in small steps. It must be set before the first table is made; set later, it is a write.
    if (this.#ask('page_count') === 0) this.#set('auto_vacuum = INCREMENTAL');
    // A reader (a report, another run's look) never stops the writer, and a commit is one append to one file.
    if (this.#ask('journal_mode = WAL') !== 'wal') {
      throw new StoreOpenError(
        'no-access',
        `The store ${path} lies on a file system without shared memory (a network drive?); name a file on a local disk with --db.`,
      );
    }
    for (const pragma of pragmas) this.#set(pragma);
    this.#set(`wal_autocheckpoint = ${Math.trunc(checkpointPages)}`);
    if (maxPages !== undefined) this.#set(`max_page_count = ${Math.trunc(maxPages)}`);
  }

  /** A statement, prepared once for the same text. */
  prepare(sql: string): SqliteStatement {
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = this.#guarded(sql);
    // What changes the schema runs once.
    if (/^(create|alter|drop)\b/i.test(sql)) return statement;
    if (this.#statements.size >= maxStatements) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  /**
   * Begins a transaction that takes the write lock at once, so that nothing it has read can change before it writes.
   * @throws StoreError also when the file is no longer at its path
   */
  begin(): void {
    this.#attempt(() => {
      this.#inPlace.check();
      this.#db.exec('BEGIN IMMEDIATE');
    });
  }

  /**
   * Whether the next commits are on disk before they return. If not, they survive a crash of the process, and a power loss takes only those
   * since the last commit that was: never one from between, and never half of one.
   */
  durably(yes: boolean): void {
    if (yes === this.#durable) return;
    this.#attempt(() => this.#set(`synchronous = ${yes ? 'FULL' : 'NORMAL'}`));
    this.#durable = yes;
  }

  /** Reads the whole file once and makes sure that it is not damaged: about a second per gigabyte. @throws StoreOpenError */
  assertSound(): void {
    const problem = this.#ask('integrity_check(1)');
    if (problem === 'ok') return;
    throw new StoreOpenError(
      'damaged',
      `The store ${this.path} is damaged (${String(problem).replace(/\s+/g, ' ').slice(0, 120)}); move it away, with its -wal and -shm, and run again: a new one is made, and the report files of earlier runs hold what it knew.`,
    );
  }

  /** Makes sure that the file is still the one at its path. @throws StoreError */
  assertInPlace(): void {
    this.#attempt(() => this.#inPlace.check());
  }

  /** Checks again that the file is still at its path: what is in a file that nobody will find is not on record. @throws StoreError */
  commit(): void {
    this.#attempt(() => {
      this.#db.exec('COMMIT');
      this.#inPlace.check();
    });
  }

  /** Undoes the transaction; SQLite may have done so itself, such as on a full disk. */
  rollback(): void {
    if (this.#open && this.#db.inTransaction) this.#attempt(() => this.#db.exec('ROLLBACK'));
  }

  /** Whether what is read of it is what is at its path now: some microseconds. */
  isCurrent(): boolean {
    if (this.#restedAs === null) return this.#inPlace.isSo();
    return isAtRest(this.path) && versionAt(this.path) === this.#restedAs;
  }

  /** Gives up to this many free pages back to the file system. @returns how many are still free */
  vacuum(pages: number): number {
    return this.#attempt(() => {
      this.#db.exec(`PRAGMA incremental_vacuum(${Math.trunc(pages)})`);
      return Number(this.#ask('freelist_count'));
    });
  }

  /** Whether there are tables, but not the one of ours that holds the schema's version. */
  isOfAnotherProgram(): boolean {
    const names = this.tables();
    return names.length > 0 && !names.includes('schema_version');
  }

  /** The names of its tables. */
  tables(): string[] {
    const rows = this.#attempt(
      () => this.#db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[],
    );
    return rows.map(({ name }) => name);
  }

  /** Moves what is in the log file into the store, unless it only reads, and closes it. Statements that libsql has not let go of yet keep the log file's name. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#statements.clear();
    // SQLite would delete what another process has put there since.
    if (this.#inPlace.besideLost) return;
    try {
      // A run's commits would have to wait for it.
      if (!this.#reads) this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Everything committed is safe in the log file, and the next process to open the store does this.
    }
    this.#db.close();
  }

  #set(pragma: string): void {
    this.#db.exec(`PRAGMA ${pragma}`);
  }

  /** The first value of a pragma's result. */
  #ask(pragma: string): unknown {
    const [row] = this.#db.prepare(`PRAGMA ${pragma}`).all() as Record<string, unknown>[];
    return Object.values(row ?? {})[0];
  }

  #guarded(sql: string): SqliteStatement {
    const statement = this.#attempt(() => this.#db.prepare(sql));
    const reads = /^(select|pragma)\b/i.test(sql);
    const check = (parameters: readonly unknown[]): unknown[] => {
      if (!reads && !this.#db.inTransaction) throw new Error(`a write outside of a transaction: ${sql}`);
      if (parameters.some((value) => typeof value === 'boolean'))
        throw new TypeError(`a boolean as a parameter: ${sql}`);
      return parameters as unknown[];
    };
    return {
      reader: statement.reader,
      all: (parameters) => this.#attempt(() => statement.all(check(parameters) as never)),
      run: (parameters) => this.#attempt(() => statement.run(check(parameters) as never)),
      iterate: () => {
        throw new Error('a statement that is kept is not read bit by bit');
      },
    };
  }

  #attempt<T>(work: () => T): T {
    // A prepared statement would still work after close(), on a file that is no longer ours.
    if (!this.#open) throw new StoreError('store-broken', `The store ${this.path} is closed.`);
    try {
      return work();
    } catch (error) {
      if (codeOf(error)?.startsWith('SQLITE_')) throw toStoreError(error, this.path);
      throw error;
    }
  }
}

/**
 * Whether all of a file is in the file itself: no process has it open, and none that died has left commits beside it. SQLite reads such a
 * file without making its own files beside it only if told that nobody writes to it meanwhile; a run that begins right now writes beside it.
 */
function isAtRest(path: string): boolean {
  const sizeOf = (beside: string): number | null =>
    statSync(`${path}${beside}`, { throwIfNoEntry: false })?.size ?? null;
  return sizeOf('-shm') === null && (sizeOf('-wal') ?? 0) === 0;
}

/** What tells a file from every other, and from itself before it was written to. */
function versionAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}` : '';
}
