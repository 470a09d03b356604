import { tagsOf } from './soap/tags.js';
import { UcmError } from './ucm.js';

interface Place {
  /** The element with its tags. */
  from: number;
  to: number;
  /** What is between its tags; `null`: it is written as one empty tag. */
  inside: { from: number; to: number } | null;
}

/**
 * The value of one setting in the XML inside `vendorConfig`, entities left as they are. Only an element directly in it is a setting.
 * @returns `null`: there is none. @throws UcmError (`ucm-unreadable`) for what is not well-formed, and when it stands there more than once: which of them holds is not known
 */
export function vendorSetting(xml: string, tag: string): string | null {
  const place = placeOf(xml, tag);
  if (place === null) return null;
  return place.inside === null ? '' : xml.slice(place.inside.from, place.inside.to);
}

/**
 * The same XML with one setting changed, or added at its end; every other byte stays.
 * @param value as it stands in XML, with entities. @throws UcmError as {@link vendorSetting}
 */
export function withVendorSetting(xml: string, tag: string, value: string): string {
  const place = placeOf(xml, tag);
  if (place === null) return `${xml}<${tag}>${value}</${tag}>`;
  const { inside } = place;
  if (inside !== null) return `${xml.slice(0, inside.from)}${value}${xml.slice(inside.to)}`;
  // An empty tag is opened, with what else it says.
  const start = xml.slice(place.from, place.to).replace(/\s*\/>$/, '>');
  return `${xml.slice(0, place.from)}${start}${value}</${tag}>${xml.slice(place.to)}`;
}

/** One setting as it is written, with its tags; `null`: there is none. @throws UcmError as {@link vendorSetting} */
export function vendorElement(xml: string, tag: string): string | null {
  const place = placeOf(xml, tag);
  return place === null ? null : xml.slice(place.from, place.to);
}

/**
 * The same XML with one setting written as {@link vendorElement} has found it once; every other byte stays.
 * @param element `null`: there was none. @throws UcmError as {@link vendorSetting}
 */
export function withVendorElement(xml: string, tag: string, element: string | null): string {
  const place = placeOf(xml, tag);
  if (place === null) return `${xml}${element ?? ''}`;
  return `${xml.slice(0, place.from)}${element ?? ''}${xml.slice(place.to)}`;
}

/** Which of several names of one setting this XML uses; the first where it uses none. @throws UcmError when it uses several */
export function vendorTag(xml: string, tags: readonly [string, ...string[]]): string {
  const used = tags.filter((tag) => placeOf(xml, tag) !== null);
  if (used.length > 1) throw twice(used.join(' and '));
  return used[0] ?? tags[0];
}

function placeOf(xml: string, tag: string): Place | null {
  const tags = tagsOf(xml);
  if (tags === null)
    throw new UcmError('ucm-unreadable', 'The vendor configuration is not well-formed XML, so it is left alone.', true);
  const found: Place[] = [];
  let depth = 0;
  let begun: { from: number; inside: number } | null = null;
  for (const { kind, name, from, to } of tags) {
    if (kind === 'close') depth -= 1;
    const isSetting = depth === 0 && name === tag;
    if (isSetting && kind === 'empty') found.push({ from, to, inside: null });
    if (isSetting && kind === 'open') begun = { from, inside: to };
    if (isSetting && kind === 'close' && begun !== null)
      found.push({ from: begun.from, to, inside: { from: begun.inside, to: from } });
    if (kind === 'open') depth += 1;
  }
  if (found.length > 1) throw twice(tag);
  return found[0] ?? null;
}

function twice(tag: string): UcmError {
  return new UcmError(
    'ucm-unreadable',
    `The vendor configuration holds ${tag} more than once, so it is left alone.`,
    true,
  );
}
