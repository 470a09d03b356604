import { attribute, hasAttribute, type PageElement, walk } from './dom.js';
import { hides } from './hidden.js';
import { roleOf } from './tags.js';

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
  return isTextTag(element) && looksAside(element) && isShortText(element);
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

function isShortText(element: PageElement): boolean {
  let nodes = 0;
  let isText = true;
  const count = (): boolean => {
    nodes += 1;
    isText &&= nodes <= mostNodes;
    return isText;
  };
  walk(element, {
    text: count,
    enter: (inner) => {
      isText &&= isTextTag(inner);
      return count();
    },
  });
  return isText;
}

/** Markup without comments, buttons and decorations, as far as they can be told without parsing. */
export function withoutAsides(markup: string): string {
  return markup
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<button\b[^]*?<\/button\s*>/gi, ' ')
    .replace(decorationInMarkup, ' ');
}
