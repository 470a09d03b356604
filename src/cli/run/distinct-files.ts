import { type BigIntStats, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A file that a run writes or reads, and the option that names it. */
export interface NamedFile {
  /** The option as it is told: `--db`, or with the place where it was set. */
  option: string;
  path: string;
}

/** What SQLite keeps beside the store. */
const besideTheStore = ['-wal', '-shm', '-journal'];

/** The files of a store: its own, and those beside it. */
export function filesOfStore(store: NamedFile): NamedFile[] {
  return ['', ...besideTheStore].map((ending) => ({ ...store, path: store.path + ending }));
}

/**
 * What a run writes must be different files, however their paths are written, and none of those that it reads: one would overwrite the
 * other. Answers one sentence for each that is not, naming both options.
 * @param read what the run reads; a name that is no path of a file does no harm
 */
export function sameFiles(
  written: readonly NamedFile[],
  read: readonly NamedFile[] = [],
  platform: NodeJS.Platform = process.platform,
): string[] {
  const problems: string[] = [];
  const seen = new Map<string, NamedFile>();
  for (const file of written) {
    const names = namesOf(file.path, platform);
    const other = names.flatMap((name) => seen.get(name) ?? [])[0];
    if (other)
      problems.push(
        `${other.option} ${other.path} and ${file.option} ${file.path} are the same file; name another for one of them.`,
      );
    for (const name of names) seen.set(name, other ?? file);
  }
  // The same file may be read twice.
  for (const file of read) {
    const other = namesOf(file.path, platform).flatMap((name) => seen.get(name) ?? [])[0];
    if (other)
      problems.push(
        `${other.option} ${other.path} would be written over ${file.option} ${file.path}; name another file with ${other.option}.`,
      );
  }
  return problems;
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
