import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { madeOnce } from '../../domain/text/remembering.js';
import { type AdminPage, adminPageOf, withoutStatus } from '../admin/admin-page.js';
import { headingIndex } from '../admin/headings.js';
import { fieldTexts, productInformation, productLabels } from '../admin/product-information.js';
import { type HeadingMark, scanPage, type TextSpan } from '../admin/section-scanner.js';
import { type AnySection, rowsIn, type Section, sectionsOf } from '../admin/sections.js';
import { pageLimits } from '../markup/limits.js';
import { KnownLayouts } from './known-layouts.js';
import type { Shown } from './layout.js';
import type { ReadPage } from './learn.js';

/** Who a phone is, and the part of its page that says so. */
export interface Identity {
  admin: AdminPage;
  html: string;
}

const layoutsOf = madeOnce((profile: MultiplatformPages) => new KnownLayouts(profile));

/**
 * Reads Product Information alone, from an admin page that may be arriving still; `null` where a known heading behind it has not arrived yet,
 * or where only the whole page can tell.
 * @param known the layouts of pages that were read before, to which this one's is added
 */
export function readIdentity(
  html: string,
  profile: MultiplatformPages,
  known: KnownLayouts = layoutsOf(profile),
): Identity | null {
  const reading = known.read(html);
  if (reading === 'arriving') return null;
  const identity = reading === 'other' ? null : identityOf(reading, html, profile);
  return identity ?? readAnew(html, profile, known);
}

function readAnew(html: string, profile: MultiplatformPages, known: KnownLayouts): Identity | null {
  const { mayLearn } = known;
  const values: TextSpan[] = [];
  const section = findSection(html, profile, mayLearn ? values : null);
  if (!section) return null;
  const rows = rowsIn(html.slice(section.start, section.end), false);
  const sections = sectionsOf(rows, section.start, headingIndex(profile));
  // Scanner and parser disagree on where the section ends (broken markup).
  if (sections.pop()?.name !== section.behind) return null;
  const ours = sections.filter(isProductInformation);
  const admin = adminPageOf(ours, profile);
  if (!admin) return null;
  const [first] = ours;
  if (mayLearn && first) known.learn({ html, section, rows, values, texts: fieldTexts(first, productLabels(profile)) });
  else known.skip();
  return { admin, html: html.slice(0, section.end) };
}

function isProductInformation(section: AnySection): section is Section {
  return section.name === 'productInformation';
}

/** Where Product Information stands, with the heading behind it. */
function findSection(html: string, profile: MultiplatformPages, values: TextSpan[] | null): ReadPage['section'] | null {
  let start: number | null = null;
  const isBehind = (mark: HeadingMark): boolean => {
    const isOurs = mark.meaning === 'productInformation';
    if (isOurs) start ??= mark.start;
    return start !== null && !isOurs;
  };
  const { headings, seen } = scanPage(html, headingIndex(profile), isBehind, values);
  const last = headings.at(-1);
  if (start === null || !last || last.meaning === 'productInformation') return null;
  return headings.length > pageLimits.headings ? null : { start, end: last.end, behind: last.meaning, seen };
}

function identityOf({ texts, end }: Shown, html: string, profile: MultiplatformPages): Identity | null {
  const shown = productInformation(texts, profile);
  return shown && { admin: { productInformation: shown, ...withoutStatus }, html: html.slice(0, end) };
}
