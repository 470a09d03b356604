import { describe, expect, it } from '@jest/globals';
import { knownPhonesIfAny, lastKnownPhones } from '../../../src/conduct/rehearsal/known-phones.js';
import { samplePhone } from '../../report/support/sample.js';
import { useStore } from '../../store/support/open-test-store.js';
import { endedTarget, newRun, storeRun } from '../../store/support/samples.js';
import type { Store } from '../../../src/store/store.js';

/** A run of no profile: an audit. */
async function storeAudit(store: Store, id: string, startedAt: string): Promise<void> {
  const run = newRun(id, startedAt);
  const summary = { ...run.summary, profile: null };
  await store.beginRun({ ...run, summary });
  const recorder = store.recorder(id, { onError: () => undefined });
  recorder.saveTarget(endedTarget(samplePhone()));
  await recorder.close();
  const totals = { targets: 1, byOutcome: { audited: 1 }, noAnswerByCode: {} };
  const ended = { ...summary, startedAt, finishedAt: startedAt, interrupted: null, abortedBy: null };
  await store.finishRun(id, { state: 'finished', report: { run: ended, totals }, exitCode: 0 });
}

describe('the phones of a rehearsal', () => {
  const test = useStore();
  const moved = { family: 'enterprise', softwareVersion: 'sip88xx.14-2-1-0101-26', outcome: 'done' } as const;

  it('are those of the last audit, each as it was read last', async () => {
    await storeAudit(test.store, '20260101000000-aaaaaa', '2026-01-01T00:00:00.000Z');
    await storeRun(test.store, '20260102000000-bbbbbb', [moved], { startedAt: '2026-01-02T00:00:00.000Z' });
    const { of, reports } = await lastKnownPhones(test.store, null);
    expect(of.run).toBe('20260101000000-aaaaaa');
    expect(reports).toMatchObject([
      { family: 'enterprise', softwareVersion: moved.softwareVersion, outcome: 'audited' },
    ]);
  });

  it('are those of the last run that has read any, where there is no audit', async () => {
    await storeRun(test.store, '20260102000000-bbbbbb', [moved]);
    await storeRun(test.store, '20260103000000-cccccc', [], { startedAt: '2026-02-01T00:00:00.000Z' });
    expect((await lastKnownPhones(test.store, null)).of.run).toBe('20260102000000-bbbbbb');
  });

  it('are those of a run that is named, and of no other', async () => {
    await storeAudit(test.store, '20260101000000-aaaaaa', '2026-01-01T00:00:00.000Z');
    await storeRun(test.store, '20260102000000-bbbbbb', [], { startedAt: '2026-01-02T00:00:00.000Z' });
    await expect(lastKnownPhones(test.store, '20260102')).rejects.toThrow(/20260102000000-bbbbbb has read no phone/);
    await expect(knownPhonesIfAny(test.store, '20260102')).rejects.toThrow(/has read no phone/);
  });

  it('are missed in one sentence that says what to do', async () => {
    await expect(lastKnownPhones(test.store, null)).rejects.toThrow(
      /^No run has read a phone yet in the store .*; audit the fleet first \(fleet-migrate audit\), or name a list/,
    );
    expect(await knownPhonesIfAny(test.store, null)).toBeNull();
    expect(await knownPhonesIfAny(null, null)).toBeNull();
  });
});
