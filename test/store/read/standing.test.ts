import { expect, it } from '@jest/globals';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { endedTarget, newRun, storeRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describeStores('how a run stands, by its store', (useStore) => {
  const test = useStore();

  it('is what it has told: how far its look is, its phones in their waves, who takes long, the last problems', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const began = Date.parse(testStart);
    const survey = { targets: 254, probed: 120, found: 12, earlier: null };
    const told = { workedMs: 10_000, noAnswerByCode: { 'connect-refused': 90, 'connect-timeout': 10 } };
    const left = { atLeastMs: 1_000, atMostMs: 60_000, until: 'run' } as const;
    recorder.saveProgress({ at: began, phase: 'migrate', survey, stopping: true, left, ...told });
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
      workedMs: 15_000,
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
    expect(run.pausedSince).toBeNull();
    // A run that has not told for long may be suspended.
    await test.clock.pass(30_000);
    expect((await test.store.standing('run-1')).run.left).toBeNull();
  });

  it('is paused, since when, while it goes on', async () => {
    const began = Date.parse(testStart);
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const survey = { targets: 254, probed: 254, found: 12, earlier: null };
    const far = { survey, stopping: false, left: null, workedMs: 10_000, noAnswerByCode: {} };
    recorder.saveProgress({ at: began, phase: 'migrate', pausedSince: began - 60_000, ...far });
    await recorder.close();
    expect((await test.store.standing('run-1')).run).toMatchObject({ pausedSince: began - 60_000, goesOn: true });
    const report = await test.store.report('run-1');
    await test.store.finishRun('run-1', { state: 'interrupted', report, exitCode: 1 });
    expect((await test.store.standing('run-1')).run).toMatchObject({ pausedSince: null, goesOn: false });
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
    const resumed = await test.store.standing('run-1');
    expect(resumed.run.phones).toMatchObject([{ writtenAt: Date.parse(testStart), endedAt: null }]);
    // It looks at its targets anew first.
    expect(resumed.run.phase).toBe('survey');
    recorder.saveTarget(endedTarget(samplePhone({ ...phone, outcome: 'done' })));
    await recorder.close();
    expect((await test.store.standing('run-1')).run.phones).toMatchObject([{ writtenAt: null, state: 'done' }]);
  });

  it('of a resumed one: what a phone showed in the session before is not what it shows now', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const at = testStart;
    const phone = { address: '10.0.0.7', mac: '00CCFC000007' } as const;
    const begins = (): void => recorder.event({ event: 'run-started', at, address: null, mac: null });
    const shows = (kind: string, text: string): void => recorder.event({ event: 'evidence', at, ...phone, kind, text });
    const says = async (): Promise<string | null | undefined> => {
      await recorder.flush();
      return (await test.store.standing('run-1')).longest[0]?.says;
    };
    begins();
    await recorder.intent(waitingTarget({ ...phone, state: 'upgrading' }), { step: 'convert' });
    shows('upgrade-status', 'Upgrading');
    expect(await says()).toBe('Upgrading');
    begins();
    expect(await says()).toBeNull();
    shows('resumed', 'The run was stopped while this phone was under way; its watch continues.');
    expect(await says()).toBeNull();
    shows('upgrade-status', 'Restarting');
    expect(await says()).toBe('Restarting');
    await recorder.close();
  });

  it('of one that was ended before it wrote: the phones that it was to write to', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const failure = { code: 'not-confirmed', message: 'The run was not confirmed.', hint: '' };
    const left = { outcome: 'aborted', touched: false, failure } as const;
    for (const [address, from] of [
      ['10.0.0.7', 'waiting'],
      ['10.0.0.8', 'waiting'],
      ['10.0.0.9', 'identified'],
    ] as const) {
      recorder.saveTarget(endedTarget(samplePhone({ address, ...left }), { wave: null }));
      const at = new Date(test.clock.now()).toISOString();
      recorder.event({ event: 'outcome', at, address, mac: null, outcome: 'aborted', from });
    }
    await recorder.close();
    expect((await test.store.standing('run-1')).run.phones.map(({ address }) => address)).toEqual([
      '10.0.0.7',
      '10.0.0.8',
    ]);
  });

  it('of a phone under way says how it stands by its last event: its row is as it was written to', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const phone = { address: '10.0.0.7', mac: '00CCFC000007' } as const;
    await recorder.intent(waitingTarget({ ...phone, state: 'submitted' }), { step: 'convert' });
    recorder.event({ event: 'state', at: testStart, ...phone, state: 'upgrading', from: 'submitted' });
    await recorder.close();
    expect((await test.store.standing('run-1')).longest).toMatchObject([{ phone: { state: 'upgrading' } }]);
  });

  it('of a finished one has looked at all its targets', async () => {
    await storeRun(test.store, 'run-1', [{ outcome: 'audited' }]);
    expect((await test.store.standing('run-1')).run).toMatchObject({
      goesOn: false,
      survey: { targets: 4, probed: 4 },
    });
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
