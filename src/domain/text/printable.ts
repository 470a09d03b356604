/**
 * Characters that do something instead of showing something: C0 controls, DEL and C1 (terminal escapes, forged lines), formats such as
 * bidi overrides and zero-width blanks (text that reads otherwise than it is), other characters that nobody sees (fillers, variation
 * selectors), line and paragraph separators, and halves of surrogates.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyHidden = new RegExp(hidden, 'gu');

/** Longest piece of a phone's text that is shown, in UTF-16 units, unless the caller says otherwise. */
const defaultPrintableLength = 500;

/**
 * A text from a phone or another stranger made fit for a terminal, a log line or a table cell: every hidden character becomes a visible
 * escape (`\x1b`, `\u202e`, `\u{e0041}`), so nothing in it can move the cursor, forge a line or turn the reading direction.
 *
 * The answer has at most `maxLength` UTF-16 units; a longer text is cut before an escape or a character pair, never within, and ends
 * in `…`. Doing it twice changes nothing.
 */
export function printable(text: string, maxLength: number = defaultPrintableLength): string {
  if (text.length <= maxLength && !hidden.test(text)) return text;
  const pieces: string[] = [];
  let length = 0;
  for (const character of text) {
    const piece = hidden.test(character) ? escaped(character) : character;
    pieces.push(piece);
    length += piece.length;
    if (length > maxLength) return cutTo(pieces, length, maxLength);
  }
  return pieces.join('');
}

function cutTo(pieces: string[], length: number, maxLength: number): string {
  let left = length;
  while (pieces.length > 0 && left > maxLength - 1) left -= pieces.pop()?.length ?? 0;
  return maxLength > 0 ? `${pieces.join('')}…` : '';
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}

/**
 * JSON whose text is as safe to print as {@link printable} and still means the same to every reader: hidden characters that JSON would
 * write as they are (DEL, C1, bidi, separators) become `\u….` escapes.
 */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return text.replace(everyHidden, (character) => (character === '\n' ? character : jsonEscaped(character)));
}

/** Outside of strings JSON only has line feeds of the indent, so whatever else is found stands within a string. */
function jsonEscaped(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
