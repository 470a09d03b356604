import { type Mac, parseMac } from '../network/mac.js';
import type { Direction, Models } from '../phone/models.js';

/** What a license file is called by the rule that asks for it: MAC in upper case (guide G4). */
const ending = /\.lic$/i;
const form =
  /^(?:SEP)?((?:[0-9a-f]{2}[:_. -]?){5}[0-9a-f]{2}|(?:[0-9a-f]{4}[._-]){2}[0-9a-f]{4})([^0-9a-z].*|e2m|m2e)?\.lic$/i;

/** The MAC in the name of a license file in any of its spellings, and what stands behind it (`_M2E`); `null` for any other name. */
export function parseLicenseName(name: string): { mac: Mac; behind: string } | null {
  const [, digits, behind = ''] = form.exec(name) ?? [];
  const mac = digits === undefined ? null : parseMac(digits.replace(/_/g, ''));
  // A browser that saves the same name again adds ` (1)`.
  return mac === null ? null : { mac, behind: behind.replace(/ ?\(\d+\)$/, '') };
}

/** Whether a file says by its name that it is a license. */
export function isLicenseName(name: string): boolean {
  return ending.test(name);
}

/** The direction that a text says, such as the name of a file, folder or archive; `null` where it says none, or both. */
export function directionIn(text: string, { licenses }: Pick<Models, 'licenses'>): Direction | null {
  const said = directionsIn(text, licenses);
  const [direction = null] = said;
  return said.size === 1 ? direction : null;
}

function directionsIn(text: string, { words }: Models['licenses']): Set<Direction> {
  return new Set(words.filter(({ pattern }) => pattern.test(text)).map(({ direction }) => direction));
}

/** For licenses of one direction: the other one, where a content says that it is for that; `both` where it says both. */
export type OtherDirection = (content: string) => Direction | 'both' | null;

/** @param direction of the licenses that are wanted; `none`, `null`: any */
export function otherDirectionThan(
  direction: Direction | 'none' | null,
  { licenses }: Pick<Models, 'licenses'>,
): OtherDirection {
  return (content) => {
    if (direction === 'none' || direction === null) return null;
    const [one = null, other] = directionsIn(content, licenses);
    return other !== undefined ? 'both' : one === direction ? null : one;
  };
}
