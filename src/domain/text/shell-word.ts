import { printable } from './printable.js';

/** Longer than any path: a word that is cut would be another one. */
const mostCharacters = 8_192;

/**
 * A word as shells read it: in double quotes where those do, as single ones mean nothing on Windows. Two backslashes at its beginning are a
 * share there; elsewhere double quotes would make one of them.
 */
export function shellWord(word: string): string {
  const text = printable(word, mostCharacters);
  // A tilde would become somebody's home.
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return /["$`!]|.\\\\|\\$/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
