import { tagsOf } from './tags.js';

const nil = /(?:\s|:)nil\s*=\s*["'](?:true|1)["']/;

/**
 * What stands between the tags of elements, as it stands there: cut from the text and not written anew.
 * @param path names without prefixes, from the root
 * @returns one text for each such element; `null` for one that is nil. None of what is not well-formed
 */
export function innerXmlAt(xml: string, path: readonly string[]): (string | null)[] {
  const found: (string | null)[] = [];
  const open: string[] = [];
  let begun: { from: number; isNil: boolean } | null = null;
  const isAtPath = (): boolean => open.length === path.length && path.every((name, at) => name === open[at]);
  for (const { kind, name, attributes, from, to } of tagsOf(xml) ?? []) {
    if (kind !== 'close') {
      open.push(name.replace(/^.*:/, ''));
      if (isAtPath()) begun = { from: to, isNil: nil.test(attributes) };
    }
    if (kind === 'open') continue;
    if (begun !== null && isAtPath()) {
      found.push(begun.isNil ? null : kind === 'empty' ? '' : xml.slice(begun.from, from));
      begun = null;
    }
    open.pop();
  }
  return found;
}
