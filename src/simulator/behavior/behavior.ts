import type { AccessFlags } from './access.js';
import { ACCESS } from './access.js';
import type { ConnectionFlags } from './connection.js';
import { CONNECTION } from './connection.js';
import type { MarkupFlags } from './markup.js';
import { MARKUP } from './markup.js';
import type { WritingFlags } from './writing.js';
import { WRITING } from './writing.js';

export type { WebFault } from './connection.js';

/**
 * How a simulated device differs from a well-behaved one. Every flag works alone, and they can be combined. The flags of connection,
 * access, markup and writing have files of their own. A flag exists where the facts say "unknown" or "likely", or phones misbehave.
 */
export interface Behavior extends ConnectionFlags, AccessFlags, MarkupFlags, WritingFlags {
  // --- reading ------------------------------------------------------------------------------------------------
  /** Shape of status.xml, or none. */
  statusXml: 'nested' | 'flat' | 'none';
  /** Whether status.xml shows the transition authorization. Unpublished. */
  statusXmlHasTransition: boolean;
  /** `error-500`: /admin/advanced fails and status.xml is all there is. */
  adminPage: 'ok' | 'error-500';
  /** Label of the license field; the second is the one of guide G9. */
  ruleLabel: 'Transition Authorization Rule' | 'Transition Load Authorization Rule';
  /** Label of the type select; the second is the one of guide G13. */
  typeLabel: 'Transition Authorization Type' | 'Transition Authorization Typ';
  /** Whether the type select posts its text or its index. Unknown. */
  selectPosts: 'text' | 'index';
  /**
   * `after-first-read`: once the admin page was read, another phone answers later connections to the address.
   * `each-time`: the two take turns, so that two runs in a row both meet it. `after-last-read`: it takes the address over with the first
   * post on a new connection, and gets that post; it shows only where the phone closes its connections.
   */
  identitySwapped: 'no' | 'after-first-read' | 'each-time' | 'after-last-read';

  // --- submitting ---------------------------------------------------------------------------------------------
  /** Applies only a post of the whole form; reports success either way. */
  ignoresPartialPost: boolean;
  /** Reports success and applies nothing. */
  ignoresAllPosts: boolean;
  /** The response to a submit. Unknown. `unauthorized`: a 401, though it applies the post. */
  answerToSubmit: 'page' | 'redirect' | 'empty' | 'friendly-text' | 'drop' | 'unauthorized';
  /** Applies the post and closes the connection without a response. */
  dropsAfterSubmit: boolean;
  /** Responds to a submit at once and applies it after this many simulated seconds; 0: at once. */
  appliesAfter: number;
  /** Accepts a submit and is never seen again. */
  vanishesOnSubmit: boolean;
  /** Reboots shortly after a submit, before it evaluates the rules. */
  rebootsOnSubmit: boolean;
  /** `Upgrade Enable` is secretly off: friendly responses, no upgrade. */
  upgradesDisabled: boolean;
  /** In a call: for this many simulated seconds from the start, or `forever`. An upgrade waits; 0 is idle. */
  busy: number | 'forever';

  // --- licensing ----------------------------------------------------------------------------------------------
  /**
   * Product Information's Transition Authorization Type at the start (docs/knowledge/multiplatform-pages.md#product-information). A scenario's
   * file has a few to choose from; a phone of a run shows what it showed then.
   */
  returnsWithoutLicense: string;
  /** Off: any license file is accepted. What a phone checks is unknown. */
  licenseCheck: boolean;
  /** Forces the result of an authorization; `ok` lets the license decide, `never`: it has no result, not even a row. */
  authorizationResult: 'ok' | 'refused' | 'not-found' | 'no-connection' | 'never';
  /** `rendered-anew`: every page shows all rows with the current time. */
  rowTimes: 'kept' | 'rendered-anew';

