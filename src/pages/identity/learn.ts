import { type MultiplatformPages, productFields } from '../../domain/phone/page-profile.js';
import { headingIndex, type HeadingMeaning } from '../admin/headings.js';
import { type FieldTexts, fieldTexts, productLabels } from '../admin/product-information.js';
import type { TextSpan } from '../admin/section-scanner.js';
import { sectionsOf } from '../admin/sections.js';
import { isElement, isText, type PageNode, textOf } from '../markup/dom.js';
import { roleOf } from '../markup/tags.js';
import { collapse } from '../markup/text.js';
import { detach } from '../../domain/text/detach.js';
import { type Cell, isFilled, type Row } from '../rows/cell.js';
import type { Layout } from './layout.js';
import { plainValues } from './plain-values.js';

/** A page from which Product Information was read. */
export interface ReadPage {
  html: string;
  /** Where the section stands, with the heading behind it. */
  section: TextSpan & { behind: HeadingMeaning; seen: number };
  /** What was read from there, and what it shows for each field. */
  rows: readonly Row[];
  texts: FieldTexts;
  /** Where the scanner found texts that may be others (`scanPage`), in order. */
  values: readonly TextSpan[];
}

interface Place {
  row: number;
  cell: number;
}

/**
 * The layout of a page. Phones of one model and firmware show the same page but for their values: where a page differs from this one in nothing
 * but plain values between the same tags, scanner, parser and readers would find the same fields with other texts in them, and need not
 * look. A text may differ where two that know nothing of each other say so: the scanner, that it is no heading whatever it says (`values`),
 * and the rows, that it is a cell's only one (`placesOf`). Before the section, of which nothing is read, the scanner's word is enough. All
 * else has to be the same. `null` where more than Product Information would be read from the section.
 */
export function layoutOf({ html, section, rows, values }: ReadPage, profile: MultiplatformPages): Layout | null {
  const places = placesOf(html, section.start, rows, plainValues(profile));
  const parts: { same: string; isRead: boolean }[] = [];
  const read: Place[] = [];
  let from = 0;
  for (const { start, end } of values) {
    if (end > section.end) break;
    const place = start < section.start ? null : places.get(start);
    if (place === undefined) continue;
    parts.push({ same: detach(html.slice(from, start)), isRead: place !== null });
    if (place) read.push(place);
    from = end;
  }
  const fields = fieldsOf(withProbes(rows, read), section.behind, profile);
  const after = section.seen < html.length ? html.slice(section.end, section.seen) : null;
  return fields && after !== null
    ? { parts, last: detach(html.slice(from, section.end)), after: detach(after), fields }
    : null;
}

/** The cells that are nothing but one value and stand behind another, by the position of that text in the page. */
function placesOf(
  html: string,
  offset: number,
  rows: readonly Row[],
  valueOf: (raw: string) => string | null,
): Map<number, Place> {
  const places = new Map<number, Place>();
  for (const [row, { cells }] of rows.entries()) {
    const first = cells.findIndex(isFilled);
    for (const [cell, found] of cells.entries()) {
      const at = offset + (found.origin?.startIndex ?? Number.NaN);
      if (cell > first && isOneText(found) && valueOf(html.slice(at, html.indexOf('<', at))) === found.text)
        places.set(at, { row, cell });
    }
  }
  return places;
}

/** A short text in a footnote is a note. */
function isOneText({ origin, text, label }: Cell): boolean {
  return (
    origin !== null && isText(origin) && standsAlone(origin, text) && label === text && collapse(origin.data) === text
  );
}

/** Whether no inline tag around it may be a note, or become one with what else it holds. */
function standsAlone(node: PageNode, text: string): boolean {
  for (let around = node.parent; around && isElement(around); around = around.parent) {
    const role = roleOf(around.name);
    if (role !== 'inline' && role !== 'flow') return true;
    if (role === 'inline' && (around.name === 'sup' || collapse(textOf(around)) !== text)) return false;
  }
  return true;
}

/** A value that no page shows, and its number. */
const probe = (number: number): string => `\n${number}`;
const probed = /^\n(\d+)$/;

function shownBy(text: string): number | string {
  const number = probed.exec(text)?.[1];
  return number === undefined ? detach(text) : Number(number);
}

function withProbes(rows: readonly Row[], places: readonly Place[]): Row[] {
  const filled = rows.map((row) => ({ ...row, cells: [...row.cells] }));
  for (const [number, { row, cell }] of places.entries()) {
    const cells = filled[row]?.cells;
    const found = cells?.[cell];
    if (found) cells[cell] = { ...found, text: probe(number), label: probe(number) };
  }
  return filled;
}

/** Which value is read for which field; `null` where the section ends elsewhere than was found, or more is read from it. */
function fieldsOf(rows: readonly Row[], behind: HeadingMeaning, profile: MultiplatformPages): Layout['fields'] | null {
  const [section, next] = sectionsOf(rows, 0, headingIndex(profile));
  if (!section) return null;
  const { name } = section;
  if (name !== 'productInformation' || next?.name !== behind) return null;
  const { upgradeStatus, firmwareUpgradeRows, callState, authorizationRows } = profile;
  const statuses = [upgradeStatus, firmwareUpgradeRows, callState, authorizationRows];
  if (statuses.some(({ sections }) => sections.includes(name))) return null;
  const texts = fieldTexts({ ...section, name }, productLabels(profile));
  return productFields.flatMap((field) => (texts[field] ?? []).map((text) => ({ field, shown: shownBy(text) })));
}
