// The kind of a node is an enum that cheerio does not export; its values are these words.
/* eslint-disable @typescript-eslint/no-unsafe-enum-comparison */
import { load } from 'cheerio/slim';
import { nestsTooDeep } from './limits.js';

/** Nodes of a parsed page, as cheerio's HTML parser makes them. */
export type PageDocument = NonNullable<ReturnType<ReturnType<typeof load>['root']>[0]>;
export type PageNode = PageDocument['children'][number];
export type PageElement = Extract<PageNode, { attribs: object }>;

/**
 * Parses a page or a piece of one. The parser keeps tags where they stand, so a piece may begin inside a table; unclosed cells
 * and rows are closed where the next one begins. `null` for markup that nests thousands deep. Never throws.
 */
export function parsePage(html: string): PageDocument | null {
  return nestsTooDeep(html) ? null : (load(html, parserOptions, false).root()[0] ?? null);
}

const parserOptions = { xml: { xmlMode: false, decodeEntities: true, withStartIndices: true } };

export function isElement(node: PageNode): node is PageElement {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export function isText(node: PageNode): node is Extract<PageNode, { type: 'text' }> {
  return node.type === 'text';
}

/** An attribute as written, entities decoded; undefined when it is absent. */
export function attribute(element: PageElement, name: string): string | undefined {
  return Object.hasOwn(element.attribs, name) ? element.attribs[name] : undefined;
}

export function hasAttribute(element: PageElement, name: string): boolean {
  return Object.hasOwn(element.attribs, name);
}

/** What a walk does at each node. */
export interface PageVisitor {
  text?(text: string, node: PageNode): void;
  /** Returns false to skip the content of the element; `leave` is then not called. */
  enter?(element: PageElement): boolean;
  leave?(element: PageElement): void;
}

/** Walks nodes in document order without recursion: broken markup can nest as deep as the page is long. */
export function walk(root: PageDocument | PageElement, visitor: PageVisitor): void {
  let node: PageNode | null = root.children[0] ?? null;
  while (node) {
    if (node.type === 'text') visitor.text?.(node.data, node);
    else if (isElement(node) && (visitor.enter?.(node) ?? true)) {
      const first: PageNode | undefined = node.children[0];
      if (first) {
        node = first;
        continue;
      }
      visitor.leave?.(node);
    }
    node = next(node, root, visitor);
  }
}

/** The node after one that is finished: its sibling, or that of the nearest ancestor inside the root, leaving those passed. */
function next(from: PageNode, root: PageDocument | PageElement, visitor: PageVisitor): PageNode | null {
  let node: PageNode = from;
  while (!node.next) {
    const parent = node.parent;
    if (!parent || parent === root || !isElement(parent)) return null;
    node = parent;
    visitor.leave?.(node);
  }
  return node.next;
}

/** All text inside an element or page. */
export function textOf(root: PageDocument | PageElement): string {
  let text = '';
  walk(root, {
    text: (data) => {
      text += data;
    },
  });
  return text;
}

const start = /<script(?=[\s/>])/gi;
const end = /<\/script(?=[\s/>])/gi;

/** The page without the content of its scripts, in one pass, and their number. An unclosed script takes the rest with it. */
export function withoutScripts(html: string): { text: string; count: number } {
  const kept: string[] = [];
  let from = 0;
  for (let count = 0; ; count += 1) {
    start.lastIndex = from;
    const opens = start.exec(html);
    kept.push(html.slice(from, opens?.index ?? html.length));
    if (!opens) return { text: kept.join(''), count };
    end.lastIndex = opens.index;
    const closes = end.exec(html);
    const after = closes ? html.indexOf('>', closes.index) : -1;
    if (after < 0) return { text: kept.join(''), count: count + 1 };
    from = after + 1;
  }
}
