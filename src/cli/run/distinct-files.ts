import { type BigIntStats, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../domain/text/usage-error.js';

/** A file that a run writes or reads, and the option that names it. */
export interface NamedFile {
  option: string;
  path: string;
}

/** What SQLite keeps beside the store. */
const besideTheStore = ['-wal', '-shm', '-journal'];

/**
 * Makes sure that store, reports and log are different files, however their paths are written, and none of those that the run reads: one
 * would overwrite the other.
 * @param read what the run reads; a name that is no path of a file does no harm
 * @throws UsageError naming both options
 */
export function refuseSameFiles(
  db: string,
  reports: readonly string[],
  log: string | null,
  read: readonly NamedFile[] = [],
  platform: NodeJS.Platform = process.platform,
): void {
  const files: NamedFile[] = [
    ...['', ...besideTheStore].map((ending) => ({ option: '--db', path: db + ending })),
    ...reports.map((path) => ({ option: '--report', path })),
    ...(log === null ? [] : [{ option: '--log-file', path: log }]),
  ];
  const seen = new Map<string, NamedFile>();
  for (const file of files) {
    for (const name of namesOf(file.path, platform)) {
      const other = seen.get(name);
      if (other && other !== file)
        throw new UsageError(
          `${other.option} ${other.path} and ${file.option} ${file.path} are the same file; name another for one of them.`,
        );
      seen.set(name, file);
    }
  }
  // The same file may be read twice.
  for (const file of read) {
    const other = namesOf(file.path, platform).flatMap((name) => seen.get(name) ?? [])[0];
    if (other)
      throw new UsageError(
        `${other.option} ${other.path} would be written over ${file.option} ${file.path}; name another file with ${other.option}.`,
      );
  }
}

/** By what a file is known: its place on the disk where it is there, else its path with all links followed. */
function namesOf(path: string, platform: NodeJS.Platform): string[] {
  const found = statOf(path);
  let real: string;
  try {
    real = found ? realpathSync(path) : whereItWillBe(path);
  } catch {
    real = resolve(path);
  }
  // A terminal or /dev/null may be named twice.
  if (found?.isCharacterDevice()) return [];
  // Windows and macOS take names that differ by capitals only for the same, also of what is not there yet.
  const name = platform === 'win32' || platform === 'darwin' ? real.toLowerCase() : real;
  return [name, ...(found ? [`${found.dev}:${found.ino}`] : [])];
}

/** What cannot be looked at is found by whoever opens it. */
function statOf(path: string): BigIntStats | undefined {
  try {
    // As whole numbers: those of Windows are longer than what a number holds exactly, and two files would look like one.
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Longer chains of links are refused by systems, too. */
const mostLinks = 40;

/** The path that a file will have which is not there yet: a link may lead to it already. */
function whereItWillBe(path: string): string {
  let at = path;
  for (let links = 0; links < mostLinks; links += 1) {
    const folder = realpathSync(resolve(dirname(at)));
    at = join(folder, basename(at));
    try {
      at = resolve(folder, readlinkSync(at));
    } catch {
      return at;
    }
  }
  return at;
}
