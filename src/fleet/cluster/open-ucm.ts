import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { createUcm } from '../../ucm/create-ucm.js';
import type { Ucm } from '../../ucm/ucm.js';
import { needed } from './trouble.js';

export type { Ucm } from '../../ucm/ucm.js';

/** What a client of Unified CM is given besides its access. */
export interface UcmSurroundings {
  clock: Clock;
  log: Log;
  knowledge: UcmKnowledge;
  /** Time to connect (ms); a whole request may take eight times as long, as a session with a phone. */
  timeoutMs: number;
}

/** A client of the cluster that was named; nothing is contacted yet. @throws UsageError for a host that cannot be one */
export function openUcm(
  { host, port, username, password, tls }: UcmAccess,
  { timeoutMs, ...given }: UcmSurroundings,
): Promise<Ucm> {
  const make = (): Ucm =>
    createUcm({ ...{ host, port, username, tls, ...given }, password: password(), timeoutMs: timeoutMs * 8 });
  return needed(Promise.resolve().then(make));
}
