import type { FailureCodeName } from '../failures/failure-codes.js';

/** How waits grow from one try to the next, and how far they vary at random. */
export interface Backoff {
  /** The first wait, in milliseconds. */
  firstMs: number;
  /** By how much each wait is longer than the one before. */
  factor: number;
  /** The longest wait, before it is varied. */
  mostMs: number;
  /** 0.25 varies a wait by up to a quarter either way, so that phones deferred together do not come back together. */
  spread: number;
}

/** Between runs, for deferred phones: 10 minutes, doubling up to 12 hours, ±25 %. */
export const deferral: Backoff = { firstMs: 10 * 60_000, factor: 2, mostMs: 12 * 3_600_000, spread: 0.25 };

/** No phone is deferred for longer than this (ms). */
export const longestDeferralMs = deferral.mostMs * (1 + deferral.spread);

/** Before a write, within one run: 1 s, 4 s, 16 s, ±50 %. */
export const transientRetry: Backoff = { firstMs: 1_000, factor: 4, mostMs: 16_000, spread: 0.5 };

/** How often a transient failure before a write is tried again. */
export const mostTransientRetries = 3;

/**
 * The wait after the `times`-th failure in a row (from 1), in whole milliseconds.
 *
 * @param random 0 ≤ n < 1; 0.5 gives exactly the middle.
 */
export function backoffDelay(backoff: Backoff, times: number, random: () => number): number {
  const { firstMs, factor, mostMs, spread } = backoff;
  const middle = Math.min(mostMs, firstMs * factor ** (Math.max(1, times) - 1));
  return Math.round(middle * (1 - spread + 2 * spread * random()));
}

/**
 * When a deferred phone is to be tried again, in milliseconds since the epoch.
 *
 * @param deferrals how often in a row it has been deferred, from 1
 */
export function nextAttemptAt(now: number, deferrals: number, random: () => number): number {
  return now + backoffDelay(deferral, deferrals, random);
}

/** The wait before retry number `retry` (from 1) of a transient failure before a write; `null` when it is not tried again. */
export function transientRetryDelay(retry: number, random: () => number): number | null {
  return retry > mostTransientRetries ? null : backoffDelay(transientRetry, retry, random);
}

/**
 * How often a target that could not be read is tried again during the survey. An address that took a connection may be a phone that
 * stumbled. A silent address is tried once, or scanning the dark part of a subnet would take twice as long; a refusal or a missing route is
 * definite, and will be the same a second later.
 */
const retries: Partial<Record<FailureCodeName, number>> = {
  'connection-lost': mostTransientRetries,
  'http-error': mostTransientRetries,
  'empty-page': mostTransientRetries,
  // Each of these has used up a whole deadline already, or is probably no phone.
  'connect-reset': 1,
  'response-timeout': 1,
  'body-timeout': 1,
  'session-timeout': 1,
};

/** How often a target that failed with this code is read again in the same survey; 0 for most codes. */
export function surveyRetries(code: FailureCodeName): number {
  return retries[code] ?? 0;
}
