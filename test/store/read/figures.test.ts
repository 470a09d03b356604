import { expect, it } from '@jest/globals';
import type { FiguresSoFar } from '../../../src/domain/report/run-figures.js';
import { sampleReport } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { newRun, storeRun } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

const began = Date.parse(testStart);
const survey = { targets: 254, probed: 120, found: 12, earlier: null };
const figures: FiguresSoFar = {
  byState: { upgrading: 2, done: 3, 'no-answer': 1 },
  failures: { 'connect-refused': 90 },
  ...{ requests: 17, bytes: 4_000 },
  phaseMs: { survey: 5_000 },
};

describeStores('a run in figures', (useStore) => {
  const test = useStore();

  it('under way: what it told of itself, and how long its steps took', async () => {
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const told = { stopping: false, left: null, workedMs: 0, noAnswerByCode: { 'connect-refused': 90 }, figures };
    recorder.saveProgress({ at: began + 4_000, phase: 'migrate', survey, ...told });
    for (const [mac, ms] of [
      ['00CCFC000001', 240_000],
      ['00CCFC000002', 300_000],
    ] as const)
      recorder.recordDuration({
        mac: mac as never,
        profile: 'mpp-to-enterprise',
        step: 'convert',
        ms,
        model: null,
        load: null,
      });
    await recorder.close();
    expect(await test.store.figures('run-1')).toEqual({
      run: { id: 'run-1', profile: 'mpp-to-enterprise', dryRun: false, version: '0.1.0' },
      ...{ startedAt: began, endedAt: null, toldAt: began + 4_000, exitCode: null },
      // Nobody holds its lock here.
      ...{ goesOn: false, interrupted: true, stoppedItself: false, targets: 254 },
      byOutcome: { done: 3, 'no-answer': 91 },
      soFar: figures,
      stepMs: { convert: [240_000, 300_000] },
      lastSuccessAt: null,
    });
  });

  it('that is on record as running and was killed neither goes on nor has ended', async () => {
    // It writes, and holds no lock.
    await test.store.beginRun(newRun('run-1'));
    expect(await test.store.figures('run-1')).toMatchObject({
      ...{ goesOn: false, endedAt: null, exitCode: null, interrupted: true },
    });
    // An audit holds none, and its process lives.
    const { summary, ...rest } = newRun('run-2');
    await test.store.beginRun({ ...rest, summary: { ...summary, profile: null } });
    expect(await test.store.figures('run-2')).toMatchObject({
      goesOn: true,
      interrupted: false,
      targets: null,
      soFar: null,
      byOutcome: {},
    });
  });

  it('that has ended: its totals, its exit code, and the last time that such a run ended well', async () => {
    const good = await storeRun(test.store, 'run-1', [{ outcome: 'done' }]);
    const goodEnd = Date.parse(good.run.finishedAt);
    expect(await test.store.figures('run-1')).toMatchObject({
      ...{ goesOn: false, exitCode: 0, endedAt: goodEnd, toldAt: goodEnd, lastSuccessAt: goodEnd },
      ...{ targets: 4, byOutcome: { done: 1, 'no-answer': 3 } },
    });
    // A failed one, a refused one and another kind of run do not count.
    for (const [id, exitCode, run] of [
      ['run-2', 1, {}],
      ['run-3', 0, { declined: true }],
      ['run-4', 0, { dryRun: true }],
      ['run-5', 0, { profile: null }],
    ] as const) {
      const { summary, ...rest } = newRun(id, '2026-02-01T01:00:00.000Z');
      await test.store.beginRun({ ...rest, summary: { ...summary, ...run } as never });
      const report = sampleReport([], { run: { id, finishedAt: '2026-02-01T02:00:00.000Z', ...run } });
      await test.store.finishRun(id, { state: 'finished', report, exitCode });
    }
    expect((await test.store.figures('run-2')).lastSuccessAt).toBe(goodEnd);
    expect((await test.store.figures('run-4')).lastSuccessAt).toBe(Date.parse('2026-02-01T02:00:00.000Z'));
  });
});
