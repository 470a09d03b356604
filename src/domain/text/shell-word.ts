import { printable } from './printable.js';

/** A word as shells read it: in double quotes where those do, as single ones mean nothing on Windows. */
export function shellWord(word: string): string {
  const text = printable(word, 1_000);
  if (/^[\w@%+=:,./~-]+$/.test(text)) return text;
  return /["$`!]|\\$/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
