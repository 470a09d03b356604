import { closeSync, openSync } from 'node:fs';
import { writeReason } from '../domain/error-reason.js';
import { UsageError } from '../domain/usage-error.js';

/**
 * Opens a log file for appending and answers its descriptor.
 *
 * @throws UsageError naming the file and the reason when it cannot be opened.
 */
export function openLogFile(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new UsageError(
      `The log file ${path} cannot be written: ${writeReason(error)}; choose another with --log-file.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Makes sure, before anything is contacted, that a log file can be written; an empty file is left behind.
 *
 * @throws UsageError naming the file and the reason.
 */
export function checkLogPath(path: string): void {
  closeSync(openLogFile(path));
}
