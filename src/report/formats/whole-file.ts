import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeReason } from '../../domain/text/error-reason.js';
import { ownerOnly } from '../../domain/text/file-mode.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';

/** A file to be written for somebody, and the option that named it. */
export interface FileToWrite {
  /** As a sentence begins with it: `The report`. */
  what: string;
  path: string;
  option: string;
}

/**
 * Makes sure that a file can be written: a new one can be made in its folder (this is tried), and what is there is a file.
 *
 * @throws UsageError naming the path, what is wrong and what is possible.
 */
export async function checkWritable({ what, path, option }: FileToWrite): Promise<void> {
  const temporary = temporaryFor(await realpath(path).catch(() => path));
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // A pipe or a device would be replaced by a file, and its reader would wait forever.
    if (found && !found.isFile())
      throw new UsageError(`${what} ${path} is not a regular file; choose another with ${option}.`);
    await (await createAnew(temporary, ownerOnly)).close();
    await rm(temporary);
  } catch (error) {
    if (isUsageError(error)) throw error;
    throw new UsageError(
      `${what} cannot be written to ${path}: ${writeReason(error)}; choose another with ${option}.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Writes a file whole. A reader sees the earlier content or the whole new one, even after a power loss: it is written to a temporary file,
 * forced to disk and renamed. A symbolic link is followed.
 *
 * @param mode of the file, whatever the umask: it shows which phones exist and how they are reached
 * @throws an Error naming path and reason (`cause`: the system's) when it cannot be written.
 */
export async function writeWhole(
  { what, path }: Pick<FileToWrite, 'what' | 'path'>,
  pieces: Iterable<string | Uint8Array>,
  mode: number = ownerOnly,
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryFor(target);
  try {
    const file = await createAnew(temporary, mode);
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new Error(`${what} could not be written to ${path}: ${writeReason(error)}.`, { cause: error });
  }
}

function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

/** Opened exclusively, so that no link planted under the name is followed; an existing file is left from an earlier process. */
async function createAnew(path: string, mode: number): ReturnType<typeof open> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', mode);
  await file.chmod(mode);
  return file;
}

/** Makes the new name itself durable; errors of file systems that cannot sync a folder are ignored. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
