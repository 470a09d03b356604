import type { SettingName } from '../../domain/phone/facts.js';
import type { MultiplatformPages, ProductField } from '../../domain/phone/page-profile.js';
import { place, textsOf } from './status-xml.js';
import { matchesAny, onlyText } from '../markup/text.js';
import { readXml } from '../xml/read.js';

/** What an XML file of a phone shows that the admin page shows too. Absent: not shown, empty, hidden, or shown in two ways. */
export interface FileStatement {
  product: Partial<Record<ProductField, string>>;
  settings: Partial<Record<SettingName, string>>;
}

/**
 * Reads `status.xml` or `cfg.xml` for the cross-check (docs/knowledge/multiplatform-pages.md#status-files). Empty for anything else. Never
 * throws.
 */
export function readCfgXml(xml: string, profile: MultiplatformPages): FileStatement {
  const leaves = readXml(xml).map((leaf) => place(leaf, profile));
  const shown = (texts: readonly string[]): string | undefined => {
    const text = onlyText(texts);
    return text === null || text === '' || matchesAny(text, profile.hiddenValuePatterns) ? undefined : text;
  };
  const statement: FileStatement = { product: {}, settings: {} };
  for (const [field, tags] of Object.entries(profile.productInformation.tags) as [ProductField, string[]][]) {
    const text = shown(textsOf(leaves, tags, ['productInformation']));
    if (text !== undefined) statement.product[field] = text;
  }
  for (const [field, tags] of Object.entries(profile.firmwareUpgrade.tags) as [SettingName, string[]][]) {
    const text = shown(textsOf(leaves, tags, ['firmwareUpgrade']));
    if (text !== undefined) statement.settings[field] = text;
  }
  return statement;
}
