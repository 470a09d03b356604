import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { readReason } from '../../../domain/text/error-reason.js';
import { printable } from '../../../domain/text/printable.js';
import type { Check } from '../row.js';

/**
 * Why a folder cannot be served, as a sentence; `null` if it can.
 * @param asker what asks for it, as the user wrote it: `serve` or `--serve`
 */
export async function servedFolderProblem(root: string, asker: string): Promise<string | null> {
  const name = `${asker} ${printable(root, 200)}`;
  try {
    if (!(await stat(root)).isDirectory()) return `${name}: this is no folder; name the folder that the files are in.`;
    await access(root, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `${name}: the folder cannot be served (${readReason(error)}).`;
  }
}

/** A folder that can be served. */
export const servedFolderCheck: Check = (path) => servedFolderProblem(path, '--serve');
