import { XMLParser } from 'fast-xml-parser';
import { isWellFormed } from './tags.js';

/** An element of a request. */
export interface RequestElement {
  /** Without its prefix. */
  name: string;
  /** The namespace it is in; empty: in none. */
  namespace: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly RequestElement[];
  /** Its own text, without that of its children, and without white space around it. */
  text: string;
}

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
});

/** Deeper than any request; the rest of the simulator may then recurse. */
const MOST_DEPTH = 60;

/** The root of a document; `null` for what is not well-formed, has a DTD, or is deeper than any request. Never throws. */
export function readXml(text: string): RequestElement | null {
  if (/<!DOCTYPE/i.test(text) || !isWellFormed(text)) return null;
  try {
    const nodes = parser.parse(text) as readonly Node[];
    const root = nodes.find((node) => isElement(node));
    return root === undefined ? null : elementOf(root, new Map(), 0);
  } catch {
    return null;
  }
}

/** Name of a node: the one key that is not its attributes. */
function keyOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function isElement(node: Node): boolean {
  const key = keyOf(node);
  return key !== '' && !key.startsWith('#') && !key.startsWith('?') && !key.startsWith('!');
}

function elementOf(node: Node, around: ReadonlyMap<string, string>, depth: number): RequestElement {
  if (depth > MOST_DEPTH) throw new RangeError('too deep');
  const written = keyOf(node);
  const attributes = new Map(Object.entries((node[':@'] ?? {}) as Record<string, string>));
  const prefixes = new Map(around);
  for (const [key, value] of attributes) {
    if (key === 'xmlns') prefixes.set('', value);
    else if (key.startsWith('xmlns:')) prefixes.set(key.slice('xmlns:'.length), value);
  }
  const colon = written.indexOf(':');
  const parts = node[written] as readonly Node[];
  return {
    name: written.slice(colon + 1),
    namespace: prefixes.get(colon < 0 ? '' : written.slice(0, colon)) ?? '',
    attributes,
    children: parts.filter(isElement).map((part) => elementOf(part, prefixes, depth + 1)),
    text: parts.map(textOf).join('').trim(),
  };
}

function textOf(node: Node): string {
  if (typeof node['#text'] === 'string') return node['#text'];
  const cdata = node['#cdata'] as readonly Node[] | undefined;
  return cdata === undefined ? '' : cdata.map(textOf).join('');
}

/** The first child of that name. */
export function child(element: RequestElement | undefined, name: string): RequestElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** Whether an element says that it has no value. */
export function isNil({ attributes }: RequestElement): boolean {
  return [...attributes].some(([key, value]) => /(?:^|:)nil$/.test(key) && (value === 'true' || value === '1'));
}
