import { nameEnd, tagAt } from './tag-scanner.js';

/** Closing tags after which more of the same row still follows. */
const midRow: ReadonlySet<string> = new Set(['label', 'dt', 'option', 'optgroup']);

/**
 * True when a page may have broken off in the middle of a row: its last tag does not close a cell, a block or the page. A
 * phone may drop the connection anywhere, and half a version or half a list of options looks like a whole one, so readers
 * leave out the last row of such a page.
 */
export function mayBeCutOff(html: string): boolean {
  const text = html.trimEnd();
  const tag = text.lastIndexOf('<');
  if (!text.endsWith('>') || text[tag + 1] !== '/') return true;
  const { role, name } = tagAt(text, tag + 2, nameEnd(text, tag + 2));
  return role === undefined || role === 'hidden' || midRow.has(name);
}

/** The page without an unfinished last tag, which would be read as text, in a row of its own behind the one that may be cut. */
export function withoutHalfTag(html: string): string {
  const at = html.lastIndexOf('<');
  return at < 0 || html.includes('>', at) ? html : html.slice(0, at);
}
