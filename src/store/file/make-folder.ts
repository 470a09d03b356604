import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../domain/text/error-reason.js';

/**
 * Makes a folder and those above it, if they do not exist. Node's own `recursive` loops forever where an existing folder takes no new one
 * and gives no reason (`/proc`); this one fails.
 * @param mode the rights of new folders, before the umask
 * @throws what the file system throws
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path), mode);
    mkdirSync(path, mode);
  }
}
