import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../domain/text/error-reason.js';

/**
 * Makes a folder and those above it, where they are not there. Unlike Node's own `recursive`, it ends where a folder is there and takes
 * no new one without a reason (`/proc`): that one asks for ever.
 * @param mode the rights of what is made, before the umask
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
