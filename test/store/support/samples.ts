import { isActive, isTouched, type State } from '../../../src/domain/progress/state.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import type { NewRun, RunEnd, TargetState } from '../../../src/store/store-rows.js';
import type { Store } from '../../../src/store/store.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';
import { testStart } from './standing-clock.js';

/** A run about to begin. */
export function newRun(id: string, startedAt: string = testStart): NewRun {
  const summary = {
    id,
    profile: 'mpp-to-enterprise',
    dryRun: false,
    version: '0.1.0',
    preflightSkipped: false,
    insecure: false,
  };
  return { startedAt, summary, settings: { args: { subnet: ['10.0.0.0/24'] } } };
}

/** A phone that waits for its turn. */
export function waitingTarget(change: Partial<TargetState> = {}): TargetState {
  const address = change.address ?? '10.0.0.5';
  return {
    key: address,
    address,
    mac: '00CCFC123456',
    state: 'waiting',
    wave: 1,
    snapshot: { step: 0 },
    report: null,
    ...change,
  };
}

/** A target that ended as its report entry says. */
export function endedTarget(report: PhoneReport, change: Partial<TargetState> = {}): TargetState {
  const { address, mac, outcome } = report;
  return { key: address, address, mac, state: outcome, wave: 1, snapshot: null, report, ...change };
}

/** What must come back for a target that was saved at this time. */
export function asRow(target: TargetState, updatedAt: string): unknown {
  return { ...target, outcome: outcomeOf(target.state), touched: isTouched(target.state), updatedAt };
}

function outcomeOf(state: State): string | null {
  return isActive(state) ? null : state;
}

/** A run from beginning to end, in which these phones were seen; answers its report. */
export async function storeRun(
  store: Store,
  id: string,
  phones: readonly Partial<PhoneReport>[],
  { startedAt = testStart, state = 'finished' }: { startedAt?: string; state?: RunEnd['state'] } = {},
): Promise<RunReport> {
  const report = sampleReport(phones.map(samplePhone), { run: { id, startedAt }, noAnswer: { 'connect-refused': 3 } });
  await store.beginRun(newRun(id, startedAt));
  const recorder = store.recorder(id, { onError: () => undefined });
  for (const phone of report.phones) recorder.saveTarget(endedTarget(phone));
  await recorder.close();
  await store.finishRun(id, { state, report, exitCode: 0 });
  return report;
}

/** All that an iteration yields. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
