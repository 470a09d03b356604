import type { Behavior } from '../behavior.js';

/** Every value of every flag but the usual one. `{load}` stands for the phone's Enterprise load. */
export const OTHER_VALUES: { readonly [Flag in keyof Behavior]: readonly Behavior[Flag][] } = {
  web: [
    'off',
    'hang',
    'half-page',
    'garbage',
    'endless-body',
    'huge-headers',
    'redirect-loop',
    'tls-on-http',
    'plain-on-https',
    'empty-200',
    'reset-after-request',
  ],
  scheme: ['https', 'both', 'redirect'],
  redirectStatus: [301],
  slow: [true],
  oneConnection: [true],
  closesConnection: [true],
  missingContentLength: [true],
  charset: ['utf-8', 'iso-8859-1', 'unsaid'],
  auth: ['digest', 'basic', 'form'],
  // Shows only together with `auth`: by itself it changes nothing.
  password: [],
  setPasswordPage: [true],
  webAdminOff: [true],
  statusXml: ['flat', 'none'],
  statusXmlHasTransition: [false],
  adminPage: ['error-500'],
  ruleLabel: ['Transition Load Authorization Rule'],
  typeLabel: ['Transition Authorization Typ'],
  selectPosts: ['index'],
  identitySwapped: ['after-first-read', 'each-time'],
  ignoresPartialPost: [true],
  ignoresAllPosts: [true],
  answerToSubmit: ['page', 'redirect', 'empty', 'drop'],
  dropsAfterSubmit: [true],
  rebootsOnSubmit: [true],
  upgradesDisabled: [true],
  busy: [600, 'forever'],
  returnsWithoutLicense: ['Classic', 'WxC'],
  licenseCheck: [false],
  authorizationResult: ['refused', 'not-found', 'no-connection'],
  upgradeStatusText: ['Upgrading', ''],
  upgradeResult: ['download-failed', 'write-failed'],
  needsNoDownload: [true],
  bootsTwice: [true],
  neverReturns: [true],
  wrongVersionAfter: ['old', 'sip88xx.14-1-1MN-366'],
  otherAddressAfter: [true],
  webAfterConversion: [false],
  staleRule: ['{files}/{load}.loads'],
  previousRows: [['http://192.0.2.9/licenses/$MAU.lic'], ['{files}/$MAU_M2E.lic']],
  enterprisePages: ['html-only'],
  locale: ['de', 'ru'],
  entities: [true],
  udi: ['69xx', 'missing'],
  pidEnding: [''],
};

/** Flags that only show on Enterprise pages. */
const ENTERPRISE_FLAGS: ReadonlySet<string> = new Set<keyof Behavior>([
  'enterprisePages',
  'locale',
  'entities',
  'udi',
  'pidEnding',
]);

/** One flag at one of its other values. */
export interface FlagValue {
  behavior: Partial<Behavior>;
  onEnterprise: boolean;
}

/** All of them, one by one. */
export function flagValues(): FlagValue[] {
  return Object.entries(OTHER_VALUES).flatMap(([flag, values]) =>
    values.map((value) => ({
      behavior: { [flag]: value } as Partial<Behavior>,
      onEnterprise: ENTERPRISE_FLAGS.has(flag),
    })),
  );
}
