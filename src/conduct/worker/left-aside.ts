import type { Log } from '../../domain/ports/log.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import { leftAside } from '../../store/write/aside.js';

/** What earlier workers of this machine have seen while the database was away is stored where nobody has the phone since. */
export async function storeLeftAside({
  store,
  log,
  asideIn,
}: {
  store: Store;
  log: Log;
  asideIn: string;
}): Promise<void> {
  for (const { left, clear } of leftAside(asideIn)) {
    try {
      for (const each of left) {
        const isStored = await store.storeAside(each);
        log.warn(
          isStored
            ? 'what an earlier worker had seen is stored'
            : 'what an earlier worker had seen is left: another has the phone',
          { key: each.taken.job.key },
        );
      }
      clear();
    } catch (error) {
      log.warn('what an earlier worker had seen could not be stored', { error: messageOf(error) });
    }
  }
}
