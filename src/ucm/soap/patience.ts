import type { Clock } from '../../domain/ports/clock.js';
import { sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { UcmError } from '../ucm.js';
import type { Asked, Reply } from './reply.js';

/** How long is waited for Unified CM to take a request that it holds back (ms). */
export interface Patience {
  clock: Pick<Clock, 'after' | 'monotonic'>;
  /** For one request, all its waits together. */
  patienceMs: number;
  log: Log;
}

/** Waits before a request is sent again (ms); the last one repeats. The database asks for several seconds. */
const busyWaits = [5_000, 10_000, 20_000, 30_000];
/** The same after the fault about the rate: clients in use wait so (docs/knowledge/unified-cm.md#limits). */
const rateWaits = [30_000, 60_000, 90_000];

/**
 * Sends a request again while it is held back, within bounds.
 * @param send sends it once
 * @throws UcmError `ucm-busy` when the patience is over: nothing was changed
 */
export async function patiently(
  send: () => Promise<Reply>,
  { host, operation }: Asked,
  { clock, patienceMs, log }: Patience,
): Promise<Exclude<Reply, { kind: 'held' }>> {
  const began = clock.monotonic();
  for (let sent = 1; ; sent += 1) {
    const reply = await send();
    if (reply.kind !== 'held') return reply;
    const waits = reply.why === 'rate' ? rateWaits : busyWaits;
    const wait = waits[Math.min(sent, waits.length) - 1] ?? 0;
    const spent = clock.monotonic() - began;
    if (spent + wait > patienceMs)
      throw new UcmError(
        'ucm-busy',
        `Unified CM at ${host} did not take ${operation} within ${Math.round(spent / 1_000)} s and ${sent} attempts: ${reply.said}.`,
        true,
      );
    log.debug('Unified CM holds a request back', { host, operation, said: reply.said, waitMs: wait });
    await sleep(clock, wait);
  }
}
