import { TextDecoder } from 'node:util';
import { UsageError } from '../../domain/text/usage-error.js';
import type { InventoryIo } from '../io.js';

/**
 * The text of a file, piece by piece, without a byte order mark.
 * @throws UsageError when the file cannot be read or is not UTF-8: a garbled site name would end up in every report
 */
export async function* fileText(
  path: string,
  io: Pick<InventoryIo, 'readFile'>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of pieces(path, io)) yield decode(decoder, piece, path);
  yield decode(decoder, null, path);
}

async function* pieces(path: string, io: Pick<InventoryIo, 'readFile'>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  try {
    for await (const piece of io.readFile(path)) yield typeof piece === 'string' ? encoder.encode(piece) : piece;
  } catch (error) {
    throw new UsageError(`${path}: the file cannot be read (${reasonOf(error)}); check the path and its permissions.`, {
      cause: error,
    });
  }
}

function decode(decoder: TextDecoder, piece: Uint8Array | null, path: string): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (error) {
    throw new UsageError(`${path}: the file is not UTF-8 text; save it as UTF-8 (in Excel: "CSV UTF-8").`, {
      cause: error,
    });
  }
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
]);

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
  return REASONS.get(code) ?? code;
}
