import type { PhoneSpec } from '../scenario/scenario.js';
import type { Phase } from '../types.js';

/** A device's changing state. */
export interface DeviceState {
  load: string;
  phase: Phase;
  /** Whether the web server answers while the phone is up. */
  webOn: boolean;
  upgradeRule: string;
  authorizationRule: string;
  authorizationType: string;
  /** The rules as last evaluated, macros expanded: an unchanged one is not evaluated again. */
  evaluatedUpgrade: string;
  evaluatedAuthorization: string;
  /** Product Information's row. */
  typeRow: string;
  upgradeStatus: string;
  /** Why the last load was not taken; empty: it was, or there was none. */
  failure: string;
  firmwareRows: string[];
  authorizationRows: string[];
  rebootReasons: string[];
  /** Other fields of the form that were changed, by key. */
  changed: Map<string, string>;
  passwordWiped: boolean;
  /** Challenges sent so far. */
  challenges: number;
  /** For each of the newest nonces: the highest count it came back with, and how often it was used. */
  nonces: Map<string, { count: number; requests: number }>;
  /** Whether it ever sent a Basic or Digest challenge. */
  asked: boolean;
  failedSignIns: number;
  /** Wrong credentials so far, to notice any tried twice. */
  wrongWords: string[];
  lockedOut: boolean;
  /** The admin password set on the Set Password page. */
  newPassword: string | null;
  logins: number;
  /** Running sessions by cookie: their start in simulated milliseconds, and requests since. */
  sessions: Map<string, { since: number; requests: number }>;
  tokensGiven: number;
  /** The newest form tokens. */
  tokens: string[];
  upgrades: number;
  reboots: number;
  posts: number;
  postsApplied: number;
  /** The three fields of the last post, and whether it was the whole form. */
  lastPost: string;
  /** Whether the admin page was read, for the identity swap. */
  adminRead: boolean;
  /** How often the fields got new names. */
  namesSeed: number;
  /** Whether another client changed the Upgrade Rule. */
  meddledWith: boolean;
  /** Posts to the form, and whether the last one changed what it should. */
  formPosts: number;
  formWorked: boolean;
  /** Direct Actions that took effect. */
  directActions: number;
  /** How often something made the phone evaluate its rules. */
  looks: number;
}

/** A device as its scenario defines it, before any request. */
export function initialState(spec: PhoneSpec): DeviceState {
  return {
    load: spec.load,
    phase: 'idle',
    webOn: true,
    upgradeRule: '',
    authorizationRule: '',
    authorizationType: 'Classic',
    evaluatedUpgrade: '',
    evaluatedAuthorization: '',
    typeRow: spec.behavior.returnsWithoutLicense,
    upgradeStatus: '',
    failure: '',
    firmwareRows: [],
    authorizationRows: [],
    rebootReasons: [],
    changed: new Map(),
    passwordWiped: false,
    challenges: 0,
    nonces: new Map(),
    asked: false,
    failedSignIns: 0,
    wrongWords: [],
    lockedOut: false,
    newPassword: null,
    logins: 0,
    sessions: new Map(),
    tokensGiven: 0,
    tokens: [],
    upgrades: 0,
    reboots: 0,
    posts: 0,
    postsApplied: 0,
    lastPost: '',
    adminRead: false,
    namesSeed: 0,
    meddledWith: false,
    formPosts: 0,
    formWorked: false,
    directActions: 0,
    looks: 0,
  };
}
