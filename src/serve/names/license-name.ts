import { parseLicenseName } from '../../domain/licenses/file-name.js';
import type { Mac } from '../../domain/network/mac.js';
import type { Direction } from '../../domain/phone/models.js';

/** What the name of a license file says. */
export interface LicenseName {
  mac: Mac;
  /** `null` where the name does not say it. */
  direction: Direction | null;
}

const directions: Readonly<Record<string, Direction | null>> = { '': null, E2M: 'e2m', M2E: 'm2e' };

/**
 * Reads a name such as `00CCFC123456.lic`, `00ccfc123456_M2E.lic` or `00-cc-fc-12-34-56.lic`; `null` for any other, also for one with words
 * of its own, which may mean something that is not known here.
 */
export function readLicenseName(name: string): LicenseName | null {
  const { mac, behind } = parseLicenseName(name) ?? {};
  const direction = directions[behind?.replace(/^[-._ ]/, '').toUpperCase() ?? '?'];
  return mac === undefined || direction === undefined ? null : { mac, direction };
}

/** Whether both are names of the same license, apart from case and separators. */
export function namesSameLicense(one: LicenseName, other: LicenseName): boolean {
  return one.mac === other.mac && one.direction === other.direction;
}

/** As phones ask for it with `$MAU.lic`, `$MAU_M2E.lic` or `$MAU_E2M.lic`. */
export function usualLicenseName({ mac, direction }: LicenseName): string {
  return `${mac}${direction === null ? '' : `_${direction.toUpperCase()}`}.lic`;
}
