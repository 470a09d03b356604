import type { PhoneNow, RunNow } from '../../../../src/domain/progress/run-now.js';
import type { State } from '../../../../src/domain/progress/state.js';
import type { ToldRun } from '../../../../src/report/progress/told-run.js';

/** When the runs told here began (ms since the epoch). */
export const began = Date.parse('2026-11-30T02:00:00Z');

let made = 0;

/** A phone in this state. */
export function phoneNow(state: State, more: Partial<PhoneNow> = {}): PhoneNow {
  made += 1;
  const address = `10.0.0.${made}`;
  return {
    key: address,
    address,
    mac: null,
    model: '8841',
    wave: null,
    state,
    writtenAt: null,
    endedAt: null,
    ...more,
  };
}

/** So many phones alike. */
export function phonesNow(count: number, state: State, more: Partial<PhoneNow> = {}): PhoneNow[] {
  return Array.from({ length: count }, () => phoneNow(state, more));
}

/** A run that has been going on for `seconds`. */
export function runNow(seconds: number, more: Partial<RunNow> = {}): RunNow {
  return {
    ...{ id: '20261130020000-abcdef', profile: 'mpp-to-enterprise', dryRun: false, phase: 'migrate', startedAt: began },
    ...{ now: began + seconds * 1_000, workedMs: seconds * 1_000 },
    survey: { targets: 254, probed: 254, found: 58, earlier: null },
    ...{ phones: [], stopping: false, pausedSince: null, left: null, goesOn: true },
    ...more,
  };
}

/** The same with nothing else to tell. */
export function told(run: RunNow, more: Partial<ToldRun> = {}): ToldRun {
  return { run, longest: [], problems: [], fetching: null, ...more };
}
