import { type BigIntStats, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAddress } from '../../store/place.js';
import { basename, dirname, join, resolve } from 'node:path';

/** A file that a run writes or reads, and the option that names it. */
export interface NamedFile {
  /** The option as shown: `--db`, or with the place where it was set. */
  option: string;
  path: string;
}

/** Endings of the files that SQLite keeps beside the store. */
const besideTheStore = ['-wal', '-shm', '-journal'];

/** The files of a store: its own, and those beside it; none of one in a database. */
export function filesOfStore(store: NamedFile): NamedFile[] {
  if (isAddress(store.path)) return [];
  return ['', ...besideTheStore].map((ending) => ({ ...store, path: store.path + ending }));
}

/**
 * The files that a run writes must differ from each other and from those it reads, however their paths are spelled: one would
 * overwrite the other. Returns one sentence for each clash, naming both options.
 * @param read what the run reads; names that are not file paths are harmless
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

/** A file's identity: its place on the disk if it exists, else its path with all links followed. */
function namesOf(path: string, platform: NodeJS.Platform): string[] {
  const found = statOf(path);
  const real = realPathOf(path, found !== undefined);
  // A terminal or /dev/null may be named twice.
  if (found?.isCharacterDevice()) return [];
  // On Windows and macOS names that differ only by case are the same file, even before it exists.
  const name = platform === 'win32' || platform === 'darwin' ? real.toLowerCase() : real;
  return [name, ...(found ? [`${found.dev}:${found.ino}`] : [])];
}

/** The path with all links followed, also of a file that is not there yet; one that cannot be followed as it is written. */
export function realPathOf(path: string, isThere = statOf(path) !== undefined): string {
  try {
    return isThere ? realpathSync(path) : whereItWillBe(path);
  } catch {
    return resolve(path);
  }
}

/** `undefined` for a file that cannot be examined: opening it reports why. */
function statOf(path: string): BigIntStats | undefined {
  try {
    // As bigints: Windows numbers are too long for a number to hold exactly, and two files would look like one.
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Operating systems refuse longer chains of links, too. */
const mostLinks = 40;

/** The path of a file that does not exist yet: a link may lead to it already. */
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
