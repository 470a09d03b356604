import { madeOnce } from '../../domain/text/remembering.js';
import {
  type EnterprisePages,
  type MultiplatformPages,
  type ProductField,
  productFields,
} from '../../domain/phone/page-profile.js';
import { adminPageOf, statusSections } from '../admin/admin-page.js';
import type { JsonField } from '../admin/json-tab.js';
import { cutSections, type Section, wholePageSections } from '../admin/sections.js';
import { parsePage } from '../markup/dom.js';
import { LabelIndex, numberedKey, tagKey, labelIndexOf } from '../../domain/phone/labels.js';
import { pairsOf } from '../rows/label-value-pairs.js';
import { readRows } from '../rows/rows.js';
import { formSections } from '../upgrade-form/find.js';
import { collapse, compile } from '../markup/text.js';
import { readXml } from '../xml/read.js';

/** A text that a page shows under a name that we know. */
export interface ShownText {
  /** What the name stands for: a field of the profile. */
  field: string;
  /** The name as the page spells it. */
  name: string;
  kind: 'label' | 'tag' | 'banner';
  /** Blanks collapsed; not to be trusted in output. */
  text: string;
}

/** How an admin page was read. */
export type AdminReader = 'sections' | 'whole-page' | 'none';

/** Which way an HTML admin page is read, and every known label of its status sections with what stands beside it. */
export function traceAdminPage(html: string, profile: MultiplatformPages): { reader: AdminReader; texts: ShownText[] } {
  const cut = cutSections(html, profile, statusSections);
  const isQuick = cut !== null && adminPageOf(cut, profile) !== null;
  const sections = isQuick ? cut : wholePageSections(html, profile, statusSections);
  const reader = isQuick ? 'sections' : adminPageOf(sections, profile) === null ? 'none' : 'whole-page';
  return { reader, texts: [...textsIn(sections, adminLabels(profile)), ...authorizationTexts(sections, profile)] };
}

/** The labels of the three settings as the page spells them, in its Firmware Upgrade section. */
export function traceUpgradeForm(html: string, profile: MultiplatformPages): ShownText[] {
  const labels = labelIndexOf(profile.firmwareUpgrade.labels);
  const inSections = (sections: readonly Section[]): ShownText[] => textsIn(sections, labels);
  const quick = inSections(cutSections(html, profile, formSections) ?? []);
  return quick.length > 0 ? quick : inSections(wholePageSections(html, profile, formSections));
}

/** The same of a tab that is served as JSON. */
export function traceTab(fields: readonly JsonField[], profile: MultiplatformPages): ShownText[] {
  const [product, settings] = [adminLabels(profile), labelIndexOf(profile.firmwareUpgrade.labels)];
  return fields.flatMap(({ name, value }): ShownText[] => {
    const field = product.find(name) ?? settings.find(name);
    return field === undefined ? [] : [{ field, name: collapse(name), kind: 'label', text: collapse(value) }];
  });
}

/** The known tags of a status or settings file. */
export function traceStatusFile(xml: string, profile: MultiplatformPages): ShownText[] {
  const { productInformation, upgradeStatus, firmwareUpgradeRows, callState, authorizationRows, firmwareUpgrade } =
    profile;
  const fields = new Map<string, string>();
  const known: [string, readonly string[]][] = [
    ...Object.entries(firmwareUpgrade.tags),
    ...Object.entries({ upgradeStatus, firmwareUpgradeRows, callState, authorizationRows }).map(
      ([field, { tags }]): [string, readonly string[]] => [field, tags],
    ),
    ...Object.entries(productInformation.tags),
  ];
  for (const [field, tags] of known) for (const tag of tags) fields.set(tagKey(tag), field);
  return readXml(xml).flatMap(({ tag, text }): ShownText[] => {
    const key = tagKey(tag);
    const field = fields.get(key) ?? fields.get(numberedKey(key));
    return field === undefined ? [] : [{ field, name: spelled(xml, tag), kind: 'tag', text: collapse(text) }];
  });
}

/** The known tags of an Enterprise device page. */
export function traceEnterpriseXml(xml: string, profile: EnterprisePages): ShownText[] {
  const wanted = labelIndexOf(profile.tags);
  return readXml(xml).flatMap(({ tag, text }): ShownText[] => {
    const field = wanted.find(tag);
    return field === undefined ? [] : [{ field, name: spelled(xml, tag), kind: 'tag', text: collapse(text) }];
  });
}

/** The known labels of an Enterprise device page in HTML, and its banner. A UDI has all its lines. */
export function traceEnterpriseHtml(html: string, profile: EnterprisePages): ShownText[] {
  const wanted = labelIndexOf(profile.labels);
  const banner = compile(profile.bannerPattern);
  const document = parsePage(html);
  const found: ShownText[] = [];
  for (const { cells } of document ? readRows(document) : []) {
    const texts = cells.map(({ text }) => text).filter((text) => text !== '');
    const [first = ''] = texts;
    const [cell] = cells;
    const field = cell && cell.text !== '' ? wanted.findIn(cell) : undefined;
    const last = found.at(-1);
    if (field !== undefined) found.push({ field, name: first, kind: 'label', text: texts.slice(1).join(' ') });
    else if (last?.field === 'udi' && texts.length === 1) last.text += ` ${first}`;
    for (const text of texts) {
      if (banner.test(text)) found.push({ field: 'banner', name: text, kind: 'banner', text });
    }
  }
  return found;
}

const adminLabels = madeOnce((profile: MultiplatformPages) => {
  const { productInformation, upgradeStatus, firmwareUpgradeRows, callState, authorizationRows } = profile;
  return new LabelIndex<string>({
    upgradeStatus: upgradeStatus.labels,
    firmwareUpgradeRows: firmwareUpgradeRows.labels,
    callState: callState.labels,
    authorizationRows: authorizationRows.labels,
    ...Object.fromEntries(productFields.map((field: ProductField) => [field, productInformation.labels[field]])),
  });
});

function textsIn(sections: readonly Section[], labels: LabelIndex<string>): ShownText[] {
  return sections.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      pairsOf(row).flatMap(({ label, value }): ShownText[] => {
        const field = labels.findIn(label);
        return field === undefined ? [] : [{ field, name: label.label, kind: 'label', text: value?.text ?? '' }];
      }),
    ),
  );
}

/** Rows that follow their heading have no label of their own: the heading is their name. */
function authorizationTexts(
  sections: readonly Section[],
  { authorizationRows, sections: names }: MultiplatformPages,
): ShownText[] {
  const [heading = ''] = names.transitionAuthorizationStatus;
  const pattern = compile(authorizationRows.pattern);
  return sections
    .filter(({ name }) => name === 'transitionAuthorizationStatus')
    .flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.map(({ text }) => text).filter((text) => pattern.test(text))),
    )
    .map((text): ShownText => ({ field: 'authorizationRows', name: heading, kind: 'label', text }));
}

/** A tag as the file spells it. */
function spelled(xml: string, tag: string): string {
  const name = tag.replace(/[^\w-]/g, '.');
  return new RegExp(`<(?:[\\w.-]+:)?(${name})[\\s/>]`, 'i').exec(xml)?.[1] ?? tag;
}
