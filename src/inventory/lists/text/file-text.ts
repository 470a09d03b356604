import { UsageError } from '../../../domain/text/usage-error.js';
import type { InventoryIo } from '../../io.js';
import { encodingOf, headBytes, TextReader } from './encoding.js';

/** The text of a file, piece by piece, without a byte order mark. */
export interface FileText {
  pieces: AsyncGenerator<string, void, undefined>;
  /** Whether letters beyond ASCII had to be guessed so far. */
  isGuessed: () => boolean;
}

/**
 * Opens a text: UTF-8, UTF-16 with a byte order mark or without; otherwise the code page of Windows.
 * While its pieces are read, a UsageError is thrown when the file cannot be read, is no text, or is in none of these.
 */
export function fileText(path: string, io: Pick<InventoryIo, 'readFile'>): FileText {
  let reader: TextReader | null = null;
  return { pieces: decoded(), isGuessed: () => reader?.isGuessed ?? false };

  async function* decoded(): AsyncGenerator<string, void, undefined> {
    let head = new Uint8Array();
    for await (const piece of pieces(path, io)) {
      if (reader) yield reader.read(piece);
      else {
        const longer = new Uint8Array(head.length + piece.length);
        longer.set(head);
        longer.set(piece, head.length);
        head = longer;
        if (head.length < headBytes) continue;
        reader = new TextReader(encodingOf(head.subarray(0, headBytes), path), path);
        yield reader.read(head);
      }
    }
    if (!reader) {
      reader = new TextReader(encodingOf(head, path), path);
      yield reader.read(head);
    }
    yield reader.read(null);
  }
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

const reasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
]);

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
  return reasons.get(code) ?? code;
}
