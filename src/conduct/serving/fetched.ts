import type { Store } from '../../store/store.js';
import type { Transfer } from '../../store/store-rows.js';
import type { Serving } from './for-run.js';

/**
 * What phones fetched, by the store: from the run's own server, or from a `serve` with the same store. Of its own server also what is on its way
 * into the store.
 */
export function fetchedFrom(
  { transfersSince }: Pick<Store, 'transfersSince'>,
  own: Pick<Serving, 'unstored'> | null,
): (mac: string, since: number) => Promise<Transfer[]> {
  return async (mac, since) => {
    const at = new Date(since).toISOString();
    const newest = own?.unstored(mac).filter(({ startedAt }) => startedAt >= at) ?? [];
    const byId = new Map((await transfersSince(at, mac)).map((transfer) => [transfer.id, transfer]));
    for (const transfer of newest) byId.set(transfer.id, transfer);
    return [...byId.values()];
  };
}
