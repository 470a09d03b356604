import { closeSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../../domain/text/error-reason.js';

/** More than any file of settings, passwords or certificates has: what goes on beyond it (`/dev/zero`) would never end. */
const mostBytes = 16 * 1024 * 1024;
const pieceBytes = 64 * 1024;

/** The text of a small file, as UTF-8. @throws Error with a `code` as Node's have; `EFBIG` for a file that is too large */
export function readTextFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let length = 0; length <= mostBytes;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const count = readSync(file, piece);
      if (count === 0) return Buffer.concat(pieces).toString('utf8');
      pieces.push(piece.subarray(0, count));
      length += count;
    }
  } finally {
    closeSync(file);
  }
  throw Object.assign(new Error(`${path} is too large`), { code: 'EFBIG' });
}

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'this is a folder, not a file',
  EFBIG: 'it is larger than any such file',
};

/** Why a file cannot be read, in a few words. */
export function unreadable(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return fileProblems[code] ?? `it cannot be read (${code})`;
}
