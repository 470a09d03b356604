import { expect, it } from '@jest/globals';
import { renderJson } from '../../../src/report/formats/json.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { endedTarget, newRun, storeRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describeStores('the report of an earlier run', (useStore) => {
  const test = useStore();

  it('is the one that was given out, to the byte', async () => {
    const report = await storeRun(test.store, '20260115010000-aaaaaa', [
      {
        address: '10.0.0.2',
        mac: '00CCFC000002',
        outcome: 'failed',
        touched: true,
        failure: { code: 'wrong-load', message: 'x', hint: 'y' },
      },
      {
        address: '10.0.0.10',
        mac: '00CCFC000010',
        plan: [
          { step: 'convert', load: 'sip88xx.14-2-1-0101-26', set: { upgradeRule: 'http://10.0.0.9/x' }, note: 'why' },
        ],
        changes: [{ field: 'upgradeRule', from: '', to: 'http://10.0.0.9/x' }],
        evidence: [{ at: testStart, kind: 'written', text: 'odd \0 \ud800 text' }],
      },
      { address: '10.0.0.100', mac: null, family: null, eligibility: null, outcome: 'not-a-phone' },
      { address: '10.0.1.1', mac: '00CCFC000101' },
    ]);
    const stored = await (await test.reopen()).report('20260115010000-aaaaaa');
    expect(stored).toEqual(report);
    expect([...renderJson(stored)].join('')).toBe([...renderJson(report)].join(''));
  });

  it('lists a phone that moved where it was asked for', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.200', mac: '00CCFC000001' }), { key: '10.0.0.3' }));
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.4', mac: '00CCFC000002' })));
    await recorder.close();
    expect((await test.store.report('run-1')).phones.map(({ address }) => address)).toEqual(['10.0.0.200', '10.0.0.4']);
  });

  it('of a run that has not finished tells what there is', async () => {
    await test.store.beginRun(newRun('run-1'));
    // It was interrupted once and resumed: whom it never reached was counted then.
    const noAnswer = { 'connect-refused': 2, 'connect-timeout': 1 };
    const interrupted = sampleReport([], { run: newRun('run-1').summary, noAnswer });
    await test.store.finishRun('run-1', { state: 'interrupted', report: interrupted, exitCode: 143 });
    await test.store.reopenRun('run-1');
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    await test.clock.pass(5_000);
    recorder.saveTarget(endedTarget(samplePhone({ outcome: 'done' })));
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.8', mac: null, outcome: 'no-answer' })));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.7', state: 'upgrading' }));
    await recorder.close();
    const report = await test.store.report('run-1');
    expect(report.run).toEqual({
      ...newRun('run-1').summary,
      startedAt: testStart,
      finishedAt: '2026-01-15T01:00:05.000Z',
      abortedBy: null,
      interrupted: 'not finished',
      state: 'cut off',
      notEnded: { underWay: 1, waiting: 0 },
    });
    expect(report.totals).toEqual({
      targets: 5,
      byOutcome: { done: 1, 'no-answer': 4 },
      byDirection: { m2e: { eligible: 2 } },
      noAnswerByCode: { 'connect-refused': 2, 'connect-timeout': 1, unknown: 1 },
    });
    expect(report.phones.map(({ outcome }) => outcome)).toEqual(['done', 'no-answer']);
  });

  it('of a run that goes on counts all its targets, and those that gave no answer', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    recorder.saveTarget(endedTarget(samplePhone({ outcome: 'done' })));
    await test.clock.pass(29_000);
    const survey = { targets: 254, probed: 241, found: 12, earlier: null };
    const more = { stopping: false, left: null, workedMs: 29_000, noAnswerByCode: { 'connect-refused': 239 } };
    recorder.saveProgress({ at: test.clock.now(), phase: 'survey', survey, ...more });
    await recorder.close();
    const { run, totals } = await test.store.report('run-1');
    expect(run.finishedAt).toBe(new Date(test.clock.now()).toISOString());
    expect(totals).toMatchObject({
      targets: 254,
      byOutcome: { done: 1, 'no-answer': 239 },
      noAnswerByCode: { 'connect-refused': 239 },
    });
  });

  it('is asked for by an id that exists', async () => {
    await expect(test.store.report('2019')).rejects.toMatchObject({
      code: 'usage',
      message: 'There is no run 2019 in the store; fleet-migrate runs lists them.',
    });
  });
});
