import type { AuthorizationRow } from '../../domain/phone/facts.js';
import type { MultiplatformPages, MultiplatformSection } from '../../domain/phone/page-profile.js';
import { type ProductInformation, readProductInformation } from './product-information.js';
import { headingIndex } from './headings.js';
import { type Scan, scanPage } from './section-scanner.js';
import { cutSections, type Section, wholePageSections } from './sections.js';
import { readAuthorizationRows, statusText, statusTexts } from './status-rows.js';

/** What the admin page of a Multiplatform phone shows. Texts are the phone's own. */
export interface AdminPage {
  productInformation: ProductInformation;
  /** Phone Status > Upgrade Status; `null` when not shown or empty. */
  upgradeStatus: string | null;
  /** Firmware Upgrade Status 1 to 3, the newest first, empty ones left out. */
  firmwareUpgradeRows: readonly string[];
  /** In the order shown. */
  authorizationRows: readonly AuthorizationRow[];
  /** Call State of every line and call shown. */
  callStates: readonly string[];
}

/** What a page shows of its status where that is not read. */
export const withoutStatus: Omit<AdminPage, 'productInformation'> = {
  upgradeStatus: null,
  firmwareUpgradeRows: [],
  authorizationRows: [],
  callStates: [],
};

/** The sections that the page is read from. */
export const statusSections: ReadonlySet<MultiplatformSection> = new Set([
  'productInformation',
  'phoneStatus',
  'downloadStatus',
  'transitionAuthorizationStatus',
  'lineCallStatus',
]);

/** The section that says who a phone is. */
export const identitySections: ReadonlySet<MultiplatformSection> = new Set(['productInformation']);

/** Where the headings and forms of a page are: found once for all that is read from it. */
export function scanAdminPage(html: string, profile: MultiplatformPages): Scan {
  return scanPage(html, headingIndex(profile));
}

/**
 * Reads `/admin/advanced` (docs/knowledge/multiplatform-pages.md), all of it but the forms. `null` when this is not such an admin page: no
 * Product Information with a product name. The caller judges by the profile's `productNamePattern` whether the name is a supported phone's.
 * Never throws.
 * @param scan of this page, where it is scanned already
 */
export function readAdminPage(
  html: string,
  profile: MultiplatformPages,
  wanted: ReadonlySet<MultiplatformSection> = statusSections,
  scan?: Scan,
): AdminPage | null {
  return (
    readAdminPageQuickly(html, profile, wanted, scan) ??
    (mayHoldProductInformation(html, profile) ? readWholeAdminPage(html, profile, wanted) : null)
  );
}

/** The same by parsing no more than its sections; `null` too where only the whole page can tell. */
export function readAdminPageQuickly(
  html: string,
  profile: MultiplatformPages,
  wanted: ReadonlySet<MultiplatformSection> = statusSections,
  scan: Scan = scanAdminPage(html, profile),
): AdminPage | null {
  const cut = cutSections(html, profile, wanted, scan);
  return cut && adminPageOf(cut, profile);
}

/** The same by parsing the whole page, which is slow: `readAdminPage` falls back to it and is tested against it. */
export function readWholeAdminPage(
  html: string,
  profile: MultiplatformPages,
  wanted: ReadonlySet<MultiplatformSection> = statusSections,
): AdminPage | null {
  return adminPageOf(wholePageSections(html, profile, wanted), profile);
}

/** The same from sections, wherever they were read. */
export function adminPageOf(sections: readonly Section[], profile: MultiplatformPages): AdminPage | null {
  const productInformation = readProductInformation(sections, profile);
  if (!productInformation) return null;
  return {
    productInformation,
    upgradeStatus: statusText(sections, profile.upgradeStatus),
    firmwareUpgradeRows: statusTexts(sections, profile.firmwareUpgradeRows),
    authorizationRows: readAuthorizationRows(sections, profile),
    callStates: statusTexts(sections, profile.callState),
  };
}

/** A quick check that avoids parsing other devices' pages: all words of the heading and of a product name label. */
function mayHoldProductInformation(html: string, profile: MultiplatformPages): boolean {
  const lower = html.toLowerCase();
  // In a page with character references, any word may be there.
  if (lower.includes('&#')) return true;
  const words = (label: string): string[] => label.toLowerCase().split(' ');
  const holds = (labels: readonly string[]): boolean =>
    labels.some((label) => words(label).every((word) => lower.includes(word)));
  return holds(profile.sections.productInformation) && holds(profile.productInformation.labels.productName);
}
