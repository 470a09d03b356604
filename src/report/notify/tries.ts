import { type Backoff, backoffDelay } from '../../domain/pacing/backoff.js';
import { type Clock, sleep } from '../../domain/ports/clock.js';

/** What one try came to. */
export interface Try {
  sent: boolean;
  /** Status of the response; `null` without one. */
  status: number | null;
  /** Why it was not sent, as the end of a sentence. */
  why: string;
  /** Whether another try may go better. */
  isPassing: boolean;
}

/** What became of a message. `message` names the receiver by host only: the rest of such URLs is often a secret. */
export interface NotifyResult {
  sent: boolean;
  /** Status of the last response; `null` without one. */
  status: number | null;
  tries: number;
  message: string;
}

const mostTries = 3;

/** There is one sender, so no jitter is needed. */
const betweenTries: Backoff = { firstMs: 1_000, factor: 4, mostMs: 4_000, spread: 0 };

/** Tries until it is sent, will not be, or was tried three times, 1 s and 4 s apart. Never rejects if `once` does not. */
export async function inTries(host: string, clock: Clock, once: () => Promise<Try>): Promise<NotifyResult> {
  for (let tries = 1; ; tries += 1) {
    const { sent, status, why, isPassing } = await once();
    if (sent) return { sent, status, tries, message: `${host} was notified.` };
    if (!isPassing || tries === mostTries) {
      const after = tries === 1 ? '' : ` (${tries} tries)`;
      return { sent, status, tries, message: `${host} could not be notified: ${why}${after}.` };
    }
    await sleep(
      clock,
      backoffDelay(betweenTries, tries, () => 0.5),
    );
  }
}
