import { accessSync, closeSync, constants, fchmodSync, openSync, statSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeReason } from '../domain/text/error-reason.js';
import { ownerOnly } from '../domain/text/file-mode.js';
import { UsageError } from '../domain/text/usage-error.js';

/**
 * Opens a log file for appending and returns its descriptor. A new file gets the given mode, whatever the umask; an existing one keeps its
 * mode.
 *
 * @throws UsageError naming the file and the reason when it cannot be opened.
 */
export function openLogFile(path: string, mode: number = ownerOnly): number {
  return orUsageError(path, () => {
    const found = fileAt(path);
    const file = openSync(path, 'a', mode);
    if (!found) fchmodSync(file, mode);
    return file;
  });
}

/**
 * Makes sure, before anything is contacted, that a log can be appended to a path. An existing file is not changed, and nothing is left
 * behind.
 * @throws UsageError naming the file and the reason
 */
export function checkLogFile(path: string): void {
  orUsageError(path, () => {
    if (fileAt(path)) return accessSync(path, constants.W_OK);
    // Rights alone do not tell for a full or read-only disk.
    const trial = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    closeSync(openSync(trial, 'wx', ownerOnly));
    unlinkSync(trial);
  });
}

/** Opening a pipe would wait for whoever reads it. A terminal or /dev/null is fine. @throws an Error with a code for anything but a file */
function fileAt(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile() && !found.isCharacterDevice())
    throw Object.assign(new Error('no file'), { code: found.isDirectory() ? 'EISDIR' : 'it is not a regular file' });
  return found !== undefined;
}

function orUsageError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UsageError(
      `The log file ${path} cannot be written: ${writeReason(error)}; choose another with --log-file.`,
      { cause: error },
    );
  }
}
