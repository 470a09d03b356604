import type { FirmwareFamily } from '../firmware/load.js';
import type { Mac } from '../network/mac.js';
import type { Failure } from '../failures/failure.js';
import type { CrossCheck } from './cross-check.js';
import type { ShownFields } from './fields.js';
import type { NearLabel } from './near-label.js';

/** One row of Download Status > Transition Authorization Status (docs/knowledge/multiplatform-pages.md#the-authorization-row). */
export interface AuthorizationRow {
  code: string;
  /** Date and time as the phone shows them; its clock may be wrong. */
  at: string;
  url: string;
  message: string;
  /** The whole row as shown. */
  text: string;
}

/**
 * Where a phone's VID comes from. `udi` and `inventory` are the label's. `hardware-version`: no more than what a Multiplatform page calls
 * *Hardware Version*, which need not be the VID (docs/knowledge/hardware.md#vid-and-hardware-revision).
 */
export type VidSource = 'udi' | 'inventory' | 'hardware-version';

/** What a phone said about itself in one look. Texts are the phone's own and not to be trusted in output. */
export interface PhoneFacts extends ShownFields {
  family: FirmwareFamily;
  mac: Mac | null;
  upgradeStatus: string | null;
  firmwareUpgradeRows: readonly string[];
  authorizationRows: readonly AuthorizationRow[];
  /** A call is up on some line: the phone will not upgrade now. */
  busy: boolean;
  /** What the Firmware Upgrade form holds now; `null` when the page has no such form or it could not be found for certain. */
  settings: UpgradeSettings | null;
  /** Why `settings` could not be read, or must not be posted, where that is known: a password, an error page, an odd form. */
  settingsProblem: Failure | null;
  /** Labels a letter or two off those of the settings; only where a setting was looked for and not found. */
  nearLabels?: readonly NearLabel[];
  /** Which pages this was read from, e.g. `/admin/advanced`. */
  readFrom: string;
  /** Where `vid` is from; absent: from the phone's UDI. */
  vidSource?: VidSource;
  /** The cross-check; only of readings that plan or precede a write. */
  witnesses?: CrossCheck;
}

/** The rules among the settings: what a phone evaluates when it changes. */
export const ruleNames = ['upgradeRule', 'authorizationRule'] as const;

/** The fields of Voice > Provisioning > Firmware Upgrade that we may set, all that a migration writes (guide G8, G9). */
export const settingNames = [...ruleNames, 'authorizationType'] as const;

export type SettingName = (typeof settingNames)[number];

/** These fields within a sentence. */
export const settingLabels: Readonly<Record<SettingName, string>> = {
  upgradeRule: 'upgrade rule',
  authorizationRule: 'transition authorization rule',
  authorizationType: 'transition authorization type',
};

/** Their current values; `null` where the page has no such field. */
export interface UpgradeSettings {
  upgradeRule: string | null;
  authorizationRule: string | null;
  authorizationType: string | null;
  /** The types that the page's select offers, as labeled. */
  authorizationTypesOffered: readonly string[];
  /** The values are shown, but not as fields that could be posted: only write methods without a form can set them. */
  withoutForm?: true;
}

/** Words that other systems write before the model (docs/knowledge/hardware.md#what-others-call-the-model). */
const modelWords = String.raw`(?:(?:DMS|Cisco|Unified|IP|Conference|Wireless|Desk|Phone|MPP|Multiplatform)\b[\s,]*)*`;
const modelPattern = new RegExp(
  String.raw`^${modelWords}(?:CP-|CP(?=\d))?([A-Z]{0,3}\d{2,4}[A-Z]{0,2})(?![A-Z0-9])(.*)$`,
  'is',
);

/**
 * The model in a product name, PID, or name of another system: `8841` of `CP-8841-3PCC` and `DMS Cisco 8841`, `8851NR` of `CP-8851NR-K9=`,
 * `8832NR` of `CP-8832-3PCC-NR-K9`; `null` when there is none.
 */
export function modelOf(name: string | null): string | null {
  const [, model, rest = ''] = modelPattern.exec(name?.trim() ?? '') ?? [];
  if (model === undefined) return null;
  // No radio: another model, whose mark may stand anywhere in the PID.
  const isMarked = /^\d+$/.test(model) && /[\s-]NR(?![A-Z0-9])/i.test(rest);
  return `${model}${isMarked ? 'NR' : ''}`.toUpperCase();
}

/** Where the number of a 7800 or 8800 begins, whatever stands before it. */
const phoneNumber = /(?<![\dA-Za-z])(?:CP-?)?(?:78|88)\d{2}[A-Z]*(?!\d)/i;

/**
 * The 7800 or 8800 that a text names anywhere, as people write models into lists: `8841` of `Phone - Cisco 8841 (SIP)`. `null` where it names
 * none.
 */
export function phoneModelIn(text: string): string | null {
  const found = phoneNumber.exec(text);
  return found && modelOf(text.slice(found.index));
}
