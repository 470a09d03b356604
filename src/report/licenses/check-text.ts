import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns } from '../plain-text.js';

/** A license that was looked for, as far as it is shown. */
interface Checked {
  mac: string | null;
  address: string | null;
  name: string;
  found: boolean;
  isUnknown: boolean;
  why: string;
}

/**
 * Which licenses are on the file server, for people.
 * @param left how many phones need none by the profile
 */
export function renderLicenseCheck(phones: readonly Checked[], left: number): string {
  const others = left === 0 ? '' : ` ${left === 1 ? '1 phone needs' : `${left} phones need`} none by this profile.`;
  if (phones.length === 0) return `There is no license to look for.${others}\n`;
  const there = phones.filter(({ found }) => found).length;
  const unknown = phones.filter(({ isUnknown }) => isUnknown).length;
  const lines = alignColumns([
    ['address', 'mac', 'file', 'there', 'why'],
    ...phones.map(({ mac, address, name, found, isUnknown, why }) => [
      ...[printable(address ?? '-', 60), mac ?? '-', printable(name, 80)],
      ...[found ? 'yes' : isUnknown ? 'unknown' : 'no', printable(why, 300)],
    ]),
  ]);
  return `${lines.join('\n')}\n\n${there} of ${phones.length} licenses are on the file server.${unknown === 0 ? '' : ` Of ${unknown} nothing is known: the server did not say.`}${others}\n`;
}

/** The same in JSON, schema `fleet-migrate/licenses-check@1`. */
export function renderLicenseCheckJson(phones: readonly Checked[], left: number): string {
  const document = {
    schema: 'fleet-migrate/licenses-check@1',
    phones: phones.map(({ mac, address, name, found, isUnknown: unknown, why }) => ({
      ...{ mac, address, name, found, unknown, why },
    })),
    left,
  };
  return `${safeJson(document, 2)}\n`;
}
