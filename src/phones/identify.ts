import { failure } from '../domain/failures/failure-codes.js';
import type { PhoneFacts } from '../domain/phone/facts.js';
import type { PhoneProfiles } from '../domain/phone/page-profile.js';
import { didYouMean } from '../domain/phone/near-label.js';
import type { Failure } from '../domain/failures/failure.js';
import { readAdminPage } from '../pages/admin/admin-page.js';
import { nearAdminLabels } from '../pages/trace/near-labels.js';
import { describePage } from '../pages/sign-in/page-kind.js';
import type { Page, PhoneSession } from '../transport/session/session.js';
import { isTransportError } from '../transport/errors/transport-error.js';
import { foreignAnswers } from './access/foreign.js';
import type { Reading } from './driver.js';
import type { AdminView } from './multiplatform/admin-view.js';
import { enterpriseDriver } from './enterprise/driver.js';
import { multiplatformDriver } from './multiplatform/driver.js';
import { multiplatformFacts } from './multiplatform/facts.js';
import { matchesAny } from '../pages/markup/text.js';
import type { Depth, Look, MayInitialize } from './phones.js';
import { RunMethodMemory, type MethodMemory } from './method-memory.js';

/** What an address is, and the admin page it was read from where it can be written to. */
export interface Identified {
  look: Look;
  page: AdminView | null;
}

/**
 * Identifies a device in a few requests over one connection: a Multiplatform phone (one request), an Enterprise phone (two), a phone
 * that shows nothing, or no phone at all. @throws TransportError
 */
export type Identify = (session: PhoneSession, depth: Depth, mayInitialize?: MayInitialize) => Promise<Identified>;

export function createIdentify(profiles: PhoneProfiles, memory: MethodMemory = new RunMethodMemory()): Identify {
  const { multiplatform } = profiles;
  const isForeign = foreignAnswers(profiles);
  const first = multiplatformDriver(profiles, memory);
  const second = enterpriseDriver(profiles, saysEnough);
  return async (session, depth) => {
    const reading = await first.read(session, depth);
    if (reading.kind === 'phone') return { look: { kind: 'phone', facts: reading.facts }, page: reading.page };
    if (reading.kind === 'foreign')
      return notAPhone(`It is a ${reading.name.slice(0, 80)}, which is not one of these phones.`);
    const { trouble, seen } = reading;
    let enterprise: Reading;
    try {
      enterprise = await second.read(session, depth);
    } catch (error) {
      // Its first response says more than the lost connection after it.
      if (!trouble || !isTransportError(error) || seen.some(looksForeign)) throw error;
      return { look: { kind: 'unreadable', failure: trouble }, page: null };
    }
    if (enterprise.kind === 'phone') return { look: { kind: 'phone', facts: enterprise.facts }, page: null };
    return unidentified([...seen, ...(enterprise.kind === 'other' ? enterprise.seen : [])], trouble);
  };

  /** Neither family's page: a phone behind a password, which its user page may still identify, or something else. */
  function unidentified(seen: Page[], trouble: Failure | null): Identified {
    const facts = seen
      .filter(({ status }) => status === 200)
      .map((page) => userPageFacts(page, trouble))
      .find((found) => found !== null);
    if (facts) return { look: { kind: 'phone', facts }, page: null };
    const evident = seen.some(looksMultiplatform);
    // Without trouble there is nothing behind which a phone could hide.
    if (trouble && (evident || !seen.some(looksForeign)))
      return { look: { kind: 'unreadable', failure: trouble }, page: null };
    if (evident) return { look: { kind: 'unreadable', failure: notUnderstood(seen) }, page: null };
    return notAPhone(describeForeign(seen));
  }

  /** The failure of pages that are a phone's and were not understood, with labels that nearly are ones we know. */
  function notUnderstood(seen: readonly Page[]): Failure {
    const pages = seen.filter((page) => page.status === 200 && looksMultiplatform(page));
    const near = pages.map(({ body }) => nearAdminLabels(body, multiplatform)).find(({ length }) => length > 0);
    return failure('page-unreadable', `${failure('page-unreadable').message}${didYouMean(near)}`);
  }

  function userPageFacts(page: Page, trouble: Failure | null): PhoneFacts | null {
    const user = readAdminPage(page.body, multiplatform);
    if (!user || !matchesAny(user.productInformation.productName, [multiplatform.productNamePattern])) return null;
    const why =
      trouble ??
      failure(
        'web-admin-off',
        `${multiplatform.endpoints.adminPage} is not served; the phone is known from its user page.`,
      );
    return multiplatformFacts(user, multiplatform, page.path, null, why);
  }

  /** A start page that needs no further request: another maker's, a Multiplatform phone's, or an empty one. */
  function saysEnough(page: Page): boolean {
    return looksForeign(page) || looksMultiplatform(page) || (page.status === 200 && page.body.trim() === '');
  }

  function looksMultiplatform(page: Page): boolean {
    return matchesAny(describePage(page.body, multiplatform).title ?? '', multiplatform.titlePatterns);
  }

  /** Whether a page is from another maker's server. The title of a page that refuses says nothing about the maker. */
  function looksForeign(page: Page): boolean {
    return isForeign(page.status === 200 ? page : { ...page, body: '' });
  }

  function notAPhone(detail: string): Identified {
    return { look: { kind: 'not-a-phone', detail }, page: null };
  }

  function describeForeign(seen: Page[]): string {
    const title = seen
      .map((page) => describePage(page.body, multiplatform).title)
      .findLast((text) => text !== null && text !== '');
    const server = seen.map(({ headers }) => headers['server']).find(Boolean);
    const clues = [
      title && `its page is called "${title.slice(0, 80)}"`,
      server && `its server is ${server.slice(0, 80)}`,
    ].filter(Boolean);
    return clues.length > 0 ? `Not a phone: ${clues.join(', ')}.` : 'Not a phone: none of the pages that phones have.';
  }
}
