import { closeSync, openSync } from 'node:fs';
import { UsageError } from '../domain/usage-error.js';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'we may not write there',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'we may not write there',
  EROFS: 'the file system is read-only',
};

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
      `The log file ${path} cannot be written: ${reasonOf(error)}; choose another with --log-file.`,
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

/** Why a file could not be opened or written, for people; an unusual reason is given by its code. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  return reasons[code] ?? code;
}
