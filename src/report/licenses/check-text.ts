import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns } from '../plain-text.js';

/** A license that was looked for, as far as it is shown. */
interface Checked {
  mac: string | null;
  address: string | null;
  name: string;
  found: boolean;
  why: string;
}

/** Which licenses are on the file server, for people. */
export function renderLicenseCheck(phones: readonly Checked[]): string {
  if (phones.length === 0) return 'None of these phones needs a license by this profile.\n';
  const missing = phones.filter(({ found }) => !found).length;
  const lines = alignColumns([
    ['address', 'mac', 'file', 'there', 'why'],
    ...phones.map(({ mac, address, name, found, why }) => [
      ...[printable(address ?? '-', 60), mac ?? '-', printable(name, 80), found ? 'yes' : 'no', printable(why, 300)],
    ]),
  ]);
  return `${lines.join('\n')}\n\n${phones.length - missing} of ${phones.length} licenses are on the file server.\n`;
}

/** The same in JSON, schema `fleet-migrate/licenses-check@1`. */
export function renderLicenseCheckJson(phones: readonly Checked[]): string {
  const document = {
    schema: 'fleet-migrate/licenses-check@1',
    phones: phones.map(({ mac, address, name, found, why }) => ({ mac, address, name, found, why })),
  };
  return `${safeJson(document, 2)}\n`;
}