  // --- upgrading ----------------------------------------------------------------------------------------------
  /** Upgrade Status while upgrading. Unpublished. */
  upgradeStatusText: string;
  /** Forces the result of an upgrade; `ok` lets the files decide. */
  upgradeResult: 'ok' | 'download-failed' | 'write-failed';
  /** The wanted load lies in the inactive partition: no download, no write (docs/knowledge/multiplatform-settings.md#when-a-phone-acts). */
  needsNoDownload: boolean;
  /** Boots a second time after an upgrade (CSCvh13474). */
  bootsTwice: boolean;
  /** Is never seen again after the upgrade's reboot, or when it has to judge a license that comes alone. */
  neverReturns: boolean;
  /** Comes back on this load instead; `old`: on the one it had; empty: on the right one. */
  wrongVersionAfter: string;
  /** Comes back at a free address of the same /24. */
  otherAddressAfter: boolean;
  /** Whether the web server is on after a conversion to Enterprise. UCM's default is off. */
  webAfterConversion: boolean;
  /** What the page of a transition load has: all settings, all but those of the license, or there is none. Unknown. */
  transitionPage: 'full' | 'no-license-fields' | 'off';

  // --- left from before -----------------------------------------------------------------------------------------
  /** An Upgrade Rule that is set and was evaluated already. `{files}` is the file server's URL. */
  staleRule: string;
  /** URLs of licenses that succeeded before, newest first. `{files}` as above, macros allowed. */
  previousRows: readonly string[];

  // --- product and firmware as shown ----------------------------------------------------------------------------
  /**
   * What follows the model in Product Name: any ending that product ids have, such as `-3PCC-K9++=` or `-3PC-EU-K9`. What phones ordered as
   * `3PC` or `3PW` show is unknown. One with `-NR` takes the NR from the model.
   */
  productEnding: `-3P${string}`;
  /** Dots for the last dash of a load, or for all of them, as release notes print them. */
  loadSpelling: 'dashes' | 'last-dot' | 'dots';

  // --- Enterprise pages -----------------------------------------------------------------------------------------
  /** `html-only`: the XML twins answer 404. */
  enterprisePages: 'xml-and-html' | 'html-only';
  /** Language of the HTML labels: they follow the phone's user locale. */
  locale: 'en' | 'de' | 'ru' | 'fr';
  /** Punctuation as `&#x2D;`, as newer Enterprise firmware writes it. */
  entities: boolean;
  /** `udi` of five lines; the four values and odd versionID of the 69xx; or none. */
  udi: 'five-lines' | '69xx' | 'missing';
  /** How the HTML page shows the lines of the UDI: in rows without a label, or in rows of one cell, as the 7821 does. */
  udiRows: 'unlabeled' | 'one-cell';
  /** Ending of the product id in `udi`, any that there are (`-A-K9=`); real phones show it with and without. One with `-NR` as above. */
  pidEnding: '' | `-${string}`;
}

/** A well-behaved device on plain http. */
export const USUAL_BEHAVIOR: Readonly<Behavior> = Object.freeze({
  ...CONNECTION.usual,
  ...ACCESS.usual,
  ...MARKUP.usual,
  ...WRITING.usual,
  statusXml: 'nested',
  statusXmlHasTransition: true,
  adminPage: 'ok',
  ruleLabel: 'Transition Authorization Rule',
  typeLabel: 'Transition Authorization Type',
  selectPosts: 'text',
  identitySwapped: 'no',
  ignoresPartialPost: false,
  ignoresAllPosts: false,
  answerToSubmit: 'friendly-text',
  dropsAfterSubmit: false,
  appliesAfter: 0,
  vanishesOnSubmit: false,
  rebootsOnSubmit: false,
  upgradesDisabled: false,
  busy: 0,
  returnsWithoutLicense: '',
  licenseCheck: true,
  authorizationResult: 'ok',
  rowTimes: 'kept',
  upgradeStatusText: 'Upgrade in progress',
  upgradeResult: 'ok',
  needsNoDownload: false,
  bootsTwice: false,
  neverReturns: false,
  wrongVersionAfter: '',
  otherAddressAfter: false,
  webAfterConversion: true,
  transitionPage: 'full',
  staleRule: '',
  previousRows: [],
  productEnding: '-3PCC',
  loadSpelling: 'dashes',
  enterprisePages: 'xml-and-html',
  locale: 'en',
  entities: false,
  udi: 'five-lines',
  udiRows: 'unlabeled',
  pidEnding: '-K9',
} satisfies Behavior);

/** The usual behavior with these differences; the shared object itself when there are none, for large fleets. */
export function behaviorWith(differences: Partial<Behavior> | undefined): Readonly<Behavior> {
  if (differences === undefined || Object.keys(differences).length === 0) return USUAL_BEHAVIOR;
  return Object.freeze({ ...USUAL_BEHAVIOR, ...differences });
}
