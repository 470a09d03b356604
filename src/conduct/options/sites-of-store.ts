import type { SettingsSources } from '../../config/settings/merge.js';
import type { SitesOfStore, UnreadSites } from '../../config/sites/of-store.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { openStoreToRead } from '../../store/open-store.js';
import { isAddress } from '../../store/place.js';
import { isStoreError } from '../../store/store-error.js';
import { systemClock } from '../system-clock.js';
import { isMissing, placeOf, storePath } from './store-option.js';
import type { StoreSettings } from './access/store-access.js';

/**
 * The sites of the store that a command will work on, read before what it is asked for is checked; `null`: there is no store yet. What is wrong
 * with a file, or with what it takes to enter a database, its command finds itself and says better.
 */
export async function sitesOfStore(
  settings: StoreSettings,
  env: SettingsSources['env'],
): Promise<SitesOfStore | UnreadSites | null> {
  const path = storePath(settings, env);
  if (isMissing(path)) return null;
  let place: ReturnType<typeof placeOf>;
  try {
    place = placeOf(settings);
  } catch (error) {
    if (isUsageError(error)) return { problem: null };
    throw error;
  }
  try {
    const store = await openStoreToRead({ ...place, path, clock: systemClock });
    try {
      return { store: store.path, sites: await store.sites() };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (isUsageError(error) || isStoreError(error)) return { problem: isAddress(path) ? error.message : null };
    throw error;
  }
}
