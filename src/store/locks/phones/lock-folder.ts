import { closeSync, fchmodSync, chmodSync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from '../../../domain/text/error-reason.js';
import { makeFolder } from '../../file/make-folder.js';

/**
 * Shared folders to try, in order, so that runs of all users find the same locks. Not a user's own runtime folder ($XDG_RUNTIME_DIR): cron
 * jobs have none. And the choice must not depend on what this user may write, or two users would use different folders.
 */
const meetingPlaces = ['/run/lock', '/dev/shm', '/tmp'] as const;

/** Everyone may create files there, and nobody may delete those of others. */
const forEverybody = 0o1002;

/**
 * The folder where the runs of this machine keep their locks unless one is named. Windows has no folder where all users may change what one
 * of them has made: there it is one per user, and runs of several users need `--lock-folder`.
 */
export function usualLockFolder(
  places: readonly string[] = meetingPlaces,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return join(tmpdir(), 'fleet-migrate');
  const place = places.find((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() === true && (found.mode & forEverybody) === forEverybody;
  });
  return join(place ?? tmpdir(), 'fleet-migrate');
}

/** The file with the locks; the number is its format, and runs of other formats do not see it. */
export function lockFileIn(folder: string): string {
  return join(folder, 'locks-1.db');
}

/**
 * Makes the folder and its file if they do not exist. The usual folder and its content are open to everybody; a folder that somebody chose
 * keeps its rights, and its file gets the same.
 * @throws what the file system throws
 */
export function makeLockFolder(folder: string, isUsual: boolean): void {
  if (isUsual) mkdirForEverybody(folder);
  else makeFolder(folder);
  const mode = statSync(folder).mode & 0o666;
  const path = lockFileIn(folder);
  try {
    const file = openSync(path, 'wx', mode);
    // Whatever the umask of the first user.
    fchmodSync(file, mode);
    closeSync(file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (!lstatSync(path).isFile()) throw Object.assign(new Error('no file'), { code: 'it is no file' });
}

function mkdirForEverybody(folder: string): void {
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  // A link could redirect our files to wherever another user chooses.
  if (!lstatSync(folder).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
}
