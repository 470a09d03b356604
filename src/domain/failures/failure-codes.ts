import { planningFailures } from './planning-failures.js';
import { readingFailures } from './reading-failures.js';
import type { Failure, FailureCode } from './failure.js';
import { inUcmFailures } from './in-ucm-failures.js';
import { ucmFailures } from './ucm-failures.js';
import { watchingFailures } from './watching-failures.js';

/** The one list of failure codes: what a phone's `failure.code` may be, and what `fleet-migrate explain` says about it. */
export const failureCodes = {
  ...readingFailures,
  ...planningFailures,
  ...inUcmFailures,
  ...ucmFailures,
  ...watchingFailures,
} as const;
export type FailureCodeName = keyof typeof failureCodes;

/** Codes of a load that other phones need too; a license is one phone's own. */
export const loadFailures: ReadonlySet<string> = new Set<FailureCodeName>([
  'firmware-missing',
  'firmware-image-missing',
  'firmware-unreadable',
  'firmware-name-mismatch',
  'firmware-other-family',
]);

/** A failure of one phone, with the facts of the case in `message`; by default the code's meaning. */
export function failure(code: FailureCodeName, message?: string): Failure {
  return { code, message: message ?? failureCodes[code].meaning, hint: failureCodes[code].hint };
}

/** Whether a text is one of the codes. */
export function isFailureCode(text: string): text is FailureCodeName {
  return Object.hasOwn(failureCodes, text);
}

/** The kind of a failure code; `null` for what is none. */
export function kindOf(code: string): FailureCode['kind'] | null {
  return isFailureCode(code) ? failureCodes[code].kind : null;
}

/** What a resume needs to know about a phone's end. */
type Ended = { touched: boolean; failure: Failure | null };

/** Whether a phone ended untouched and only because its run did (a stop, a pause, a threshold, its window, a bug): a resume plans it anew. */
export function endedWithRun({ touched, failure }: Ended): boolean {
  return !touched && failure !== null && kindOf(failure.code) === 'ours';
}

/** Whether the cause was a local shortage: then nothing was learned about the phone or server. */
export function isLocalShortage({ code }: { code: string }): boolean {
  return code === 'local-resources' || code === 'local-refused';
}

const notAsked: ReadonlySet<string> = new Set([
  'ucm-unreachable',
  'ucm-certificate',
  'ucm-not-ucm',
  'ucm-login-refused',
  'ucm-role-missing',
  'ucm-busy',
  'ucm-version',
  'ucm-unreadable',
  'ucm-registration-unknown',
] satisfies FailureCodeName[]);

/** Whether Unified CM could not be asked about a phone, or did not say: then nothing was learned about the phone. */
export function isUcmTrouble({ code }: { code: string }): boolean {
  return notAsked.has(code);
}

const endsLater: ReadonlySet<string> = new Set([
  'not-registered',
  'still-upgrading',
  'ucm-load-left',
] satisfies FailureCodeName[]);

/**
 * Whether the watch of a phone that was written to ended before there was anything to see, or before all was done: nobody could look, it may
 * register with Unified CM later than its deadline, or its load is still to be taken back there.
 */
export function mayBeWatchedOn(failure: { code: string }): boolean {
  return isLocalShortage(failure) || isUcmTrouble(failure) || endsLater.has(failure.code);
}

/**
 * Whether a resume has something to do for this phone: its run ended first, nobody could look at it while it was under way, it may be seen
 * later, or the files of its second step were gone.
 */
export function mayBeResumed(ended: Ended): boolean {
  const { touched, failure } = ended;
  if (endedWithRun(ended)) return true;
  return touched && failure !== null && (mayBeWatchedOn(failure) || failure.code === 'files-gone-between-steps');
}
