import { madeOnce } from '../../domain/text/remembering.js';
import type {
  MultiplatformPages,
  MultiplatformSection,
  ProductField,
  StatusLabel,
} from '../../domain/phone/page-profile.js';
import type { AdminPage } from '../admin/admin-page.js';
import type { HeadingMeaning } from '../admin/headings.js';
import { LabelIndex, numberedKey, tagKey } from '../../domain/phone/labels.js';
import { type FieldTexts, productInformation } from '../admin/product-information.js';
import { authorizationRow } from '../admin/status-rows.js';
import { detach } from '../../domain/text/detach.js';
import { collapse, onlyText } from '../markup/text.js';
import { readXml, type XmlLeaf } from '../xml/read.js';

/** What the status file shows. */
export interface StatusFile {
  admin: AdminPage;
  /** It has a tag for transition authorization rows, filled or empty. Without one it may be silent about licenses. */
  tellsOfLicense: boolean;
  /** The same of firmware upgrade rows, which say why an upgrade failed. */
  tellsOfUpgrade: boolean;
}

/**
 * Reads the status file (`/admin/status.xml`) as what the admin page would show: for the cross-check, for a phone that says it is upgrading, and
 * where the page cannot be read. Tags are found at any depth and under any root, nested in sections or flat
 * (docs/knowledge/multiplatform-pages.md#status-files); a tag inside the section of something else is not ours. `null` when it names no
 * product. Never throws.
 */
export function readStatusXml(xml: string, profile: MultiplatformPages): StatusFile | null {
  const leaves = readXml(xml).map((leaf) => place(leaf, profile));
  const texts: Partial<Record<ProductField, readonly string[]>> = {};
  for (const [field, tags] of Object.entries(profile.productInformation.tags) as [ProductField, string[]][]) {
    texts[field] = textsOf(leaves, tags, ['productInformation']);
  }
  const information = productInformation(texts satisfies FieldTexts, profile);
  if (!information) return null;
  const shown = ({ tags, sections }: StatusLabel): string[] => textsOf(leaves, tags, sections);
  const read = (label: StatusLabel): string[] =>
    shown(label)
      .filter((text) => text !== '')
      .map(detach);
  return {
    admin: {
      productInformation: information,
      upgradeStatus: onlyText(read(profile.upgradeStatus)),
      firmwareUpgradeRows: read(profile.firmwareUpgradeRows),
      authorizationRows: read(profile.authorizationRows)
        .map((text) => authorizationRow(text, profile.authorizationRows.pattern))
        .filter((row) => row !== null),
      callStates: read(profile.callState),
    },
    tellsOfLicense: shown(profile.authorizationRows).length > 0,
    tellsOfUpgrade: shown(profile.firmwareUpgradeRows).length > 0,
  };
}

/** A tag of a file, and the section of the page it belongs to. */
export interface PlacedLeaf {
  /** The tag as labels become tags, and the same with `#` for numbers. */
  keys: readonly string[];
  text: string;
  section: HeadingMeaning | null;
}

export function place(leaf: XmlLeaf, profile: MultiplatformPages): PlacedLeaf {
  const key = tagKey(leaf.tag);
  return { keys: [key, numberedKey(key)], text: collapse(leaf.text), section: sectionOf(leaf, profile) };
}

/** Texts of these tags, in the order of the tags, then of the document; only from these sections or from none. */
export function textsOf(
  leaves: readonly PlacedLeaf[],
  tags: readonly string[],
  sections: readonly MultiplatformSection[],
): string[] {
  return tags
    .map(tagKey)
    .flatMap((tag) =>
      leaves.filter(({ keys, section }) => keys.includes(tag) && isIn(section, sections)).map(({ text }) => text),
    );
}

function isIn(section: HeadingMeaning | null, sections: readonly MultiplatformSection[]): boolean {
  return section === null || (section !== 'other' && sections.includes(section));
}

/** The section a tag is in: the nearest tag around it that is a known heading, or its own attribute; `null` in a flat file. */
function sectionOf(leaf: XmlLeaf, profile: MultiplatformPages): HeadingMeaning | null {
  const index = sectionTags(profile);
  const group = leaf.attributes.get(profile.statusXmlSectionAttribute.toLowerCase());
  // `Info/Product_Information`: the last part that is not empty names the section.
  const named = group?.split('/').filter(Boolean).at(-1);
  if (named !== undefined) return index.find(tagKey(named)) ?? 'other';
  for (const parent of leaf.parents.toReversed()) {
    const section = index.find(tagKey(parent));
    if (section) return section;
  }
  return null;
}

/** Section headings as tags: every blank or punctuation mark becomes `_`. */
const sectionTags = madeOnce((profile: MultiplatformPages) => {
  const asTags = Object.entries({ ...profile.sections, other: profile.otherHeadings }).map(([name, headings]) => [
    name,
    headings.map(tagKey),
  ]);
  return new LabelIndex<HeadingMeaning>(Object.fromEntries(asTags) as Record<HeadingMeaning, string[]>);
});
