import { type Mac, parseMac } from '../../domain/network/mac.js';
import type { Direction } from '../../domain/phone/models.js';

/** What the name of a license file says. */
export interface LicenseName {
  mac: Mac;
  /** `null` where the name does not say it. */
  direction: Direction | null;
}

/** A MAC with separators or none, then perhaps the direction (docs/knowledge/migration-guide.md). */
const form = /^(?:SEP)?((?:[0-9A-F]{2}[-:._ ]?){5}[0-9A-F]{2})(?:[-._ ]?(E2M|M2E))?\.lic$/i;

/**
 * Reads a name such as `00CCFC123456.lic`, `00ccfc123456_M2E.lic` or `00-cc-fc-12-34-56.lic`; `null` for any other, also for one with words
 * of its own, which may mean something that is not known here.
 */
export function readLicenseName(name: string): LicenseName | null {
  const [, digits = '', direction] = form.exec(name) ?? [];
  const mac = parseMac(digits.replaceAll('_', ''));
  return mac === null ? null : { mac, direction: (direction?.toLowerCase() as Direction | undefined) ?? null };
}

/** Whether both are names of the same license, apart from case and separators. */
export function namesSameLicense(one: LicenseName, other: LicenseName): boolean {
  return one.mac === other.mac && one.direction === other.direction;
}

/** As phones ask for it with `$MAU.lic`, `$MAU_M2E.lic` or `$MAU_E2M.lic`. */
export function usualLicenseName({ mac, direction }: LicenseName): string {
  return `${mac}${direction === null ? '' : `_${direction.toUpperCase()}`}.lic`;
}
