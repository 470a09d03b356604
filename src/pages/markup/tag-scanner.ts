import { type TagRole, structuralTags } from './tags.js';

/*
 * The few steps of HTML tokenizing that finding headings in a 150 KB page needs, on plain character codes: a full parse
 * costs twenty times as much. Where they and the real parser differ on broken markup, `sections.ts` notices and parses the whole page.
 */

const quoteDouble = 34;
const quoteSingle = 39;
const slash = 47;
const equals = 61;
const greater = 62;

export interface TagName {
  /** Role of the tag, undefined when it is inline. */
  role: TagRole | undefined;
  /** Lower-case name of a tag that is not inline; empty for the others. */
  name: string;
}

const inlineTag: TagName = { role: undefined, name: '' };
const tagsByKey = new Map<number, TagName>();
for (const [name, role] of structuralTags()) tagsByKey.set(tagKeyAt(name, 0, name.length), { role, name });

/** True for what may begin a tag's name. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export function isBlank(code: number): boolean {
  return code <= 32 || code === 160;
}

/** Where the name of a tag that begins at `start` ends; stops early at a name longer than any we know. */
export function nameEnd(html: string, start: number): number {
  const limit = Math.min(html.length, start + 11);
  let at = start;
  while (at < limit) {
    const code = html.charCodeAt(at);
    if (code <= 32 || code === greater || code === slash) break;
    at++;
  }
  return at;
}

/** The tag whose name stands at `start` to `end`. */
export function tagAt(html: string, start: number, end: number): TagName {
  return end - start > 10 ? inlineTag : (tagsByKey.get(tagKeyAt(html, start, end)) ?? inlineTag);
}

/** Five letters and the length: small enough for a fast map, and no two of the names we know share it. */
function tagKeyAt(text: string, start: number, end: number): number {
  let key = end - start;
  for (let at = start; at < end && at < start + 5; at++) key = (key << 5) | (text.charCodeAt(at) & 31);
  return key;
}

/** Position after the `>` that ends an opening tag; `>` inside a quoted value does not. */
export function openTagEnd(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const code = html.charCodeAt(at);
    if (code === greater) return at + 1;
    at = code === equals ? valueEnd(html, at + 1) : at + 1;
  }
  return html.length;
}

/** Position after an attribute's value; a quote counts only where a value begins, as in the HTML standard. */
function valueEnd(html: string, from: number): number {
  let at = from;
  while (at < html.length && html.charCodeAt(at) <= 32) at++;
  const code = html.charCodeAt(at);
  if (code === quoteDouble || code === quoteSingle) {
    const end = html.indexOf(code === quoteDouble ? '"' : "'", at + 1);
    return end < 0 ? html.length : end + 1;
  }
  while (at < html.length) {
    const next = html.charCodeAt(at);
    if (next <= 32 || next === greater) break;
    at++;
  }
  return at;
}

/** Position after a comment, declaration or processing instruction that begins at `at`. */
export function markupDeclarationEnd(html: string, at: number): number {
  const comment = html.startsWith('<!--', at);
  const end = comment ? html.indexOf('-->', at + 2) : html.indexOf('>', at + 2);
  return end < 0 ? html.length : end + (comment ? 3 : 1);
}

/** Position of the closing tag of an element whose content is not markup; the end of the page when it is never closed. */
export function closingTagAt(html: string, name: string, from: number): number {
  const search = closingTags.get(name) ?? new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  closingTags.set(name, search);
  search.lastIndex = from;
  return search.exec(html)?.index ?? html.length;
}

const closingTags = new Map<string, RegExp>();

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
