import type { Direction } from '../../domain/phone/models.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import { nameOf } from '../names/file-kind.js';
import { readLicenseName, usualLicenseName } from '../names/license-name.js';
import { inMemory } from '../in-memory.js';
import type { FileSource } from '../source.js';

/** Reads the licenses that are held for a phone. */
export type LicenseFiles = Store['licenseFiles'];

/**
 * Serves licenses that are held, by the last part of the path in whatever case and spelling. Which one: that of the direction in the name; where
 * the name has none, the only one, else that of `direction`. None is served for a name that says the other direction.
 * @param direction what counts where both are held and the name does not say
 */
export function heldLicenses(licenseFiles: LicenseFiles, direction: Direction | null): FileSource {
  return {
    open: async ({ path }) => {
      const wanted = readLicenseName(nameOf(path));
      if (wanted === null) return { kind: 'absent', why: null };
      let held: Awaited<ReturnType<LicenseFiles>>;
      try {
        held = await licenseFiles(wanted.mac);
      } catch (error) {
        // Not "not found": a phone may take that for good.
        return { kind: 'refused', status: 503, why: `the licenses held cannot be read (${messageOf(error)})` };
      }
      if (held.length === 0) return { kind: 'absent', why: `no license is held for ${wanted.mac}` };
      const chosen = wanted.direction ?? (held.length === 1 ? held[0]?.direction : direction) ?? null;
      if (chosen === null)
        return {
          kind: 'refused',
          status: 404,
          why: `licenses for both directions are held for ${wanted.mac}, and the name does not say which; have phones ask for ${usualLicenseName({ ...wanted, direction: 'm2e' })} or ${usualLicenseName({ ...wanted, direction: 'e2m' })}, or start with --direction`,
        };
      const license = held.find((one) => one.direction === chosen);
      if (license === undefined)
        return {
          kind: 'absent',
          why: `for ${wanted.mac} only a license for the other direction (${held.map((one) => one.direction).join(', ')}) is held`,
        };
      return { kind: 'file', file: inMemory(license.content), note: `the ${chosen} license that is held` };
    },
  };
}
