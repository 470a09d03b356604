import { codeOf } from '../../domain/text/error-reason.js';
import { isStoreError, StoreError, StoreOpenError } from '../store-error.js';

/** SQLite's primary result codes that have a meaning of their own here (sqlite.org/rescode.html). */
const primary: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
};

/** What SQLite or libsql threw: an extended result code by name, such as `SQLITE_IOERR_FSYNC`, or none from libsql itself. */
export function sqliteCode(error: unknown): string {
  const code = codeOf(error);
  const { message } = error as { message?: unknown };
  // Extended codes that libsql has no name for: the lowest byte is the primary one.
  const unnamed = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code ?? '');
  if (unnamed) return primary[Number(unnamed[1]) & 0xff] ?? `SQLITE_${unnamed[1]}`;
  if (code !== null && code !== '') return code;
  // For a file that cannot be opened, the message ends in SQLite's code.
  return typeof message === 'string' && /unable to open/i.test(message) ? 'SQLITE_CANTOPEN' : 'unknown error';
}

function textOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  return `${sqliteCode(error)}${typeof message === 'string' ? `: ${message}` : ''}`;
}

/** Whether another connection held the store for longer than the busy timeout. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error)) || codeOf(error) === 'store-busy';
}

/** The error of a store in use, for what SQLite threw at `path`. */
export function toStoreError(error: unknown, path: string): StoreError {
  const code = sqliteCode(error);
  const cause = { cause: error };
  if (code.startsWith('SQLITE_FULL')) {
    const text = `The store ${path} cannot grow, the disk is full; free some space, then fleet-migrate resume goes on with it.`;
    return new StoreError('store-full', text, cause);
  }
  if (isBusy(error)) {
    const text = `The store ${path} was locked by another process for too long; find out which one uses it, then fleet-migrate resume goes on with it.`;
    return new StoreError('store-busy', text, cause);
  }
  if (/^SQLITE_(IOERR|READONLY)/.test(code)) {
    const text = `The store ${path} cannot be written (${textOf(error)}); check the disk (full? read-only? broken?) and the permissions of the file, then fleet-migrate resume goes on with it.`;
    return new StoreError('store-broken', text, cause);
  }
  return new StoreError(
    'store-broken',
    `The store ${path} cannot be used (${textOf(error)}); check the disk and the permissions of the file.`,
    cause,
  );
}

/** The error of a store that cannot be opened to read it. */
export function toReadError(error: unknown, path: string): Error {
  if (error instanceof StoreOpenError) return error;
  const original = isStoreError(error) ? error.cause : error;
  const code = sqliteCode(original);
  const cause = { cause: error };
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(code)) {
    const text = `The store ${path} cannot be read by a user who may not write beside it: what a run has left there (${path}-wal, ${path}-shm) has to be readable, too, or to be put away by its owner with fleet-migrate runs.`;
    return new StoreOpenError('no-access', text, cause);
  }
  if (code === 'EISDIR')
    return new StoreOpenError('no-access', `The store ${path} is a folder; name the file in it with --db.`, cause);
  if (/^E(ACCES|PERM)$/.test(code)) {
    const text = `The store ${path} cannot be read (${code}); run this as the user of the job, let that user permit it (the folder, too), or name another file with --db.`;
    return new StoreOpenError('no-access', text, cause);
  }
  return toOpenError(error, path);
}

/** The error of a store that cannot be opened, for what SQLite or the file system threw. */
export function toOpenError(error: unknown, path: string): Error {
  if (error instanceof StoreOpenError) return error;
  const original = isStoreError(error) ? error.cause : error;
  const code = sqliteCode(original);
  const cause = { cause: error };
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new StoreOpenError(
      'not-a-store',
      `${path} is not a store of fleet-migrate, or is damaged (${code}); name another file with --db, or move this one away.`,
      cause,
    );
  }
  if (/^(SQLITE_READONLY|EROFS)/.test(code)) {
    const text = `The store ${path} is read-only (${code}); make file and folder writable, or name another file with --db.`;
    return new StoreOpenError('no-access', text, cause);
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) {
    const text = `The store ${path} cannot grow, the disk is full (${code}); free some space, or name another file with --db.`;
    return new StoreOpenError('full', text, cause);
  }
  if (isBusy(original)) {
    const text = `The store ${path} is locked by another process; find out which one uses it, or name another file with --db.`;
    return new StoreOpenError('busy', text, cause);
  }
  // Every other error of the file system or SQLite is about access; anything else is a bug and must show as one.
  if (!/^(SQLITE_|E[A-Z]+$)/.test(code)) return error as Error;
  return new StoreOpenError(
    'no-access',
    `The store ${path} cannot be opened for writing (${/^E/.test(code) ? code : textOf(original)}); check the path and its permissions, or name another file with --db.`,
    cause,
  );
}
