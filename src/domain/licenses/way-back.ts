import { atLeast, parseVersion } from '../firmware/version.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { PhoneFields } from '../phone/fields.js';
import type { Models } from '../phone/models.js';

/** G10: whether the phone may return to Enterprise without a license, as far as its web page can tell: only the types that are known say yes. */
export function returnWithoutLicense(facts: PhoneFacts, models: Models): PhoneFields['returnWithoutLicense'] {
  if (facts.family !== 'multiplatform' || facts.transitionAuthorizationType === null) return 'unknown';
  if (!tellsReturn(facts, models)) return 'unknown';
  if (facts.transitionAuthorizationType.trim() === '') return 'no';
  return isKnownType(facts.transitionAuthorizationType, models) ? 'yes' : 'unknown';
}

/** Whether the admin page of this firmware tells at all whether the phone may return without a license. */
export function tellsReturn({ family, softwareVersion }: PhoneFacts, models: Models): boolean {
  const version = family === 'multiplatform' ? parseVersion(softwareVersion ?? '') : null;
  return version !== null && atLeast(version, models.returnWithoutLicenseFrom.version);
}

/** Whether a text of *Transition Authorization Type* is one that is known to allow the way back (G10). */
export function isKnownType(text: string, { returnWithoutLicenseFrom: { types } }: Models): boolean {
  const shown = plain(text);
  return types.some((type) => plain(type) === shown);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
