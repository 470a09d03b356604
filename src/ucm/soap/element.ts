import { XMLParser } from 'fast-xml-parser';
import { tagsOf } from './tags.js';

/** An element of a response, by its name without a prefix. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  /** Its own text, entities resolved, without the blanks around it. */
  text: string;
}

/** In the order of the text, so that one of something and several of it read alike. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Also resolves &#45;
  htmlEntities: true,
});

/** What fast-xml-parser makes of a document with `preserveOrder`: `[{name: [children], ':@': {attributes}}, {'#text': '…'}]`. */
type Ordered = readonly Record<string, unknown>[];

/**
 * The root of a document; `null` for a text that is not whole, well-formed XML. A document type is refused too: no answer of Unified CM has one, and
 * entities of its own could make a small text large.
 */
export function parseXml(text: string): Element | null {
  if (!/^\s*</.test(text) || /<!DOCTYPE/i.test(text)) return null;
  try {
    // The parser itself also takes what is cut off.
    if (tagsOf(text) === null) return null;
    const roots = (parser.parse(text) as Ordered).map(elementOf).filter((one) => one !== null);
    return roots.length === 1 ? (roots[0] ?? null) : null;
  } catch {
    return null;
  }
}

function elementOf(one: Record<string, unknown>): Element | null {
  const name = Object.keys(one).find((key) => key !== ':@');
  if (name === undefined || name === '#text' || name.startsWith('?')) return null;
  const inside = Array.isArray(one[name]) ? (one[name] as Ordered) : [];
  return {
    name,
    attributes: (one[':@'] ?? {}) as Record<string, string>,
    children: inside.map(elementOf).filter((child) => child !== null),
    text: inside
      .map((child) => (typeof child['#text'] === 'string' ? child['#text'] : ''))
      .join('')
      .trim(),
  };
}

/** The children of a name: none, one or several; none of an element that is nil. */
export function childrenOf(parent: Element | null, name: string): readonly Element[] {
  return parent === null || isNil(parent) ? [] : parent.children.filter((child) => child.name === name);
}

/** The first child along a path of names; `null` where one is missing or nil. */
export function childOf(parent: Element | null, ...path: readonly string[]): Element | null {
  let at = parent;
  for (const name of path) at = childrenOf(at, name)[0] ?? null;
  return at;
}

/** The text of a child; `null` where it is missing, nil or empty. */
export function textOf(parent: Element | null, ...path: readonly string[]): string | null {
  const child = childOf(parent, ...path);
  return child === null || isNil(child) || child.text === '' ? null : child.text;
}

/** Whether it stands for nothing: `xsi:nil`. */
export function isNil({ attributes }: Element): boolean {
  return attributes['nil'] === 'true' || attributes['nil'] === '1';
}
