import type { AnyEvent } from '../../domain/report/events.js';
import { isActive, isTouched } from '../../domain/progress/state.js';
import type { Operation } from './entry.js';
import { endedPhone } from '../schema/phone-columns.js';
import type { RunFar, StepDuration, TargetState } from '../store-rows.js';
import { jsonOf, storable } from '../schema/values.js';

/**
 * A target's state as it goes into the store. Its content is serialized right here: later changes to the objects in it are not stored.
 * @throws TypeError when snapshot or report are not what JSON can hold
 */
export function targetOperation(runId: string, target: TargetState, at: string): Operation {
  const { key, address, mac, state, wave, snapshot, report } = target;
  const outcome = isActive(state) ? null : state;
  return {
    kind: 'target',
    row: {
      run_id: runId,
      key: storable(key),
      address: storable(address),
      mac,
      state,
      outcome,
      wave,
      touched: isTouched(state) ? 1 : 0,
      updated_at: at,
      snapshot: snapshot === null ? null : jsonOf(snapshot),
      report: report === null ? null : jsonOf(report),
    },
    phone: report && endedPhone(report, at),
  };
}

/** An event as it goes into the store. @throws TypeError when its details are not what JSON can hold */
export function eventOperation({ event, at, address, mac, ...detail }: AnyEvent): Operation {
  return { kind: 'event', row: { event, at, address: storable(address), mac, detail: jsonOf(detail) } };
}

/** A run's waves as they go into the store. @throws TypeError when they are not what JSON can hold */
export function wavesOperation(waves: unknown): Operation {
  return { kind: 'waves', waves: jsonOf(waves) };
}

/** How far a run is, as it goes into the store. */
export function progressOperation(progress: RunFar): Operation {
  return { kind: 'progress', progress: jsonOf(progress) };
}

/** A step's duration as it goes into the store. */
export function durationOperation(runId: string, { ms, ...duration }: StepDuration, at: string): Operation {
  return { kind: 'duration', row: { run_id: runId, ...duration, ms: Math.round(ms), at } };
}
