/**
 * Characters that do something instead of being shown: C0 controls, DEL and C1 (terminal escapes, forged lines), format characters such as
 * bidi overrides and zero-width spaces (text that reads differently from what it is), other invisible characters (fillers, variation
 * selectors), line and paragraph separators, and lone surrogates.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyHidden = new RegExp(hidden, 'gu');

/** Longest piece of a phone's text that is shown, in UTF-16 units, unless the caller says otherwise. */
const defaultPrintableLength = 500;

/**
 * Makes text from a phone or any other untrusted source safe for a terminal, a log line or a table cell: every hidden character becomes a
 * visible escape (`\x1b`, `\u202e`, `\u{e0041}`), so nothing in it can move the cursor, forge a line or reverse the reading direction.
 *
 * The result has at most `maxLength` UTF-16 units; a longer text is cut before an escape or a surrogate pair, never within one, and ends
 * in `…`. Applying it twice changes nothing.
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
 * JSON as safe to print as {@link printable} and with the same meaning to every parser: hidden characters that JSON leaves as they are (DEL,
 * C1, bidi, separators) become `\u….` escapes.
 */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return text.replace(everyHidden, (character) => (character === '\n' ? character : jsonEscaped(character)));
}

/** Outside of strings JSON has only the line feeds of its indent, so any other hidden character is within a string. */
function jsonEscaped(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** User input made printable and cut to the length of a message. */
export function shown(text: string): string {
  return printable(text, 100);
}

/** `https://user:word@host` as `https://[secret]@host`. */
export function hideUserInUrl(text: string): string {
  return text.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/@\s]*@/, '$1[secret]@');
}
