import { isElement, type PageElement, type PageNode, walk } from '../markup/dom.js';
import { isDisclosure } from '../markup/decoration.js';
import { roleOf } from '../markup/tags.js';

/** Tags around a text that make its shape, at most: unclosed ones may nest by the thousand. */
const shapeDepth = 40;

/** What kind of heading a tag begins: its level, `title` for a `legend` or `caption`, `null` for none. */
export function headingOf({ name }: PageElement): number | 'title' | null {
  if (name === 'legend' || name === 'caption') return 'title';
  return /^h[1-6]$/.test(name) ? Number(name[1]) : null;
}

/** True when a table cell holds a value only: no table, row, heading, label or further cell. Stops at the first of these. */
export function isPlain(cell: PageElement): boolean {
  let plain = true;
  walk(cell, {
    enter: (element) => {
      if (isDisclosure(element)) return false;
      const role = roleOf(element.name);
      plain &&= role !== 'row' && role !== 'cell' && !(element.name === 'div' && 'id' in element.attribs);
      return plain && role !== 'hidden' && role !== 'control';
    },
  });
  return plain;
}

/** Tags and classes around a text, up to its row. */
export function shapeOf(node: PageNode): string {
  const names: string[] = [];
  for (let parent = node.parent; parent && isElement(parent); parent = parent.parent) {
    if (names.length === shapeDepth) break;
    const element = parent;
    names.push(`${element.name}.${element.attribs['class'] ?? ''}`);
    if (roleOf(element.name) === 'row') break;
  }
  return names.join('<');
}
