import { accessSync, closeSync, constants, openSync, readSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreOpenError } from '../store-error.js';
import { toOpenError } from '../sqlite/sqlite-problem.js';

/** How a SQLite file begins, once anything is in it. */
const header = 'SQLite format 3\0';

/**
 * Makes sure, before anything is contacted, that a store is at a path or can be made there. Existing files are not written to, and
 * nothing new remains; whether a store is intact is checked when it is opened.
 * @throws StoreOpenError with the message that opening it would give
 */
export function checkStorePath(path: string): void {
  refuseAddress(path);
  const file = resolve(path);
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return takeNewFile(dirname(file));
    refuseNoFile(path, found);
    if (found.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    accessSync(file, constants.W_OK);
    if (found.size > 0 && !isInUse(file) && beginningOf(file) !== header)
      throw Object.assign(new Error('file is not a database'), { code: 'SQLITE_NOTADB' });
  } catch (error) {
    throw toOpenError(error, file);
  }
}

/** @throws StoreOpenError for an address of a database server */
export function refuseAddress(path: string): void {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return;
  throw new StoreOpenError(
    'unsupported',
    `--db ${path} is an address; only the path of a file can be used as a store.`,
  );
}

/** @throws StoreOpenError for a pipe: opening one would wait for whoever writes into it */
export function refuseNoFile(path: string, found: { isFile(): boolean; isDirectory(): boolean }): void {
  if (found.isFile() || found.isDirectory()) return;
  throw new StoreOpenError('no-access', `--db ${path} is not a regular file; name another with --db.`);
}

/**
 * Tries whether a new file can be made in a folder, or in the nearest existing one above it: rights alone do not tell for `/proc`, a full
 * disk or a read-only one.
 * @throws what the file system throws
 */
export function takeNewFile(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found && dirname(folder) !== folder) return takeNewFile(dirname(folder));
  const trial = join(folder, `.fleet-migrate-trial.${process.pid}.tmp`);
  closeSync(openSync(trial, 'wx', 0o600));
  unlinkSync(trial);
}

/**
 * Whether SQLite keeps its files beside it: then it is a database, and in use maybe by this very process. To open and close it would end all locks
 * that this process has on it, and the next one to leave the store would take it for unused.
 */
function isInUse(file: string): boolean {
  return statSync(`${file}-shm`, { throwIfNoEntry: false }) !== undefined;
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(header.length);
    readSync(descriptor, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1');
  } finally {
    closeSync(descriptor);
  }
}
