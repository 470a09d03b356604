import type { TftpSource } from './serving.js';

const lf = 10;
const cr = 13;
/** How much of the file (bytes) is looked at in one piece. */
const pieceBytes = 64 * 1024;

/**
 * The same file in netascii (RFC 1350 §1, RFC 764): a line feed becomes CR LF, a carriage return CR NUL. Clients that ask for this mode undo it
 * (tftp-hpa's asks for it by default), so a file sent as it is would arrive changed.
 *
 * The file is read once to know its length in this form, as tsize and the number of blocks need it, and to find any place of it again: nothing
 * of it is kept. Rejects if it becomes shorter meanwhile, or cannot be read.
 */
export async function asNetascii(source: TftpSource): Promise<TftpSource> {
  /** Where each piece begins in netascii. */
  const starts: number[] = [];
  let size = 0;
  for (let offset = 0; offset < source.size; offset += pieceBytes) {
    starts.push(size);
    size += encodedLength(await pieceAt(source, offset));
  }
  return {
    size,
    async read(offset, length) {
      const found: Uint8Array[] = [];
      let piece = lastAtMost(starts, offset);
      let start = starts[piece] ?? 0;
      for (; start < offset + length && piece < starts.length; piece += 1) {
        const encoded = encode(await pieceAt(source, piece * pieceBytes));
        found.push(encoded.subarray(Math.max(0, offset - start), offset + length - start));
        start += encoded.length;
      }
      return Buffer.concat(found);
    },
    close: () => source.close(),
  };
}

async function pieceAt(source: TftpSource, offset: number): Promise<Uint8Array> {
  const length = Math.min(pieceBytes, source.size - offset);
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw new RangeError('the file became shorter');
  return bytes;
}

function encodedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  for (const byte of bytes) if (byte === lf || byte === cr) length += 1;
  return length;
}

function encode(bytes: Uint8Array): Uint8Array {
  const encoded = Buffer.alloc(encodedLength(bytes));
  let at = 0;
  for (const byte of bytes) {
    if (byte === lf) encoded[at++] = cr;
    encoded[at++] = byte;
    if (byte === cr) encoded[at++] = 0;
  }
  return encoded;
}

/** The index of the last of these ascending numbers that is not above a value. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
