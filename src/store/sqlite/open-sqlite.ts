import { access, constants, open, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import { refuseAddress, refuseNoFile } from '../file/check-path.js';
import { makeFolder } from '../file/make-folder.js';
import { StoreOpenError } from '../store-error.js';
import { SqliteFile, type SqliteFileOptions } from './sqlite-file.js';
import { isBusy, toOpenError, toReadError } from './sqlite-problem.js';

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
    if (found?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // What is there is not opened here: closing it again would end the locks of this process's other connections to it.
    if (found) await access(file, constants.R_OK | constants.W_OK);
    else await (await open(file, 'a', 0o600)).close();
  } catch (error) {
    throw toOpenError(error, file);
  }
  return ofOurs(file, clock, options, toOpenError);
}

/**
 * Opens an existing SQLite file to read it, and makes nothing. Where file and folder may be written to it is opened as usual, since SQLite
 * then keeps its own files beside it.
 * @throws StoreOpenError
 */
export async function openSqliteToRead(path: string, clock: Clock): Promise<SqliteFile> {
  refuseAddress(path);
  try {
    const file = await realpath(resolve(path));
    const found = await stat(file);
    refuseNoFile(path, found);
    // One that a run is just making is empty for a moment.
    if (found.isFile() && found.size === 0)
      throw new StoreOpenError(
        'not-a-store',
        `The store ${path} is empty: no run is kept in it yet; name another file with --db.`,
      );
    if (found.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    await access(file, constants.R_OK);
    const readOnly = !((await isWritable(file)) && (await isWritable(dirname(file))));
    return await ofOurs(file, clock, { reads: true, readOnly }, readOnly ? toReadError : toOpenError);
  } catch (error) {
    throw toReadError(error, resolve(path));
  }
}

function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function ofOurs(
  file: string,
  clock: Clock,
  options: SqliteFileOptions,
  asError: (error: unknown, path: string) => Error,
): Promise<SqliteFile> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const opened = new SqliteFile(file, options);
      if (!opened.isOfAnotherProgram()) return opened;
      opened.close();
    } catch (error) {
      if (!isBusy(error) || attempt >= attempts) throw asError(error, file);
      await sleep(clock, pauseMs);
      continue;
    }
    throw new StoreOpenError(
      'not-a-store',
      `${file} is a database of another program; name another file with --db, or leave --db out.`,
    );
  }
}
