import type { FlagGroup } from './flag-group.js';

/** What guards the admin pages. What MPP uses is not documented (docs/knowledge/multiplatform-access.md#signing-in). */
export interface AccessFlags {
  /** How /admin asks for a password. `form`: a login page and a session cookie. */
  auth: 'open' | 'digest' | 'basic' | 'form';
  /** Password of the account `admin`. */
  password: string;

  /** What a request without a session gets instead of the page. `status-401` has a form and no challenge. */
  loginShownBy: 'page-200' | 'redirect-302' | 'status-401';
  /** The response to a right password, besides the cookie. */
  loginAnswer: 'redirect' | 'page';
  /** Names of the login fields; both kinds differ by model and firmware. `odd`: with signs that must be encoded. */
  loginNames: 'numbers' | 'odd';
  /** Whether the login form's action is a path or resolves against the page it is on. */
  loginAction: 'absolute' | 'relative';
  /** Path of the session cookie. */
  cookiePath: '/admin' | '/';
  /** A session ends after this many simulated seconds; 0: never. */
  cookieSeconds: number;
  /** A session ends after this many requests; 0: never. */
  cookieRequests: number;
  /** A token in the login form and the admin form, without which a post of either is refused. */
  formToken: 'none' | 'hidden';

  /** `none`: a challenge without `qop`, as in RFC 2069. */
  digestQop: 'auth' | 'none';
  digestAlgorithm: 'MD5' | 'SHA-256' | 'unsaid';
  /** The ancestors' spelling (two blanks, everything quoted), or that of RFC 7616. */
  digestSpelling: 'ancestor' | 'standard';
  /** A nonce is stale after this many requests; 0: never. */
  digestNonceUses: number;
  /** Whether a challenge for a stale nonce says so; the ancestors' does not. */
  digestSaysStale: boolean;

  /** After this many wrong passwords /admin is closed for good; 0: never. */
  locksOutAfter: number;
  lockoutStatus: 403 | 429;

  /** Every page is the Set Password page of 12.x after a factory reset, until a password is set. */
  setPasswordPage: boolean;
  /** `Enable Web Admin Access` is No: /admin responds 403. */
  webAdminOff: boolean;

  /** Which requests under /admin get a 403 for their `Referer` (docs/knowledge/multiplatform-access.md#referer). */
  refererRule: 'any' | 'none-allowed' | 'same-origin-required' | 'foreign-refused';
  refererAppliesTo: 'all' | 'post';
}

/** Open admin pages, and every other value. */
export const ACCESS: FlagGroup<AccessFlags> = {
  usual: {
    auth: 'open',
    password: 'cisco-admin-1',
    loginShownBy: 'page-200',
    loginAnswer: 'redirect',
    loginNames: 'numbers',
    loginAction: 'absolute',
    cookiePath: '/',
    cookieSeconds: 0,
    cookieRequests: 0,
    formToken: 'none',
    digestQop: 'auth',
    digestAlgorithm: 'MD5',
    digestSpelling: 'ancestor',
    digestNonceUses: 0,
    digestSaysStale: true,
    locksOutAfter: 0,
    lockoutStatus: 403,
    setPasswordPage: false,
    webAdminOff: false,
    refererRule: 'any',
    refererAppliesTo: 'all',
  },
  others: {
    auth: ['digest', 'basic', 'form'],
    // Shows only together with `auth`: by itself it changes nothing.
    password: [],
    loginShownBy: ['redirect-302', 'status-401'],
    loginAnswer: ['page'],
    loginNames: ['odd'],
    loginAction: ['relative'],
    cookiePath: ['/admin'],
    cookieSeconds: [60],
    cookieRequests: [3],
    formToken: ['hidden'],
    digestQop: ['none'],
    digestAlgorithm: ['SHA-256', 'unsaid'],
    digestSpelling: ['standard'],
    digestNonceUses: [1],
    digestSaysStale: [false],
    locksOutAfter: [3],
    lockoutStatus: [429],
    setPasswordPage: [true],
    webAdminOff: [true],
    refererRule: ['none-allowed', 'same-origin-required', 'foreign-refused'],
    refererAppliesTo: ['post'],
  },
};
