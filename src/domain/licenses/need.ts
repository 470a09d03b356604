import type { Mac } from '../network/mac.js';
import { modelOf, type VidSource } from '../phone/facts.js';
import type { PhoneFields } from '../phone/fields.js';
import { type Direction, type LicenseOrder, type Models, vidNumber } from '../phone/models.js';
import type { FirmwareFamily } from '../firmware/load.js';
import { hardwareAgainst, type JudgedFacts } from '../plan/eligibility.js';

/** What is known of a phone that may need a license. */
export interface LicensePhone extends Omit<PhoneFields, 'address'> {
  /** `null` where a list names it by its MAC alone. */
  address: string | null;
  vidSource: VidSource | null;
  /** Why it could not be read, in a few words; `null` where it was. */
  unread: string | null;
  /** What speaks against what is known of it, as the end of a sentence; absent: nothing does. */
  doubt?: string;
}

/** What of a phone tells whether it may move: a VID is the label's, or none. */
export function judgedFacts(phone: LicensePhone, family: FirmwareFamily): JudgedFacts {
  const { vidSource, vid, productId, hardwareVersion, softwareVersion } = phone;
  const isLabel = vidSource !== 'hardware-version';
  return {
    ...{ family, productId, hardwareVersion, softwareVersion },
    model: phone.model ?? modelOf(productId),
    vid: isLabel ? vid : null,
    ...(isLabel && vidSource !== null ? { vidSource } : {}),
  };
}

/** What must be known of a phone before its license can be ordered (guide G3). */
export type Missing = 'mac' | 'productId' | 'vid';

/** Whether a phone needs a license to move in a direction, as far as is known. */
export type LicenseNeed =
  /** It runs the firmware that the direction leads to, or is on its way there. */
  | { kind: 'other-family' }
  /** Its model or hardware never moves so. */
  | { kind: 'never-moves'; reason: string }
  /** It may return without one (G10). */
  | { kind: 'not-needed' }
  | {
      kind: 'needed';
      /** `null` as long as its model is not known. */
      order: LicenseOrder | null;
      missing: Missing[];
      /** Its firmware does not tell whether it may return without a license: it is ordered for, and may turn out not to be needed. */
      isUntold: boolean;
      /** Nothing says which firmware it runs. */
      isFamilyUnknown: boolean;
    };

/** What a phone needs to move in a direction. Its firmware does not matter: a phone that must step up first needs its license all the same. */
export function licenseNeed(phone: LicensePhone, direction: Direction, models: Models): LicenseNeed {
  const family = phone.family ?? familyOf(phone.productId);
  // The only transition loads that are known lead to Multiplatform.
  const source = direction === 'e2m' ? ['enterprise', 'transition'] : ['multiplatform'];
  if (family !== null && !source.includes(family)) return { kind: 'other-family' };
  const facts = judgedFacts(phone, family ?? (direction === 'e2m' ? 'enterprise' : 'multiplatform'));
  const { model, vid } = facts;
  const against = model === null ? null : hardwareAgainst(facts, direction, models);
  if (against) return { kind: 'never-moves', reason: `${against.text} (${against.rule})` };
  if (direction === 'm2e' && phone.returnWithoutLicense === 'yes') return { kind: 'not-needed' };
  const loadFamily = model === null ? null : (models.models.get(model)?.loadFamily ?? null);
  const order = models.licenses.orders.find(
    (one) => one.direction === direction && loadFamily !== null && one.loadFamilies.includes(loadFamily),
  );
  return {
    kind: 'needed',
    order: order ?? null,
    missing: missingOf({ mac: phone.mac, productId: phone.productId, vid }, direction),
    isUntold: direction === 'm2e' && phone.returnWithoutLicense === 'unknown',
    isFamilyUnknown: family === null,
  };
}

function missingOf(
  { mac, productId, vid }: { mac: Mac | null; productId: string | null; vid: string | null },
  direction: Direction,
): Missing[] {
  return [
    ...(mac === null ? (['mac'] as const) : []),
    ...(modelOf(productId) === null ? (['productId'] as const) : []),
    // G3: the hardware version must be known when migrating to MPP.
    ...(direction === 'e2m' && vidNumber(vid) === null ? (['vid'] as const) : []),
  ];
}

/** G1: Multiplatform firmware calls itself so in its product name. The label of a phone that was moved still says the other. */
export function familyOf(productId: string | null): 'multiplatform' | null {
  return productId !== null && /3PCC/i.test(productId) ? 'multiplatform' : null;
}
