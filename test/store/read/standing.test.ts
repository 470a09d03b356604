import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { samplePhone } from '../../report/support/sample.js';
import { useStore } from '../support/open-test-store.js';
import { endedTarget, newRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describe('how a run stands, by its store', () => {
  const test = useStore();

  it('is what it has told: how far its look is, its phones in their waves, who takes long, the last problems', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const began = Date.parse(testStart);
    const survey = { targets: 254, probed: 120, found: 12, earlier: null };
    const left = { atLeastMs: 1_000, atMostMs: 60_000, until: 'run' } as const;
    recorder.saveProgress({ at: began, phase: 'migrate', survey, stopping: true, left, silent: 100 });
    recorder.saveWaves({ '10.0.0.7': 1, '10.0.0.8': 0 });
    recorder.saveTarget(
      endedTarget(samplePhone({ address: '10.0.0.8', mac: '00CCFC000008', outcome: 'done' }), { wave: null }),
    );
    const failure = { code: 'license-missing', message: 'no license', hint: '' };
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.9', outcome: 'blocked', touched: false, failure })));
    const upgrading = waitingTarget({
      address: '10.0.0.7',
      key: '10.0.0.7',
      mac: '00CCFC000007' as never,
      state: 'upgrading',
    });
    await recorder.intent(upgrading, { step: 'convert' });
    recorder.event({
      event: 'evidence',
      at: testStart,
      address: '10.0.0.7',
      mac: '00CCFC000007',
      kind: 'x',
      text: 'Upgrading',
    });
    await recorder.close();
    await test.clock.pass(5_000);
    const { run, longest, problems, byOutcome } = await test.store.standing('run-1');
    expect(run).toMatchObject({
      id: 'run-1',
      phase: 'migrate',
      survey,
      stopping: true,
      left: { atLeastMs: 0, atMostMs: 55_000, until: 'run' },
    });
    expect(run.phones.map(({ address, state, wave }) => [address, state, wave])).toEqual(
      expect.arrayContaining([
        ['10.0.0.7', 'upgrading', 1],
        ['10.0.0.8', 'done', 0],
      ]),
    );
    expect(longest).toMatchObject([{ phone: { address: '10.0.0.7' }, says: 'Upgrading' }]);
    expect(problems).toMatchObject([{ address: '10.0.0.9', code: 'license-missing' }]);
    expect(byOutcome).toEqual({ done: 1, blocked: 1, 'no-answer': 100 });
    // A run that has not told for long may be suspended.
    await test.clock.pass(30_000);
    expect((await test.store.standing('run-1')).run.left).toBeNull();
  });

  it('of a resumed one: how long it was dead is no evidence for how long a phone takes', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const begins = (): void =>
      recorder.event({
        event: 'run-started',
        at: new Date(test.clock.now()).toISOString(),
        address: null,
        mac: null,
      });
    const phone = { address: '10.0.0.7', mac: '00CCFC000007' } as const;
    begins();
    await recorder.intent(waitingTarget({ ...phone, state: 'upgrading' }), { step: 'convert' });
    await test.clock.pass(10 * 3_600_000);
    begins();
    await recorder.flush();
    expect((await test.store.standing('run-1')).run.phones).toMatchObject([
      { writtenAt: Date.parse(testStart), endedAt: null },
    ]);
    recorder.saveTarget(endedTarget(samplePhone({ ...phone, outcome: 'done' })));
    await recorder.close();
    expect((await test.store.standing('run-1')).run.phones).toMatchObject([{ writtenAt: null, state: 'done' }]);
  });

  it('of one that has told nothing says so little, and of an unknown one nothing', async () => {
    await test.store.beginRun(newRun('run-1'));
    expect((await test.store.standing('run-1')).run).toMatchObject({
      phase: 'survey',
      survey: { targets: null },
      phones: [],
    });
    await expect(test.store.standing('run-9')).rejects.toThrow(UsageError);
  });
});
