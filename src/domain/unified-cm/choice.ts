import type { UcmAccess } from '../network/ucm-access.js';
import { matchesGlob } from '../text/glob.js';

/** Which phones of a cluster are meant: by whole names of device pools, and by a glob of name or description; upper or lower case alike. */
export type UcmChoice = Pick<UcmAccess, 'devicePools' | 'match'>;

/** Names of device pools that none of these phones is in: empty ones, or misspelled. */
export function poolsWithout(
  { devicePools }: UcmChoice,
  phones: readonly { devicePool: string | null }[],
): readonly string[] {
  const there = new Set(phones.map(({ devicePool }) => devicePool?.trim().toLowerCase()));
  return devicePools.filter((pool) => !there.has(pool.trim().toLowerCase()));
}

/** Whether a phone is among those. A name that no pool has chooses nothing, and is no error. */
export function chosenBy({
  devicePools,
  match,
}: UcmChoice): (phone: { name: string; description: string; devicePool: string | null }) => boolean {
  const pools = new Set(devicePools.map((pool) => pool.trim().toLowerCase()));
  return ({ name, description, devicePool }) =>
    (pools.size === 0 || (devicePool !== null && pools.has(devicePool.trim().toLowerCase()))) &&
    (match === null || matchesGlob(match, name) || matchesGlob(match, description));
}
