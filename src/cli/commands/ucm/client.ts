import { shippedUnifiedCm } from '../../../config/profiles/as-shipped.js';
import type { UcmAccess } from '../../../domain/network/ucm-access.js';
import type { UcmKnowledge } from '../../../domain/unified-cm/knowledge.js';
import { openUcm, type Ucm } from '../../../fleet/cluster/open-ucm.js';
import type { Log } from '../../../domain/ports/log.js';
import { createLog } from '../../../log/create-log.js';
import type { RunSettings } from '../../../conduct/options/table.js';
import { systemClock } from '../../../conduct/system-clock.js';

/** A Unified CM to ask, and what is known of such. */
interface Connected {
  ucm: Ucm;
  knowledge: UcmKnowledge;
}

/** Makes a client and lets `use` ask it. */
export type Connect = <T>(
  access: UcmAccess,
  settings: Pick<RunSettings, 'timeout'>,
  use: (connected: Connected) => Promise<T>,
) => Promise<T>;

/** The real client, which tells this log what it sees. @throws UsageError */
export function connectWith(log: Log): Connect {
  return async (access, { timeout }, use) => {
    const knowledge = await shippedUnifiedCm();
    const ucm = await openUcm(access, { clock: systemClock, log, knowledge, timeoutMs: timeout });
    return use({ ucm, knowledge });
  };
}

/** The same; what it warns of goes to standard error. @throws UsageError */
export const connectUcm: Connect = async (access, settings, use) => {
  const log = createLog({ level: 'warn', format: 'text', clock: systemClock, stream: process.stderr });
  try {
    return await connectWith(log)(access, settings, use);
  } finally {
    await log.close();
  }
};
