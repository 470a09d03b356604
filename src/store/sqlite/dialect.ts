import { type Driver, SqliteDialect, SqliteDriver } from 'kysely';
import type { SqliteFile } from './sqlite-file.js';

/** Kysely's SQLite over our file, with transactions that take the write lock when they begin. */
export class SqliteFileDialect extends SqliteDialect {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    super({ database: file });
    this.#file = file;
  }

  override createDriver(): Driver {
    return new SqliteFileDriver(this.#file);
  }
}

class SqliteFileDriver extends SqliteDriver {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    super({ database: file });
    this.#file = file;
  }

  override beginTransaction(): Promise<void> {
    return new Promise((resolve) => resolve(this.#file.begin()));
  }

  override commitTransaction(): Promise<void> {
    return new Promise((resolve) => resolve(this.#file.commit()));
  }

  override rollbackTransaction(): Promise<void> {
    return new Promise((resolve) => resolve(this.#file.rollback()));
  }
}
