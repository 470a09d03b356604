import { XMLParser } from 'fast-xml-parser';
import { decodeReferences } from '../markup/text.js';
import { isBalanced } from './balance.js';

/** One tag of an XML document that holds text or nothing, in document order. */
export interface XmlLeaf {
  /** Lower case, without a namespace. */
  tag: string;
  /** Entities decoded, line breaks kept. */
  text: string;
  /** Tags around it, the nearest last. */
  parents: readonly string[];
  /** By lower-case name. */
  attributes: ReadonlyMap<string, string>;
}

/** A phone's status file is 20 to 60 KB; anything beyond this is not one. */
const longest = 2_000_000;

// Entities are decoded here: a document's own (DOCTYPE) are never expanded.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Reads XML tag by tag, whatever its root. Empty for what is not XML, or whose tags do not pair. Never throws. */
export function readXml(xml: string): XmlLeaf[] {
  if (xml.length > longest || !xml.includes('<')) return [];
  try {
    const whole = wholeXmlPart(xml);
    return isBalanced(whole) ? leavesOf(parser.parse(whole) as unknown) : [];
  } catch {
    // Broken beyond what the parser bears, or nested a hundred deep.
    return [];
  }
}

/** The part of an XML document that is certainly complete: everything up to the last closing tag. */
export function wholeXmlPart(xml: string): string {
  const at = xml.lastIndexOf('</', xml.lastIndexOf('>'));
  return at < 0 ? '' : xml.slice(0, xml.indexOf('>', at) + 1);
}

interface Entry {
  node: unknown;
  parents: readonly string[];
}

function leavesOf(document: unknown): XmlLeaf[] {
  const leaves: XmlLeaf[] = [];
  const waiting: Entry[] = listOf(document).map((node) => ({ node, parents: [] }));
  waiting.reverse();
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const element = elementOf(entry.node);
    if (!element) continue;
    const children = element.children.filter((child) => elementOf(child) !== null);
    if (children.length === 0) {
      const { tag, attributes } = element;
      leaves.push({ tag, text: textOf(element.children), parents: entry.parents, attributes });
    }
    const parents = [...entry.parents, element.tag];
    for (const node of children.reverse()) waiting.push({ node, parents });
  }
  return leaves;
}

interface XmlElement {
  tag: string;
  children: readonly unknown[];
  attributes: ReadonlyMap<string, string>;
}

/** An entry of the parser's ordered output: `{tag: [children], ':@': {attributes}}`, or `{'#text': …}`. */
function elementOf(node: unknown): XmlElement | null {
  if (typeof node !== 'object' || node === null) return null;
  const entry = Object.entries(node).find(([key]) => key !== ':@' && key !== '#text');
  if (!entry) return null;
  const given = (node as { ':@'?: object })[':@'] ?? {};
  const attributes = new Map(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), decodeReferences(String(value))]),
  );
  return { tag: entry[0].toLowerCase(), children: listOf(entry[1]), attributes };
}

function textOf(children: readonly unknown[]): string {
  const texts = children.map((child) =>
    typeof child === 'object' && child !== null && '#text' in child ? String(child['#text']) : '',
  );
  return decodeReferences(texts.join(''));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
