import { UsageError } from '../../../domain/text/usage-error.js';

/** So much of a text (characters) is looked at to tell what it is; a longer row means a quote that is never closed. */
export const headCharacters = 64 * 1024;
/** More than any list has (characters); a file that goes on beyond is refused where it has to be held as a whole. */
const mostHeld = 256 * 1024 * 1024;

/** A text of which the beginning is known. */
export interface BegunText {
  /** Its beginning: whole lines, unless one line is longer than {@link headCharacters}. */
  head: string;
  /** The head is all of it. */
  isAll: boolean;
  /** Yields the whole text, once. */
  whole: () => AsyncGenerator<string, void, undefined>;
}

/** Reads the beginning of a text. */
export async function begin(pieces: AsyncGenerator<string, void, undefined>): Promise<BegunText> {
  let head = '';
  let isAll = false;
  while (head.length < headCharacters) {
    const next = await pieces.next();
    if (next.done) {
      isAll = true;
      break;
    }
    head += next.value;
  }
  const read = head;
  const lines = isAll ? read : read.slice(0, Math.max(read.lastIndexOf('\n'), read.lastIndexOf('\r')) + 1);
  return {
    head: lines === '' ? read : lines,
    isAll,
    whole: async function* () {
      try {
        yield read;
        for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
      } finally {
        await pieces.return();
      }
    },
  };
}

/** The whole text at once. @throws UsageError where it is longer than any list */
export async function heldText(text: BegunText, path: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const piece of text.whole()) {
    length += piece.length;
    if (length > mostHeld)
      throw new UsageError(`${path}: the file is larger than any list of phones; give CSV, which is read row by row.`);
    parts.push(piece);
  }
  return parts.join('');
}

/** The lines of a text with their numbers, from 1. @throws UsageError for a line that does not end */
export async function* linesOf(
  text: BegunText,
  path: string,
): AsyncGenerator<{ line: string; number: number }, void, undefined> {
  let rest = '';
  let number = 0;
  let endsInReturn = false;
  for await (const next of text.whole()) {
    // A line break of two characters may be cut in two.
    const piece = endsInReturn && next.startsWith('\n') ? next.slice(1) : next;
    if (next !== '') endsInReturn = next.endsWith('\r');
    const lines = (rest + piece).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    if (rest.length > headCharacters)
      throw new UsageError(`${path}:${number + lines.length + 1}: the line is too long for a list of phones.`);
    for (const line of lines) yield { line, number: (number += 1) };
  }
  if (rest !== '') yield { line: rest, number: number + 1 };
}
