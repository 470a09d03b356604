import type { EnterprisePages, MultiplatformPages, MultiplatformSection } from '../../domain/phone/page-profile.js';
import type { NearLabel } from '../../domain/phone/near-label.js';
import { nearMiss } from '../../domain/text/near-miss.js';
import { cutSections } from '../admin/sections.js';
import { parsePage, withoutScripts } from '../markup/dom.js';
import { labelKey, numberedKey } from '../../domain/phone/labels.js';
import { detach } from '../../domain/text/detach.js';
import type { Row } from '../rows/cell.js';
import { readRows } from '../rows/rows.js';

/** Labels that stand for the same thing, in the order of the profile. */
type Groups = readonly (readonly string[])[];

/*
 * All of this is only for pages that were not understood, and bounded: a page may be long, and its labels many. Parsing costs what reading
 * such a page costs anyway; each of its texts is held against labels of nearly its length only.
 */
const longestPage = 600_000;
const longestLabel = 60;
const mostTexts = 3_000;
const mostFound = 8;

/** What an admin page shows instead of labels that it lacks: of Product Information, of the three settings, of both headings. Never throws. */
export function nearAdminLabels(html: string, profile: MultiplatformPages): NearLabel[] {
  const { sections, productInformation, firmwareUpgrade, otherHeadings, tabs } = profile;
  const wanted: Groups = [
    ...Object.values(sections),
    ...Object.values(productInformation.labels),
    ...Object.values(firmwareUpgrade.labels),
  ];
  return nearMissesIn(textsOf(html), wanted, [...otherHeadings, ...tabs, ...productInformation.otherLabels]);
}

/** The same for the three settings alone: within their section where there is one, else anywhere. */
export function nearSettingLabels(html: string, profile: MultiplatformPages): NearLabel[] {
  const { sections, firmwareUpgrade, otherHeadings, tabs } = profile;
  const only: ReadonlySet<MultiplatformSection> = new Set(['firmwareUpgrade']);
  const labels: Groups = Object.values(firmwareUpgrade.labels);
  const found = cutSections(html, profile, only) ?? [];
  if (found.length > 0)
    return nearMissesIn(
      found.flatMap(({ rows }) => cellTexts(rows)),
      labels,
      [],
    );
  return nearMissesIn(textsOf(html), [sections.firmwareUpgrade, ...labels], [...otherHeadings, ...tabs]);
}

/** What an Enterprise device page shows instead of labels that it lacks. Never throws. */
export function nearDeviceLabels(html: string, profile: EnterprisePages): NearLabel[] {
  return nearMissesIn(textsOf(html), Object.values(profile.labels), []);
}

/** What a tab served as JSON shows instead of labels that it lacks. */
export function nearTabLabels(names: readonly string[], profile: MultiplatformPages): NearLabel[] {
  const { productInformation, firmwareUpgrade } = profile;
  return nearMissesIn(
    names,
    [...Object.values(productInformation.labels), ...Object.values(firmwareUpgrade.labels)],
    productInformation.otherLabels,
  );
}

/** @param others known labels of other things, which are never a misspelling */
function nearMissesIn(texts: Iterable<string>, wanted: Groups, others: readonly string[]): NearLabel[] {
  const shown = new Map<string, string>();
  for (const text of texts) {
    if (shown.size >= mostTexts) break;
    if (text.length <= longestLabel && /\p{L}/u.test(text)) shown.set(labelKey(text), text);
  }
  const isShown = (label: string): boolean => shown.has(labelKey(label));
  const missing = wanted.filter((labels) => !labels.some(isShown)).flat();
  const known = new Set([...wanted.flat(), ...others].map((label) => numberedKey(labelKey(label))));
  const byKey = new Map(missing.map((label) => [labelKey(label), label]));
  const found: NearLabel[] = [];
  for (const [key, text] of shown) {
    if (found.length >= mostFound) break;
    if (known.has(numberedKey(key)) || known.has(key)) continue;
    const meant = nearMiss(key, byKey.keys());
    if (meant !== null) found.push({ shown: detach(text), meant: byKey.get(meant) ?? meant });
  }
  return found;
}

function textsOf(html: string): string[] {
  const document = parsePage(withoutScripts(html.slice(0, longestPage)).text);
  return document ? cellTexts(readRows(document)) : [];
}

function cellTexts(rows: readonly Row[]): string[] {
  return rows.flatMap(({ cells }) => cells.flatMap(({ text, label }) => (label === text ? [text] : [text, label])));
}
