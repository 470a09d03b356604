import { open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import { refuseAddress, refuseNoFile } from '../file/check-path.js';
import { makeFolder } from '../file/make-folder.js';
import { StoreOpenError } from '../store-error.js';
import { SqliteFile, type SqliteFileOptions } from './sqlite-file.js';
import { isBusy, toOpenError } from './sqlite-problem.js';

/** Two processes that make the same file at once can hinder each other in ways that SQLite itself does not wait for. */
const attempts = 50;
const pauseMs = 100;

/**
 * Opens a SQLite file, made if there is none: the folder for its owner only (0700), the file too (0600), since it tells what phones there
 * are and how they are reached. What exists keeps its rights.
 * @throws StoreOpenError
 */
export async function openSqlite(path: string, clock: Clock, options: SqliteFileOptions): Promise<SqliteFile> {
  refuseAddress(path);
  // Also keeps libsql from reading the text as one of its own addresses.
  const file = resolve(path);
  try {
    makeFolder(dirname(file), 0o700);
    const found = await stat(file).catch(() => null);
    if (found) refuseNoFile(path, found);
    await (await open(file, 'a', 0o600)).close();
  } catch (error) {
    throw toOpenError(error, file);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const opened = new SqliteFile(file, options);
      if (!opened.isOfAnotherProgram()) return opened;
      opened.close();
    } catch (error) {
      if (!isBusy(error) || attempt >= attempts) throw toOpenError(error, file);
      await sleep(clock, pauseMs);
      continue;
    }
    throw new StoreOpenError(
      'not-a-store',
      `${file} is a database of another program; name another file with --db, or leave --db out.`,
    );
  }
}
