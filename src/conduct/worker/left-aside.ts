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
      const refused = await store.storeAside(left);
      clear();
      for (const { taken } of left)
        log.warn(
          refused.has(taken)
            ? 'what an earlier worker had seen is left: another has the phone'
            : 'what an earlier worker had seen is stored',
          { key: taken.job.key },
        );
    } catch (error) {
      log.warn('what an earlier worker had seen could not be stored', { error: messageOf(error) });
    }
  }
}
