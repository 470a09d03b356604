import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../domain/usage-error.js';

/** A file that a run writes, and the option that names it. */
export interface NamedFile {
  option: string;
  path: string;
}

/** What SQLite keeps beside the store. */
const besideTheStore = ['-wal', '-shm', '-journal'];

/**
 * Makes sure that store, reports and log are different files, however their paths are written: one would overwrite the other.
 * @throws UsageError naming both options
 */
export function refuseSameFiles(db: string, reports: readonly string[], log: string | null): void {
  const files: NamedFile[] = [
    ...['', ...besideTheStore].map((ending) => ({ option: '--db', path: db + ending })),
    ...reports.map((path) => ({ option: '--report', path })),
    ...(log === null ? [] : [{ option: '--log-file', path: log }]),
  ];
  const seen = new Map<string, NamedFile>();
  for (const file of files) {
    for (const name of namesOf(file.path)) {
      const other = seen.get(name);
      if (other && other !== file)
        throw new UsageError(
          `${other.option} ${other.path} and ${file.option} ${file.path} are the same file; name another for one of them.`,
        );
      seen.set(name, file);
    }
  }
}

/** By what a file is known: its place on the disk where it is there, else its path with all links followed. */
function namesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  const folder = resolve(dirname(path));
  let real: string;
  try {
    real = found ? realpathSync(path) : join(realpathSync(folder), basename(path));
  } catch {
    real = resolve(path);
  }
  // A terminal or /dev/null may be named twice.
  if (found?.isCharacterDevice()) return [];
  return [real, ...(found ? [`${found.dev}:${found.ino}`] : [])];
}
