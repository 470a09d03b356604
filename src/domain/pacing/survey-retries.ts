import { mostTransientRetries } from './backoff.js';
import type { FailureCodeName } from '../failures/failure-codes.js';

/**
 * How often a target that could not be read is asked again while the run looks who is there. Whoever took a connection may be a phone that
 * stumbles: it is asked again. Nobody at all is asked once, or a scan of dark addresses would take twice as long; a refusal and a missing
 * route are answers, and no others a second later.
 */
const retries: Partial<Record<FailureCodeName, number>> = {
  'connection-lost': mostTransientRetries,
  'http-error': mostTransientRetries,
  'empty-page': mostTransientRetries,
  // Each of these has used up a whole deadline already, or is probably nobody.
  'connect-reset': 1,
  'response-timeout': 1,
  'body-timeout': 1,
  'session-timeout': 1,
};

/** See `retries`; 0 for a code that is not asked again in the same run. */
export function surveyRetries(code: FailureCodeName): number {
  return retries[code] ?? 0;
}
