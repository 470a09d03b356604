import { isLocalShortage } from '../domain/failures/failure-codes.js';
import { familyOf, licenseNeed, type LicensePhone } from '../domain/licenses/need.js';
import type { Mac } from '../domain/network/mac.js';
import type { Models } from '../domain/phone/models.js';
import { isKnownType } from '../domain/licenses/way-back.js';
import { expandMacros, type MacroValues, phoneMacroValues, unexpandedMacros } from '../domain/plan/macros.js';
import type { MigrationProfile } from '../domain/plan/migration-profile.js';
import { UsageError } from '../domain/text/usage-error.js';
import type { Preflight } from '../files/preflight.js';

/** Whether the license of one phone is on the file server under the name that the phone will ask for. */
export interface CheckedLicense {
  mac: Mac | null;
  address: string | null;
  /** The name that its rule asks for; empty where that is not known. */
  name: string;
  found: boolean;
  /** Why not, or what is odd about it; empty where all is well. */
  why: string;
  /** Nothing is known of it: the server is in trouble or gave no answer, or this machine could not ask. */
  isUnknown: boolean;
  /** Nothing was learned of the server at all. */
  unasked?: 'silent' | 'local';
}

type LicenseProfile = Pick<MigrationProfile, 'goal' | 'direction' | 'authorizationType'>;

/** Phones that are asked for at once. */
const atOnce = 16;

/**
 * The phones that a profile will give a license: those that need one to move; where it only licenses phones, those that have moved and are not
 * licensed, and those that will move in its direction.
 */
export function phonesToLicense(
  phones: readonly LicensePhone[],
  { goal, direction, authorizationType }: LicenseProfile,
  models: Models,
): LicensePhone[] {
  const seen = new Set<Mac>();
  return phones.filter((phone) => {
    if (phone.mac !== null && seen.has(phone.mac)) return false;
    if (phone.mac !== null) seen.add(phone.mac);
    const hasMoved = goal === 'authorize' && (phone.family ?? familyOf(phone.productId)) === 'multiplatform';
    if (hasMoved) {
      const shown = phone.transitionAuthorizationType?.trim() ?? '';
      return !(isKnownType(shown, models) && shown.toLowerCase() === authorizationType?.toLowerCase());
    }
    return direction !== 'none' && licenseNeed(phone, direction, models).kind === 'needed';
  });
}

/**
 * Looks for the license of each phone.
 * @param rule as it is set, with `$MAU` and the like
 * @throws UsageError when not one could be asked for: nothing is known of licenses that may well be there
 */
export async function checkLicenses(
  phones: readonly LicensePhone[],
  rule: string,
  preflight: Pick<Preflight, 'license'>,
): Promise<CheckedLicense[]> {
  const checked: CheckedLicense[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < phones.length; at = next++) {
      const phone = phones[at];
      if (phone) checked[at] = await checkLicense(phone, rule, preflight);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  refuseUnasked(checked);
  return checked;
}

function refuseUnasked(checked: readonly CheckedLicense[]): void {
  const [one, ...others] = checked.filter(({ name }) => name !== '');
  if (one?.unasked === undefined || others.some(({ unasked }) => unasked === undefined)) return;
  const what =
    one.unasked === 'silent'
      ? `The file server gives no answer: ${one.why} Start it, or correct its address.`
      : `This machine could not ask for the licenses: ${one.why}`;
  throw new UsageError(`${what} No phone was contacted.`);
}

async function checkLicense(
  phone: LicensePhone,
  rule: string,
  preflight: Pick<Preflight, 'license'>,
): Promise<CheckedLicense> {
  const { mac, address } = phone;
  const missing = (why: string, name = ''): CheckedLicense => ({
    ...{ mac, address, name, found: false, isUnknown: false, why },
  });
  if (mac === null)
    return missing(`Its MAC is not known${phone.unread === null ? '.' : `: ${phone.unread.replace(/\.$/, '')}.`}`);
  const values = valuesAfterMove(phone, mac);
  const unknown = unexpandedMacros(rule, values);
  if (unknown.length > 0)
    return missing(
      `Only the phone knows what ${unknown.join(', ')} in ${rule} stands for, so it cannot be looked for.`,
    );
  const url = expandMacros(rule, values);
  const name = url.replace(/[?#].*$/s, '').replace(/^.*\//s, '');
  const check = await preflight.license(url, mac);
  if (check.ok) return { mac, address, name, found: true, isUnknown: false, why: check.warnings.join(' ') };
  const isUnknown = isLocalShortage(check) || check.code === 'files-unreachable';
  const found = { ...missing(check.message, name), isUnknown };
  if (isLocalShortage(check)) return { ...found, unasked: 'local' };
  return check.noResponse === true ? { ...found, unasked: 'silent' } : found;
}

/** What the phone's macros stand for when it asks: one that has not moved yet will show another product name and firmware. */
function valuesAfterMove(phone: LicensePhone, mac: Mac): MacroValues {
  const values = phoneMacroValues({ ...phone, mac }, phone.address ?? '');
  if (phone.family === 'multiplatform' && phone.address !== null) return values;
  const { MA, MAU, MAC, SN } = values;
  return { MA, MAU, MAC, SN };
}
