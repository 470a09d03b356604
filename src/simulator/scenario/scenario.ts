import type { Behavior } from '../behavior/behavior.js';
import type { FilesSpec } from '../files/files-spec.js';
import { type FirmwareFamily, parseLoad } from '../firmware.js';
import type { PhoneInUcm, UcmSpec } from '../ucm/spec.js';

/** Things with a web page that are not 7800/8800 phones. */
export const NON_PHONES = ['printer', 'router', 'camera', 'spa-adapter', 'spa-phone', 'switch', 'web-app'] as const;

/** What answers at an address that is not a phone. `spa-phone` has a real /admin/advanced. */
export type NonPhone = (typeof NON_PHONES)[number];

/** How an MPP admin page is written in HTML: three generations, and a second way to write the newest. */
export const HTML_DIALECTS = ['legacy', 'bcisco', 'modern', 'fieldset'] as const;

/** All dialects: `json` is a page without fields, whose tabs are separate files. */
export const DIALECTS = [...HTML_DIALECTS, 'json'] as const;

/** One dialect. */
export type Dialect = (typeof DIALECTS)[number];

/** What a device in a scenario is: a phone, or one of the others. */
export type DeviceKind = 'phone' | NonPhone;

/** What a device is right now: for a phone, the firmware it runs. */
export type CurrentKind = FirmwareFamily | NonPhone;

/** One device, complete: every value a seed could choose is set. */
export interface PhoneSpec {
  kind: DeviceKind;
  /** In 127.0.0.0/8. */
  address: string;
  /** 12 upper-case hex digits. */
  mac: string;
  /** `8841`; for a non-phone, the name its page shows. */
  model: string;
  /** `sip88xx.12-0-3MPP0001-87`; empty for a non-phone. */
  load: string;
  serial: string;
  /** `V03`. */
  vid: string;
  /** Hardware Version of an MPP page; on Enterprise pages the hardware revision, which differs from the VID. */
  hardware: string;
  /** What people call it, e.g. `Reception 2`. Shown as host name or station name. */
  name: string;
  dialect: Dialect;
  behavior: Readonly<Behavior>;
  /** What it is to Unified CM; absent for a non-phone, and where the scenario has none. */
  ucm?: Readonly<PhoneInUcm>;
}

/**
 * How long things take, in simulated seconds. Unpublished (docs/knowledge/multiplatform-access.md#how-gently-to-ask): plausible, and
 * configurable.
 */
export interface Timing {
  /** From a submit until the phone first evaluates its rules. */
  evaluate: number;
  download: number;
  write: number;
  /** The reboot into other firmware. */
  reboot: number;
  /** A plain reboot. */
  shortReboot: number;
  /** Random deviation, seeded by the phone: 0.15 is ±15 %. */
  jitter: number;
}

/** The usual durations. */
export const USUAL_TIMING: Readonly<Timing> = {
  evaluate: 5,
  download: 90,
  write: 120,
  reboot: 180,
  shortReboot: 40,
  jitter: 0.15,
};

/** One failure as a phone words it: `[code][date][URL]text`. */
export interface FailureText {
  code: string;
  text: string;
}

/** The phones' texts. All but the success text is unpublished (docs/knowledge/multiplatform-pages.md#words-of-an-upgrade). */
export interface Texts {
  authorizationSucceeded: string;
  authorizationRefused: FailureText;
  authorizationNotFound: FailureText;
  authorizationUnreachable: FailureText;
  upgradeSucceeded: string;
  upgradeFailed: string;
  /** Upgrade Status after a failed upgrade. */
  statusAfterFailure: string;
  /** Body of a friendly response to a submit. */
  submitAnswer: string;
}

/** The usual words. */
export const USUAL_TEXTS: Readonly<Texts> = {
  authorizationSucceeded: 'Authorization Succeeded.',
  authorizationRefused: { code: '1', text: 'Authorization Failed. The license is not valid for this device.' },
  authorizationNotFound: { code: '404', text: 'Authorization Failed. File not found.' },
  authorizationUnreachable: { code: '2', text: 'Authorization Failed. Server did not respond.' },
  upgradeSucceeded: 'Upgrade Succeeded',
  upgradeFailed: 'Upgrade Failed',
  statusAfterFailure: 'Upgrade failed',
  submitAnswer: 'The phone will now apply your changes. It restarts if that is needed.',
};

/** A whole simulated network. */
export interface Scenario {
  name: string;
  /** `127.20.1.0/24`: where addresses come from. */
  subnet: string;
  seed: number;
  phones: readonly PhoneSpec[];
  files: Readonly<FilesSpec>;
  timing: Readonly<Timing>;
  texts: Readonly<Texts>;
  /** The Unified CM of its Enterprise phones; absent: there is none. */
  ucm?: Readonly<UcmSpec>;
}

/** What a device is when it runs that load: `multiplatform`, `enterprise`, …, or what kind of non-phone. */
export function kindOf(spec: Pick<PhoneSpec, 'kind'>, load: string): CurrentKind {
  return spec.kind === 'phone' ? (parseLoad(load)?.family ?? 'enterprise') : spec.kind;
}

/** How many devices of each kind a scenario has, phones by firmware; for the first line a command prints. */
export function describeScenario(scenario: Scenario): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const spec of scenario.phones) {
    const kind = kindOf(spec, spec.load);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What opens the admin pages of one phone. */
export interface Account {
  address: string;
  mac: string;
  username: string;
  password: string;
}

/** The accounts of all phones that ask for a password from the start; one that asks for its first password to be set has none yet. */
export function accountsOf({ phones }: Scenario): Account[] {
  return phones
    .filter(({ kind, behavior }) => kind === 'phone' && behavior.auth !== 'open' && !behavior.setPasswordPage)
    .map(({ address, mac, behavior }) => ({ address, mac, username: 'admin', password: behavior.password }));
}
