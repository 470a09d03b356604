import { failure } from '../../domain/failures/failure-codes.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { settingNames } from '../../domain/phone/facts.js';
import { didYouMean, type NearLabel } from '../../domain/phone/near-label.js';
import type { Failure } from '../../domain/failures/failure.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import { nearAdminLabels, nearSettingLabels } from '../../pages/trace/near-labels.js';
import { readStatusXml } from '../../pages/cross-check/status-xml.js';
import type { Page, PhoneSession } from '../../transport/session/session.js';
import type { PhoneDriver, Reading } from '../driver.js';
import { matchesAny } from '../../pages/markup/text.js';
import type { Depth } from '../phones.js';
import type { MethodMemory } from '../method-memory.js';
import { type AdminView, readAdmin } from './admin-view.js';
import { multiplatformFacts } from './facts.js';
import { troubleWith } from './trouble.js';

/**
 * Multiplatform and transition phones: everything is in one document, `/admin/advanced`, or in the tabs that its scripts fetch. Where
 * that page cannot be read, the status file identifies the phone, but allows no write.
 */
export function multiplatformDriver({ multiplatform: profile }: PhoneProfiles, memory: MethodMemory): PhoneDriver {
  return { read };

  async function read(session: PhoneSession, depth: Depth): Promise<Reading> {
    const { host } = session;
    const { view, page } = await readAdmin(session, profile, { depth, referer: memory.wantsReferer(host) });
    if (view) {
      const { productName } = view.admin.productInformation;
      if (!isOurs(productName)) return { kind: 'foreign', name: productName };
      memory.readWith(host, view.referer);
      const facts = multiplatformFacts(view.admin, profile, view.readFrom, view.settings, view.problem);
      const near = depth === 'settings' ? nearMisses(view) : [];
      return { kind: 'phone', facts: near.length > 0 ? { ...facts, nearLabels: near } : facts, page: view };
    }
    const trouble = troubleWith(page, profile);
    return mayBeOurs(page, trouble) ? readStatus(session, page, trouble) : { kind: 'other', trouble, seen: [page] };
  }

  async function readStatus(session: PhoneSession, page: Page, trouble: Failure | null): Promise<Reading> {
    const status = await session.get(profile.endpoints.statusXml);
    const read = status.status === 200 ? readStatusXml(status.body, profile)?.admin : null;
    if (!read || !isOurs(read.productInformation.productName)) return { kind: 'other', trouble, seen: [page, status] };
    const why =
      trouble ??
      failure(
        'page-unreadable',
        `${page.path} could not be read; the phone is known from ${status.path}.${didYouMean(nearAdminLabels(page.body, profile))}`,
      );
    return { kind: 'phone', facts: multiplatformFacts(read, profile, status.path, null, why), page: null };
  }

  /** What the page shows instead of settings that it should have; a page whose form is odd has them. */
  function nearMisses({ shape, page, problem, settings }: AdminView): NearLabel[] {
    const lacks = settings === null || settingNames.some((name) => settings[name] === null);
    return shape === 'html' && problem === null && lacks ? nearSettingLabels(page.body, profile) : [];
  }

  function isOurs(productName: string): boolean {
    return matchesAny(productName, [profile.productNamePattern]);
  }

  /** Whether a second request is worthwhile: the page fails as a phone's may, or its title is a phone's. */
  function mayBeOurs(page: Page, trouble: Failure | null): boolean {
    if (trouble !== null) return page.status !== 401 && page.status !== 403;
    return page.status === 200 && matchesAny(describePage(page.body, profile).title ?? '', profile.titlePatterns);
  }
}
