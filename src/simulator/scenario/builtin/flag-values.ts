import type { Behavior } from '../../behavior/behavior.js';
import { ACCESS } from '../../behavior/access.js';
import { CONNECTION } from '../../behavior/connection.js';
import { MARKUP } from '../../behavior/markup.js';
import { WRITING } from '../../behavior/writing.js';

/** Every value of every flag but the usual one. `{load}` stands for the phone's Enterprise load. */
export const OTHER_VALUES: { readonly [Flag in keyof Behavior]: readonly Behavior[Flag][] } = {
  ...CONNECTION.others,
  ...ACCESS.others,
  ...MARKUP.others,
  ...WRITING.others,
  statusXml: ['flat', 'none'],
  statusXmlHasTransition: [false],
  adminPage: ['error-500'],
  ruleLabel: ['Transition Load Authorization Rule'],
  typeLabel: ['Transition Authorization Typ'],
  selectPosts: ['index'],
  identitySwapped: ['after-first-read', 'each-time', 'after-last-read'],
  ignoresPartialPost: [true],
  ignoresAllPosts: [true],
  answerToSubmit: ['page', 'redirect', 'empty', 'drop', 'unauthorized'],
  dropsAfterSubmit: [true],
  appliesAfter: [20],
  vanishesOnSubmit: [true],
  rebootsOnSubmit: [true],
  upgradesDisabled: [true],
  busy: [600, 'forever'],
  returnsWithoutLicense: ['Classic', 'WxC', 'None', 'N/A', 'Expired', 'Unauthorized', '0'],
  licenseCheck: [false],
  authorizationResult: ['refused', 'not-found', 'no-connection', 'never'],
  rowTimes: ['rendered-anew'],
  upgradeStatusText: ['Upgrading', ''],
  upgradeResult: ['download-failed', 'write-failed'],
  needsNoDownload: [true],
  bootsTwice: [true],
  neverReturns: [true],
  wrongVersionAfter: ['old', 'sip88xx.14-1-1MN-366'],
  otherAddressAfter: [true],
  webAfterConversion: [false],
  transitionPage: ['no-license-fields', 'off'],
  staleRule: ['{files}/{load}.loads'],
  previousRows: [['http://192.0.2.9/licenses/$MAU.lic'], ['{files}/$MAU_M2E.lic']],
  enterprisePages: ['html-only'],
  locale: ['de', 'ru', 'fr'],
  entities: [true],
  udi: ['69xx', 'missing'],
  udiRows: ['one-cell'],
  pidEnding: ['', '-K9++=', '-A-K9=', '-W-K9=', '-NC-K9', '-R-K9='],
  productEnding: ['-3PCC-K9=', '-3PCC-K9++=', '-3PC-EU-K9', '-3PC-RC-K9', '-3PW-K9='],
  loadSpelling: ['last-dot', 'dots'],
};

/** Flags that only show on Enterprise pages. */
const ENTERPRISE_FLAGS: ReadonlySet<string> = new Set<keyof Behavior>([
  'enterprisePages',
  'locale',
  'entities',
  'udi',
  'udiRows',
  'pidEnding',
]);

const FORM = { auth: 'form' } as const;
const DIGEST = { auth: 'digest' } as const;
const HTTPS = { scheme: 'https' } as const;

/** What a flag needs beside it to show at all. */
const COMPANIONS: { readonly [Flag in keyof Behavior]?: Partial<Behavior> } = {
  redirectStatus: { scheme: 'redirect' },
  redirectTarget: { scheme: 'redirect' },
  certificate: HTTPS,
  tls: HTTPS,
  password: DIGEST,
  loginShownBy: FORM,
  loginAnswer: FORM,
  loginNames: FORM,
  loginAction: FORM,
  cookiePath: FORM,
  cookieSeconds: FORM,
  cookieRequests: FORM,
  digestQop: DIGEST,
  digestAlgorithm: DIGEST,
  digestSpelling: DIGEST,
  digestNonceUses: DIGEST,
  digestSaysStale: { ...DIGEST, digestNonceUses: 1 },
  locksOutAfter: DIGEST,
  lockoutStatus: { ...DIGEST, locksOutAfter: 1 },
  refererAppliesTo: { refererRule: 'same-origin-required' },
  directActions: { ignoresForms: true },
  xmlPost: { ignoresForms: true },
  udiRows: { enterprisePages: 'html-only' },
  cfgXmlStale: { cfgXml: 'flat' },
  rowTimes: { previousRows: ['{files}/$MAU.lic'] },
  identitySwapped: { closesConnection: true },
};

/** One flag at one of its other values, with what it needs beside it. */
export interface FlagValue {
  behavior: Partial<Behavior>;
  onEnterprise: boolean;
}

/** All of them, one by one. */
export function flagValues(): FlagValue[] {
  return Object.entries(OTHER_VALUES).flatMap(([flag, values]) =>
    values.map((value) => ({
      behavior: { ...COMPANIONS[flag as keyof Behavior], [flag]: value },
      onEnterprise: ENTERPRISE_FLAGS.has(flag),
    })),
  );
}
