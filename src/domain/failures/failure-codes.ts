import { planningFailures } from './planning-failures.js';
import { readingFailures } from './reading-failures.js';
import type { Failure } from './failure.js';
import { watchingFailures } from './watching-failures.js';

/** The one list of failure codes: what a phone's `failure.code` may be, and what `fleet-migrate explain` says of it. */
export const failureCodes = { ...readingFailures, ...planningFailures, ...watchingFailures } as const;

export type FailureCodeName = keyof typeof failureCodes;

/** A failure of one phone, with the facts of the case in `message`; without one, the code's meaning stands. */
export function failure(code: FailureCodeName, message?: string): Failure {
  return { code, message: message ?? failureCodes[code].meaning, hint: failureCodes[code].hint };
}

/** Whether a text is one of the codes. */
export function isFailureCode(text: string): text is FailureCodeName {
  return Object.hasOwn(failureCodes, text);
}

/** Whether a phone has only ended because its run did, and nothing was written to it: whoever goes on with the run takes it anew. */
export function endedByUs({ touched, failure }: { touched: boolean; failure: Failure | null }): boolean {
  return !touched && failure !== null && isFailureCode(failure.code) && failureCodes[failure.code].kind === 'ours';
}
