import { madeOnce } from '../../domain/text/remembering.js';
import { type Mac, parseMac } from '../../domain/network/mac.js';
import { forEachName } from '../../domain/phone/fields.js';
import { type MultiplatformPages, type ProductField, productFields } from '../../domain/phone/page-profile.js';
import { LabelIndex, labelKey } from '../../domain/phone/labels.js';
import { type Pair, pairsOf } from '../rows/label-value-pairs.js';
import { isFilled, type Row } from '../rows/cell.js';
import type { Section } from './sections.js';
import { detach } from '../../domain/text/detach.js';

/**
 * Info > Status > Product Information (docs/knowledge/multiplatform-pages.md#product-information). Texts as shown; `null` where not shown
 * or contradictory.
 */
export interface ProductInformation extends Record<Exclude<ProductField, 'mac'>, string | null> {
  productName: string;
  /** 12 upper-case hexadecimal digits. */
  mac: Mac | null;
  /** `""` when shown empty, `null` when there is no such row (guide G10). Never the form's select of the same label. */
  transitionAuthorizationType: string | null;
}

/** What was found for each field; more than one text when the page contradicts itself. */
export type FieldTexts = Partial<Record<ProductField, readonly string[]>>;

/**
 * Reads Product Information. `null` when no section holds what the profile requires, or when several do and differ: then
 * it is not known which one is the phone's.
 */
export function readProductInformation(
  sections: readonly Section[],
  profile: MultiplatformPages,
): ProductInformation | null {
  const labels = productLabels(profile);
  const found = sections
    .filter((section) => section.name === 'productInformation')
    .map((section) => productInformation(fieldTexts(section, labels), profile))
    .filter((information) => information !== null);
  const [first, ...others] = found;
  if (!first || others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) return null;
  return first;
}

/** Makes the record of the texts that were found, from whatever page. `null` when a required field is missing. */
export function productInformation(texts: FieldTexts, profile: MultiplatformPages): ProductInformation | null {
  const one = (field: ProductField): string | null => {
    const [first, ...others] = texts[field] ?? [];
    return first === undefined || others.some((other) => other !== first) ? null : detach(first);
  };
  const filled = (field: ProductField): string | null => one(field) || null;
  const productName = filled('productName');
  if (!productName || profile.productInformation.required.some((field) => filled(field) === null)) return null;
  return {
    ...forEachName(productFields, filled),
    productName,
    mac: parseMac(one('mac') ?? ''),
    transitionAuthorizationType: one('transitionAuthorizationType'),
  };
}

/** What a section shows for each field. */
export function fieldTexts(section: Section, labels: LabelIndex<ProductField | 'other'>): FieldTexts {
  const texts: Partial<Record<ProductField, string[]>> = {};
  for (const [at, row] of section.rows.entries()) {
    const next = section.rows[at + 1];
    const mayStandBelow = next !== undefined && isStrayWord(next);
    for (const pair of pairsOf(row)) {
      const field = labels.findIn(pair.label);
      const text = shownText(pair, row, mayStandBelow);
      if (!field || field === 'other' || text === null || holdsLabel(text, labels)) continue;
      (texts[field] ??= []).push(text);
    }
  }
  return texts;
}

/**
 * A label is not a value: tables with labels above values are not read at all, and where a lost tag ran a value and the next label
 * together, neither is known.
 */
export function holdsLabel(text: string, labels: LabelIndex<ProductField | 'other'>): boolean {
  if (labels.find(text)) return true;
  const key = labelKey(text);
  // In a single word, as most values are, there is no other.
  if (!key.includes(' ')) return false;
  for (const label of labels.keys())
    if (label.includes(' ') ? key.includes(label) : key.endsWith(` ${label}`)) return true;
  return false;
}

/** The text beside a label; `null` when there is none or it is a control, for this section is read-only. */
function shownText({ label, value }: Pair, row: Row, mayStandBelow: boolean): string | null {
  if (!value && !(label.isLabel && row.cells.at(-1) === label)) return null;
  if (value && (value.controls.length > 0 || value.isAside)) return null;
  if (value && value.text !== '') return value.text;
  // Shown empty has a meaning of its own (guide G10), unless the value may stand elsewhere.
  return value?.goesOn || (value?.buttons.length ?? 0) > 0 || mayStandBelow ? null : '';
}

/** A row of one word: not a label and value, a heading or a sentence. */
function isStrayWord({ cells }: Row): boolean {
  const [only, ...others] = cells.filter(isFilled);
  return only !== undefined && others.length === 0 && /^[^\s:]+$/.test(only.text);
}

/** The labels of a profile, with those that are not read. */
export const productLabels = madeOnce(
  ({ productInformation: { labels, otherLabels } }: MultiplatformPages) =>
    new LabelIndex<ProductField | 'other'>({ ...labels, other: otherLabels }),
);
