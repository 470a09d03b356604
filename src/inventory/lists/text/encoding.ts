import { TextDecoder } from 'node:util';
import { UsageError } from '../../../domain/text/usage-error.js';

/** The encodings that lists come in. `windows-1252` only where a file that was ASCII so far is not UTF-8. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** As many bytes as the beginning of a file needs to be told by. */
export const headBytes = 512;

const startsWith = (bytes: Uint8Array, ...wanted: number[]): boolean => wanted.every((byte, at) => bytes[at] === byte);

/** Files that are no text, by their first bytes, and what to do instead. */
const noText: readonly { is: (bytes: Uint8Array) => boolean; say: string }[] = [
  {
    is: (bytes) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04),
    say: 'this is a workbook (.xlsx) or another zip; open it, choose File, Save As, "CSV UTF-8 (Comma delimited)", and give that file',
  },
  {
    is: (bytes) => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0),
    say: 'this is an old workbook (.xls); open it, choose File, Save As, "CSV UTF-8 (Comma delimited)", and give that file',
  },
  { is: (bytes) => startsWith(bytes, 0x1f, 0x8b), say: 'this is a compressed file; unpack it first' },
  { is: (bytes) => startsWith(bytes, 0x25, 0x50, 0x44, 0x46), say: 'this is a PDF; give the list as CSV' },
];

/**
 * The encoding of a text by its first bytes: a byte order mark, or zeros at every other byte.
 * @throws UsageError for a file that is no text
 */
export function encodingOf(head: Uint8Array, path: string): Encoding {
  const other = noText.find(({ is }) => is(head));
  if (other) throw new UsageError(`${path}: ${other.say}.`);
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be';
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return 'utf-8';
  const half = Math.floor(head.length / 2);
  if (even === 0 && odd > half / 2) return 'utf-16le';
  if (odd === 0 && even > half / 2) return 'utf-16be';
  throw new UsageError(`${path}: this is not a text; give the list as CSV, JSON or plain text.`);
}

/** Decodes a text piece by piece. */
export class TextReader {
  #decoder: TextDecoder;
  /** Nothing but ASCII so far: whether the rest is UTF-8 or a code page is still open. */
  #isOpen: boolean;
  /** Bytes at the end of the last piece that may belong to a character of the next. */
  #pending: Uint8Array = new Uint8Array();
  /** The text is read in the code page of Windows, as it is not UTF-8. */
  isGuessed = false;

  constructor(
    readonly encoding: Encoding,
    readonly path: string,
  ) {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    this.#isOpen = encoding === 'utf-8';
  }

  /** @param piece null: the end @throws UsageError for bytes that are no text of this encoding */
  read(piece: Uint8Array | null): string {
    try {
      const text = piece === null ? this.#decoder.decode() : this.#decoder.decode(piece, { stream: true });
      if (this.#isOpen) {
        if (/[^\x00-\x7f]/.test(text)) this.#isOpen = false;
        else this.#pending = trailing(this.#pending, piece, text.length);
      }
      return text;
    } catch (error) {
      if (this.#isOpen && !holdsUtf8(joined(this.#pending, piece))) return this.#asWindows(piece);
      const name = this.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
      throw new UsageError(`${this.path}: the file is not ${name} text; save it as UTF-8 (in Excel: "CSV UTF-8").`, {
        cause: error,
      });
    }
  }

  #asWindows(piece: Uint8Array | null): string {
    this.isGuessed = true;
    this.#isOpen = false;
    this.#decoder = new TextDecoder('windows-1252');
    return this.#decoder.decode(joined(this.#pending, piece), { stream: piece !== null });
  }
}

/** Whether there are letters beyond ASCII that are UTF-8, among bytes that are not. */
function holdsUtf8(bytes: Uint8Array): boolean {
  return /[^\x00-\x7f\ufffd]/.test(new TextDecoder('utf-8').decode(bytes));
}

function joined(a: Uint8Array, b: Uint8Array | null): Uint8Array {
  const all = new Uint8Array(a.length + (b?.length ?? 0));
  all.set(a);
  if (b) all.set(b, a.length);
  return all;
}

/** Bytes that were given and not shown yet: of ASCII, each byte is a letter; a byte order mark at the beginning is none. */
function trailing(pending: Uint8Array, piece: Uint8Array | null, letters: number): Uint8Array {
  const given = joined(pending, piece);
  const left = given.subarray(letters);
  return startsWith(given, 0xef, 0xbb, 0xbf) && letters === given.length - 3 ? new Uint8Array() : left.slice(-3);
}
