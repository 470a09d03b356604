import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneRecord } from './phone-record.js';
import type { StopControl } from '../run/stop-control.js';

/** Ends a record that cannot go on, keeping apart what was written to and what was not. */
export function endBy(record: PhoneRecord, reason: Failure): void {
  if (record.ended) return;
  if (record.touched) record.advance('deadline-unseen', reason);
  else record.advance('stop', reason);
}

/** Ends a record that a stop reached while nothing was on its way to the phone: before its first step, or between two. */
export function stopHere(record: PhoneRecord, stop: StopControl): void {
  if (record.ended) return;
  if (!record.touched) return record.advance('stop', stoppedBeforeStart(stop));
  const message = `Its first step is done; then the run was stopped (${reasonOf(stop)}).`;
  record.advance('seen-failed', failure('stopped-between-steps', message));
}

/** Why a phone was not started. */
export function stoppedBeforeStart(stop: StopControl): Failure {
  const message = `The run was stopped (${reasonOf(stop)}) before this phone was started.`;
  return failure('stopped-before-start', message);
}

function reasonOf(stop: StopControl): string {
  return stop.reason ?? 'a stop';
}

/** Whether an error is the store's. Without its memory a run may not go on writing: it is stopped, those under way are still watched. */
export function stopsForStore(error: unknown, stop: StopControl): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  const isStores = typeof code === 'string' && code.startsWith('store-');
  // Asked for twice, the stop would leave those under way unwatched.
  if (isStores && !stop.gently.aborted) stop.request('the store failed');
  return isStores;
}
