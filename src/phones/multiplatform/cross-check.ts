import { sameLoad } from '../../domain/firmware/load.js';
import { parseMac } from '../../domain/network/mac.js';
import type { SettingName } from '../../domain/phone/facts.js';
import type { MultiplatformPages, ProductField } from '../../domain/phone/page-profile.js';
import type { Disagreement, CrossCheck } from '../../domain/phone/cross-check.js';
import { readCfgXml, type FileStatement } from '../../pages/cross-check/cfg-xml.js';
import { isTransportError } from '../../transport/errors/transport-error.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { type AdminView, readAdminAgain, type ReadingSession, refererOf } from './admin-view.js';

/** Whether two texts mean the same. */
type Same = (page: string, other: string) => boolean;

const words = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
const sameText: Same = (page, other) => words(page) === words(other);
/** `$PSN` leaves out the maker's prefix (docs/knowledge/multiplatform-pages.md#product-information). */
const sameProduct: Same = (page, other) => words(page).replace(/^cp-/, '') === words(other).replace(/^cp-/, '');
const sameMac: Same = (page, other) => (parseMac(page) ?? words(page)) === (parseMac(other) ?? words(other));

const productThings: readonly [ProductField, string, Same][] = [
  ['mac', 'MAC', sameMac],
  ['productName', 'product name', sameProduct],
  ['softwareVersion', 'software version', sameLoad],
  ['hardwareVersion', 'hardware version', sameText],
  ['serial', 'serial number', sameText],
  ['transitionAuthorizationType', 'Transition Authorization Type', sameText],
];

const settingThings: readonly [SettingName, string][] = [
  ['upgradeRule', 'upgrade rule'],
  ['authorizationRule', 'authorization rule'],
  ['authorizationType', 'authorization type'],
];

/**
 * Cross-checks the page with the status file and the settings file, each read once in the same session. A file that is missing, empty,
 * broken or hides its values does not count (CSCvc65877, docs/knowledge/multiplatform-pages.md#status-files), nor does one of another phone
 * that has taken the address; that phone is named. Losing the connection here is not an error: the phone has been read.
 * @param earlier what files have said of the same page shortly before: those are not read again
 * @throws TransportError only for a local shortage
 */
export async function crossCheckPage(
  session: ReadingSession,
  view: AdminView,
  profile: MultiplatformPages,
  earlier: CrossCheck['agreed'] = [],
): Promise<CrossCheck> {
  const { statusXml, configXml } = profile.endpoints;
  const agreed = [...earlier];
  const disagreements: Disagreement[] = [];
  for (const [path, compare] of [
    [statusXml, compareProduct],
    [configXml, compareSettings],
  ] as const) {
    if (earlier.some(({ where }) => where === path)) continue;
    const file = await ask(session, path, view, profile);
    if (!file) continue;
    const found = compare(view, file, path);
    disagreements.push(...found.disagreements);
    if (found.what.length > 0) agreed.push({ where: path, what: found.what });
  }
  const mayBeAnother = view.connection === null || session.connection !== view.connection;
  if (disagreements.length === 0 || !mayBeAnother) return { agreed, disagreements };
  const now = await macNow(session, view, profile);
  if (now === view.admin.productInformation.mac) return { agreed, disagreements };
  return { agreed: [], disagreements: [], ...(now === null ? {} : { another: now }) };
}

async function ask(
  session: ReadingSession,
  path: string,
  { referer }: AdminView,
  profile: MultiplatformPages,
): Promise<FileStatement | null> {
  try {
    const page = await (referer ? session.get(path, refererOf(session, profile)) : session.get(path));
    return page.status === 200 ? readCfgXml(page.body, profile) : null;
  } catch (error) {
    // Not requested is not missing: a local shortage must not look like a file that shows nothing.
    if (!isTransportError(error) || isLocalShortage(error)) throw error;
    return null;
  }
}

interface Compared {
  /** What both show the same. */
  what: string[];
  disagreements: Disagreement[];
}

function compareProduct({ admin, page }: AdminView, { product }: FileStatement, where: string): Compared {
  const compared: Compared = { what: [], disagreements: [] };
  for (const [field, what, same] of productThings)
    compareOne(compared, what, same, admin.productInformation[field], product[field], page.path, where);
  return compared;
}

function compareSettings({ form, settings, page }: AdminView, other: FileStatement, where: string): Compared {
  const compared: Compared = { what: [], disagreements: [] };
  for (const [field, what] of settingThings) {
    // A settings file may hold what the select posts instead of what it shows.
    const posted = field === 'authorizationType' ? form?.authorizationType?.value : undefined;
    const same: Same = (shown, other) => sameText(shown, other) || (posted !== undefined && sameText(posted, other));
    compareOne(compared, what, same, settings?.[field], other.settings[field], page.path, where);
  }
  return compared;
}

/** A file may hide a value by leaving it empty; empty on the page is a value with a meaning (guide G10). */
function compareOne(
  { what: agreed, disagreements }: Compared,
  what: string,
  same: Same,
  page: string | null | undefined,
  other: string | undefined,
  pagePath: string,
  otherPath: string,
): void {
  if (page === null || page === undefined || !other?.trim()) return;
  if (same(page, other)) agreed.push(what);
  else
    disagreements.push({
      what,
      page: { value: page, where: pagePath },
      witness: { value: other, where: otherPath },
    });
}

/** The phone now at the address: over another connection, a disagreement may be another phone's. `null` where not shown. */
async function macNow(session: ReadingSession, view: AdminView, profile: MultiplatformPages): Promise<string | null> {
  try {
    return (await readAdminAgain(session, profile, view))?.admin.productInformation.mac ?? null;
  } catch (error) {
    if (!isTransportError(error) || isLocalShortage(error)) throw error;
    return view.admin.productInformation.mac;
  }
}
