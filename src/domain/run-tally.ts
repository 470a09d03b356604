import { type FailureCodeName, failureCodes } from './failure-codes.js';
import type { Outcome } from './outcome.js';
import type { ThresholdKind } from './thresholds.js';

/**
 * Codes of phones that were not to be found. They are counted apart: a dead switch or a closed firewall is no reason to believe that
 * the migration goes wrong, and after a move to Enterprise the web page is off by default.
 */
export const unreachableCodes: ReadonlySet<string> = new Set<FailureCodeName>([
  'silent-after-upgrading',
  'silent',
  'not-recognized',
  'identity-lost',
  'connect-refused',
  'connect-timeout',
  'connect-reset',
  'host-unreachable',
]);

/** How the phones of a wave or of a run have ended so far, as thresholds see it. */
export interface Tally {
  /** Phones that belong to it, ended or not. */
  readonly size: number;
  /** Phones that ended and say something about how it goes: all but those put off and those not started. */
  ended: number;
  /** Phones that were put off (a call, a window, a stop) without a word of trouble: they must not thin out the failures. */
  putOff: number;
  /** How many ended as each kind; a phone may be of several. */
  readonly counts: Map<ThresholdKind, number>;
  /** The failure codes of those counted as `failed`, with how many had each. */
  readonly failedCodes: Map<string, number>;
  /** The same of those put off: a threshold for `busy` is judged over the phones that ended and the busy ones. */
  readonly putOffCodes: Map<string, number>;
}

/** A tally of `size` phones of which none has ended. */
export function newTally(size: number): Tally {
  return { size, ended: 0, putOff: 0, counts: new Map(), failedCodes: new Map(), putOffCodes: new Map() };
}

/** Counts a phone that has ended; `code` is its failure code, `null` without one. */
export function countEnding(tally: Tally, outcome: Outcome, code: string | null): void {
  const unreachable = code !== null && unreachableCodes.has(code);
  // A bug of ours is a bad ending wherever it hits, also where nothing was written yet.
  const bad = outcome === 'failed' || outcome === 'unverified' || code === 'internal-error';
  const putOff = (outcome === 'deferred' || outcome === 'aborted') && !unreachable && !bad;
  if (putOff) tally.putOff += 1;
  else tally.ended += 1;
  if (putOff && code !== null) add(tally.putOffCodes, code);
  if (code !== null && Object.hasOwn(failureCodes, code)) add(tally.counts, code as FailureCodeName);
  if (outcome === 'unverified') add(tally.counts, 'unverified');
  if (unreachable) add(tally.counts, 'unreachable');
  else if (bad) {
    add(tally.counts, 'failed');
    add(tally.failedCodes, code ?? outcome);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
