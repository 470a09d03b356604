import { Tokenizer } from 'htmlparser2';
import { LeafReader, type XmlLeaf } from './leaf-reader.js';

export type { XmlLeaf };

/** A phone's status file is 20 to 60 KB; anything beyond this is not one. */
const longest = 2_000_000;

/**
 * Reads XML tag by tag, whatever its root. Empty for what is not XML, or whose tags do not pair. Elements may be open at the end: a file
 * may be cut off. Never throws; linear in the text.
 */
export function readXml(xml: string): XmlLeaf[] {
  if (xml.length > longest) return [];
  const whole = wholeXmlPart(xml);
  const reader = new LeafReader(whole);
  // References are decoded by the reader: a document's own entities (DOCTYPE) are never expanded.
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  tokenizer.write(whole);
  tokenizer.end();
  return reader.leaves;
}

/** The part of an XML document that is certainly complete: everything up to the last closing tag. */
export function wholeXmlPart(xml: string): string {
  const at = xml.lastIndexOf('</', xml.lastIndexOf('>'));
  return at < 0 ? '' : xml.slice(0, xml.indexOf('>', at) + 1);
}
