import type { Mac } from '../../domain/network/mac.js';
import { expandMacros, unexpandedMacros } from '../../domain/plan/macros.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { licenseContent } from '../licenses/content.js';
import type { LicenseFiles } from '../licenses/held.js';
import type { FileSource } from '../source.js';
import { openHere } from './whole-load.js';

/** Whether a phone will get its license here. `why` is the end of a sentence. */
export type LicenseCheck =
  | { kind: 'right' }
  | { kind: 'no-license' | 'license-not-served'; why: string }
  /** It could not be found out now. */
  | { kind: 'unavailable'; why: string };

/**
 * Whether the file that a phone will ask for by its rule is the license for Multiplatform that is held for it.
 * @param path what the rule names on this server, with macros: `$MAU.lic`
 * @param sources those that phones fetch from
 */
export async function rightLicense(
  mac: Mac,
  path: string,
  { licenseFiles, sources }: { licenseFiles: LicenseFiles; sources: readonly FileSource[] },
): Promise<LicenseCheck> {
  let held: Awaited<ReturnType<LicenseFiles>>;
  try {
    held = await licenseFiles(mac);
  } catch (error) {
    return { kind: 'unavailable', why: `the licenses held cannot be read (${messageOf(error)})` };
  }
  const license = held.find(({ direction }) => direction === 'e2m');
  if (license === undefined) return { kind: 'no-license', why: 'no e2m license is held for it' };
  const lower = mac.toLowerCase();
  const values = { MA: lower, MAU: mac, MAC: lower.match(/../g)?.join(':') };
  const not = (why: string): LicenseCheck => ({ kind: 'license-not-served', why });
  const unknown = unexpandedMacros(path, values);
  if (unknown.length > 0) return not(`only the phone knows what ${unknown.join(', ')} in its license rule stands for`);
  const name = expandMacros(path, values).replace(/[?#].*$/s, '');
  const answer = await openHere(sources, name);
  if (answer.kind === 'refused' && answer.status === 503) return { kind: 'unavailable', why: answer.why };
  if (answer.kind !== 'file') return not(`${name} is not to be had here (${answer.why ?? 'there is no such file'})`);
  try {
    const content = await licenseContent(answer.file);
    return content?.equals(license.content) === true
      ? { kind: 'right' }
      : not(`${name} in the folder is another file than the e2m license that is held; remove it there`);
  } catch (error) {
    return { kind: 'unavailable', why: `${name} cannot be read (${messageOf(error)})` };
  } finally {
    await answer.file.close();
  }
}
