import type { ProductField } from '../../domain/phone/page-profile.js';
import type { FieldTexts } from '../admin/product-information.js';

/** What the pages of one model and firmware have in common, up to the heading behind Product Information. */
export interface Layout {
  /** A text that stands on all of these pages, and whether the value behind it is read. */
  parts: readonly { same: string; isRead: boolean }[];
  /** What stands behind the last value. */
  last: string;
  /** The tag behind that; none of the page is read there. */
  after: string;
  /** What is shown for a field: the number of a value that is read, or a text that all of these pages show. */
  fields: readonly { field: ProductField; shown: number | string }[];
}

/** What a page shows, and where that ends. */
export interface Shown {
  texts: FieldTexts;
  end: number;
}

/** What was read by a layout · the page has it as far as it has arrived · the page has another one. */
export type Reading = Shown | 'arriving' | 'other';

/**
 * Reads a page, which may be arriving still, by a layout.
 * @param valueOf what is shown by a text of the page; `null` where that may be more than a value
 */
export function readByLayout(
  html: string,
  { parts, last, after, fields }: Layout,
  valueOf: (raw: string) => string | null,
): Reading {
  const values: string[] = [];
  let at = 0;
  for (const { same, isRead } of parts) {
    if (!standsAt(same, html, at)) return beginsWith(same, html, at);
    at += same.length;
    const end = html.indexOf('<', at);
    if (end < 0) return 'arriving';
    if (isRead) {
      const value = valueOf(html.slice(at, end));
      if (value === null) return 'other';
      values.push(value);
    }
    at = end;
  }
  if (!standsAt(last, html, at)) return beginsWith(last, html, at);
  at += last.length;
  if (!standsAt(after, html, at)) return beginsWith(after, html, at);
  const texts: Partial<Record<ProductField, string[]>> = {};
  for (const { field, shown } of fields) {
    const text = typeof shown === 'string' ? shown : values[shown];
    if (text === undefined) return 'other';
    (texts[field] ??= []).push(text);
  }
  return { texts, end: at };
}

/** Above this length a slice is compared faster than looked for. */
const shortText = 200;

function standsAt(same: string, html: string, at: number): boolean {
  return same.length > shortText ? html.slice(at, at + same.length) === same : html.startsWith(same, at);
}

/** What a page is where this text does not stand. */
function beginsWith(same: string, html: string, at: number): 'arriving' | 'other' {
  const left = html.length - at;
  return left < same.length && html.slice(at) === same.slice(0, left) ? 'arriving' : 'other';
}
