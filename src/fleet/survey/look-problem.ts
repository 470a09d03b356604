import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { RunContext } from '../context.js';
import { isTransportError } from '../../phones/phones.js';
import { sentence, stackOf } from '../../domain/text/error-reason.js';

/** Why a target could not be read; its record has not moved on yet. */
export interface ReadProblem {
  code: FailureCodeName;
  message: string;
}

/** Turns an error met while reading into the target's problem: the network's reason, or a bug of ours, which is logged. */
export function problemOf(error: unknown, address: string, { log }: Pick<RunContext, 'log'>): ReadProblem {
  if (isTransportError(error)) return { code: error.code, message: sentence(error.message) };
  log.error('reading a phone failed', { address, error: stackOf(error) });
  return { code: 'internal-error', message: sentence(String(error)) };
}

/** Codes that mean there is no device; such targets are counted, and listed only if somebody named them. */
export const nobodyThere: ReadonlySet<FailureCodeName> = new Set([
  'connect-refused',
  'connect-timeout',
  'connect-reset',
  'host-unreachable',
] as const);

/**
 * Returns the event for a target that could not be read: silence means that no device is there, a response that no phone gives means
 * something else, and anything that may be a phone in trouble is blocked, so that an engineer looks at it. So is a port that speaks the
 * other protocol: a phone whose ports were swapped does just that.
 */
export function eventFor(
  code: FailureCodeName,
): 'nobody-there' | 'something-else-there' | 'prerequisite-missing' | 'stop' {
  if (nobodyThere.has(code)) return 'nobody-there';
  switch (code) {
    // Nothing is known about a target that this machine could not probe, or that was not sent the password: a resume reads it.
    case 'local-resources':
    case 'password-held-back':
      return 'stop';
    case 'unresolved-host':
    case 'response-timeout':
      return 'nobody-there';
    case 'malformed-response':
    case 'response-too-large':
    case 'headers-too-large':
    case 'redirect-loop':
    case 'redirect-elsewhere':
    case 'not-a-phone':
      return 'something-else-there';
    default:
      return 'prerequisite-missing';
  }
}
