import { attribute, hasAttribute, isElement, isText, type PageElement, textOf } from './dom.js';
import { hides } from './hidden.js';
import { roleOf } from './tags.js';
import { collapse, decodeReferences } from './text.js';
import { isNoteText } from '../../domain/phone/label-notes.js';

/** Class names by which pages everywhere mark what explains or adorns a label. */
const decorating = String.raw`(?:tool-?tips?|tips?|help|hints?|required|mandatory|asterisk|icon|popover|sr-only|visually-?hidden|screen-reader(?:-text)?)`;
const decoratingClass = new RegExp(String.raw`(?:^|[\s_-])${decorating}(?:$|[\s_-])`, 'i');

/** Decorations in markup that holds nothing but text and inline tags, for the scanner of headings. */
const decorationInMarkup = new RegExp(
  String.raw`<(\w{1,10})\b[^<>]*\b(?:class\s*=\s*["']?(?:[^"'<>]*[\s_-])?${decorating}(?![a-z])|role\s*=\s*["']?tooltip|hidden\b|style\s*=\s*["']?[^"'<>]*display\s*:\s*none)[^<>]*>[^<>]*</\1\s*>`,
  'gi',
);

/** More nodes than this are not a decoration. */
const mostNodes = 30;

/**
 * Whether a tag only decorates the text around it: a tooltip, a mark or icon, or a text that is hidden. It holds no control, cell or row.
 * Looks at a bounded part of it.
 */
export function isAside(element: PageElement): boolean {
  return isTextTag(element) && looksAside(element) && holdsText(element, isTextTag);
}

/** A block with an id is a tab or another part of the page (docs/knowledge/multiplatform-pages.md#spa5xx). */
function isTextTag(element: PageElement): boolean {
  const role = roleOf(element.name);
  return role === 'inline' || (role === 'flow' && !(element.name === 'div' && hasAttribute(element, 'id')));
}

function looksAside(element: PageElement): boolean {
  for (const _name in element.attribs) {
    return (
      // An icon of a font.
      (element.name === 'i' && hasAttribute(element, 'class')) ||
      attribute(element, 'role')?.trim().toLowerCase() === 'tooltip' ||
      decoratingClass.test(attribute(element, 'class') ?? '') ||
      hides(element)
    );
  }
  return false;
}

/**
 * Whether a tag opens what explains the text around it when it is clicked: a short `details` without a control or a table. Where it
 * stands alone, it may be anything.
 */
export function isDisclosure(element: PageElement): boolean {
  return element.name === 'details' && holdsText(element, isTextOrList);
}

const listTags: ReadonlySet<string> = new Set(['summary', 'ul', 'ol', 'li', 'hr']);

function isTextOrList(element: PageElement): boolean {
  return isTextTag(element) || listTags.has(element.name);
}

/**
 * What a tag is beside the text of a label: a `note` about it (`<small>(optional)</small>`, `<sup>1</sup>`), a `link`, which is there to be
 * clicked, or `null`, part of the text as far as is known. Where it is all of a text, it is that text.
 */
export function besideLabel(element: PageElement): 'note' | 'link' | null {
  const { name, children } = element;
  if (roleOf(name) !== 'inline' || name === 'br' || children.length === 0) return null;
  const isLink = name === 'a' && (hasAttribute(element, 'href') || hasAttribute(element, 'onclick'));
  // Most tags are ruled out by this: their text is long, or they hold tables.
  const [first] = children;
  const isShort = children.length === 1 && first !== undefined && isText(first) && first.data.length <= longestNote;
  if (!isShort && !holdsText(element, isTextTag)) return null;
  if (isNoteText(collapse(textOf(element)), name)) return 'note';
  return isLink ? 'link' : null;
}

const longestNote = 60;

/** Whether there is nothing but a few such tags and text inside. Looks at so many nodes at most: unclosed tags may nest by the thousand. */
function holdsText(element: PageElement, isAllowed: (inner: PageElement) => boolean): boolean {
  let left = mostNodes;
  const holds = ({ children }: PageElement): boolean =>
    children.every((child) => {
      left -= 1;
      if (left < 0) return false;
      if (!isElement(child)) return true;
      return roleOf(child.name) === 'hidden' || (isAllowed(child) && holds(child));
    });
  return holds(element);
}

/** Markup without comments, buttons and decorations, as far as they can be told without parsing. */
export function withoutAsides(markup: string): string {
  return markup
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<button\b[^]*?<\/button\s*>/gi, ' ')
    .replace(decorationInMarkup, ' ');
}

/** Markup of such a kind without links and notes too: a label may stand beside them. */
export function withoutNotes(markup: string): string {
  return markup
    .replace(/<a\b[^<>]*\b(?:href|onclick)\b[^<>]*>[^]*?<\/a\s*>/gi, ' ')
    .replace(/<(\w{1,10})\b[^<>]*>([^<>]{1,60})<\/\1\s*>/g, (whole, name: string, text: string) =>
      isNoteText(collapse(decodeReferences(text)), name.toLowerCase()) ? ' ' : whole,
    );
}
