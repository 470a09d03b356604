import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { readStatusXml } from '../../pages/cross-check/status-xml.js';
import type { SeenStatus } from '../phones.js';
import { boundFacts } from '../bound-facts.js';
import { type ReadingSession, refererOf } from './admin-view.js';
import { multiplatformFacts } from './facts.js';

/**
 * Whether the status file, a small part of the admin page's size, shows word for word what the page showed: who the phone is, what it runs,
 * and everything it says about its upgrade. `false` also where it is missing, unreadable, or silent about what is asked. @throws TransportError
 */
export async function showsSameStatus(
  session: ReadingSession,
  { facts, withLicense }: SeenStatus,
  profile: MultiplatformPages,
  withReferer: boolean,
): Promise<boolean> {
  const path = profile.endpoints.statusXml;
  const page = await session.get(path, withReferer ? refererOf(session, profile) : undefined);
  const file = page.status === 200 ? readStatusXml(page.body, profile) : null;
  if (!file?.tellsOfUpgrade || (withLicense && !file.tellsOfLicense)) return false;
  const shown = boundFacts(multiplatformFacts(file.admin, profile, page.path, null, null));
  return statusOf(shown, withLicense) === statusOf(facts, withLicense);
}

function statusOf(facts: PhoneFacts, withLicense: boolean): string {
  const { mac, productId, softwareVersion, upgradeStatus, firmwareUpgradeRows } = facts;
  const { authorizationRows, transitionAuthorizationType } = facts;
  const ofLicense = withLicense ? [transitionAuthorizationType, authorizationRows.map(({ text }) => text)] : [];
  return JSON.stringify([mac, productId, softwareVersion, upgradeStatus, firmwareUpgradeRows, ...ofLicense]);
}
