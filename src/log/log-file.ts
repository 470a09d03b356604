import { fchmodSync, openSync, statSync } from 'node:fs';
import { writeReason } from '../domain/text/error-reason.js';
import { ownerOnly } from '../domain/text/file-mode.js';
import { UsageError } from '../domain/text/usage-error.js';

/**
 * Opens a log file for appending and answers its descriptor. A new one has the mode given, whatever the umask; one that is there keeps its
 * rights.
 *
 * @throws UsageError naming the file and the reason when it cannot be opened.
 */
export function openLogFile(path: string, mode: number = ownerOnly): number {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    // Opening a pipe would wait for whoever reads it. A terminal or /dev/null is fine.
    if (found && !found.isFile() && !found.isCharacterDevice())
      throw Object.assign(new Error('no file'), { code: found.isDirectory() ? 'EISDIR' : 'it is no ordinary file' });
    const file = openSync(path, 'a', mode);
    if (!found) fchmodSync(file, mode);
    return file;
  } catch (error) {
    throw new UsageError(
      `The log file ${path} cannot be written: ${writeReason(error)}; choose another with --log-file.`,
      {
        cause: error,
      },
    );
  }
}
