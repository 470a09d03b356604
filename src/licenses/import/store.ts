import type { Clock } from '../../domain/ports/clock.js';
import type { Store } from '../../store/store.js';
import type { Judged } from './judge.js';

/** Stores what was judged to be new or newer, all of it or nothing. @returns how many were stored */
export async function storeLicenses(store: Store, { licenses }: Judged, clock: Pick<Clock, 'now'>): Promise<number> {
  const importedAt = new Date(clock.now()).toISOString();
  const wanted = licenses.filter(({ compared }) => compared !== 'known');
  await store.keepLicenses(
    wanted.map(({ compared: _compared, isOfFleet: _isOfFleet, ...license }) => ({ ...license, importedAt })),
  );
  return wanted.length;
}
