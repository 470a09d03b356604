import { accessSync, constants, statSync } from 'node:fs';
import { takeNewFile } from '../../file/check-path.js';
import { lockFolderError } from './open-phone-locks.js';

/**
 * Makes sure, before anything is contacted, that locks can be kept in a folder, which need not exist yet. Leaves nothing behind.
 * @throws UsageError with the message that opening the locks would give
 */
export function checkLockFolder(folder: string): void {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (!found) return takeNewFile(folder);
    if (!found.isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw lockFolderError(error, folder);
  }
}
