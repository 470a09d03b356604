import {
  closingTagAt,
  isLetter,
  markupDeclarationEnd,
  nameEnd,
  openTagEnd,
  tagAt,
  type TagName,
} from './tag-scanner.js';

/**
 * Visits every opening tag of a page in one linear pass, those in comments, scripts and text areas left out. `name` says what the tag
 * is where it is more than inline.
 */
export function eachOpenTag(html: string, visit: (start: number, end: number, tag: TagName) => void): void {
  let at = html.indexOf('<');
  while (at >= 0) {
    if (!isLetter(html.charCodeAt(at + 1))) {
      const isMarkup = /[!?/]/.test(html[at + 1] ?? '');
      at = html.indexOf('<', isMarkup ? markupDeclarationEnd(html, at) : at + 1);
      continue;
    }
    const afterName = nameEnd(html, at + 1);
    const tag = tagAt(html, at + 1, afterName);
    const end = openTagEnd(html, afterName);
    visit(at, end, tag);
    const isRaw = tag.role === 'hidden' || tag.name === 'textarea';
    at = html.indexOf('<', isRaw ? closingTagAt(html, tag.name, end) : end);
  }
}
