import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Clock } from '../../domain/ports/clock.js';
import { codeOf, readReason, sentence } from '../../domain/text/error-reason.js';
import { nameOf } from '../names/file-kind.js';
import type { Answer, FileSource } from '../source.js';
import { fileOnDisk } from './file-on-disk.js';

/** A folder that is served. */
export interface Folder extends FileSource {
  /** The names in the folder that this path lies in; none where there is none. As it was at most a second ago. @throws where it cannot be read */
  namesBeside(path: string): Promise<readonly string[]>;
}

/** How long (ms) names of a folder are good: somebody who asks for what is not there asks often. */
const namesMs = 1_000;

/** Errors that say that there is no such file, as opposed to one that cannot be reached. */
const noFile = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EINVAL']);
/** Errors that stay until somebody changes the file's rights; all others may pass. */
const forbidden = new Set(['EACCES', 'EPERM']);

/** Not through a link that was put there since, and without waiting for the other end of a pipe. Windows has neither. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Serves the files of a folder under their exact names. Links are followed within the folder only. It may vanish and come back.
 * @param root its path, absolute
 * @param say told when it vanishes, and when it is back
 */
export function folderSource(
  root: string,
  clock: Pick<Clock, 'monotonic'>,
  say: (line: string) => void = () => {},
): Folder {
  let isGone = false;
  const tell = (why: string | null): void => {
    if (isGone === (why !== null)) return;
    isGone = why !== null;
    say(
      why === null ? `The folder ${root} is back.` : `${sentence(why)} Nothing of it can be served until it is back.`,
    );
  };
  const known = new Map<string, { at: number; names: readonly string[] }>();
  const namesBeside = async (path: string): Promise<readonly string[]> => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const before = known.get(parent);
    if (before !== undefined && clock.monotonic() - before.at < namesMs) return before.names;
    const names = await namesIn(root, parent);
    if (known.size >= 64) known.clear();
    known.set(parent, { at: clock.monotonic(), names });
    return names;
  };
  const otherCase = async (path: string): Promise<string | null> => {
    const wanted = nameOf(path).toLowerCase();
    const other = (await namesBeside(path)).find((name) => name.toLowerCase() === wanted && !name.startsWith('.'));
    return other === undefined || other === nameOf(path)
      ? null
      : `${other} is there, and phones ask for the exact name: upper and lower case differ`;
  };
  return {
    namesBeside,
    open: async ({ path }) => {
      const answer = await openIn(root, path, tell);
      // It is not there, whatever else is.
      return answer.kind === 'absent' && answer.why === null
        ? { ...answer, why: await otherCase(path).catch(() => null) }
        : answer;
    },
  };
}

async function openIn(root: string, path: string, tell: (goneWhy: string | null) => void): Promise<Answer> {
  let base: string;
  try {
    base = await realpath(root);
  } catch (error) {
    const why = gone(root, error);
    const code = codeOf(error) ?? '';
    if (!noFile.has(code) && !forbidden.has(code)) return { kind: 'refused', status: 503, why };
    tell(why);
    return { kind: 'absent', why, unavailable: true };
  }
  tell(null);
  try {
    const real = await realpath(join(base, ...path.split('/')));
    if (!isWithin(base, real))
      return { kind: 'refused', status: 404, why: 'it is a link that leads out of the folder, and is not followed' };
    return await openFile(real);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (noFile.has(code)) return { kind: 'absent', why: null };
    return {
      kind: 'refused',
      status: forbidden.has(code) ? 403 : 503,
      why: `it is there and cannot be read (${readReason(error)})`,
    };
  }
}

async function openFile(path: string): Promise<Answer> {
  const handle = await open(path, openFlags);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return { kind: 'file', file: fileOnDisk(handle, stats), note: null };
    await handle.close();
    return { kind: 'absent', why: stats.isDirectory() ? 'it is a folder' : 'it is no regular file' };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function namesIn(root: string, parent: string): Promise<readonly string[]> {
  try {
    const base = await realpath(root);
    const real = await realpath(join(base, ...parent.split('/')));
    return isWithin(base, real) ? await readdir(real) : [];
  } catch (error) {
    if (noFile.has(codeOf(error) ?? '')) return [];
    throw error;
  }
}

function isWithin(base: string, path: string): boolean {
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
}

function gone(root: string, error: unknown): string {
  return codeOf(error) === 'ENOENT'
    ? `the folder ${root} is not there any more`
    : `the folder ${root} cannot be read (${readReason(error)})`;
}
