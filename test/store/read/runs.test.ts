import { expect, it } from '@jest/globals';
import { sampleReport } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { newRun, storeRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describeStores('runs', (useStore) => {
  const test = useStore({ owner: { pid: 4711, host: 'night', processStart: null, pidSpace: null, timeSpace: null } });
  const [first, second, third] = ['20260113010000-aaaaaa', '20260114010000-bbbbbb', '20260115010000-cccccc'];
  const startOf = (id: string): string =>
    id.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d).*/, '$1-$2-$3T$4:$5:$6.000Z');
  const idsOf = (runs: readonly { id: string }[]): string[] => runs.map(({ id }) => id);

  it('begin with all that a resume needs', async () => {
    const run = newRun(first);
    await test.store.beginRun(run);
    expect(await (await test.reopen()).run(first)).toEqual({
      id: first,
      startedAt: testStart,
      finishedAt: null,
      state: 'running',
      profile: 'mpp-to-enterprise',
      version: '0.1.0',
      pid: 4711,
      host: 'night',
      summary: run.summary,
      settings: run.settings,
      totals: null,
      noAnswerByCode: {},
      interrupted: null,
      exitCode: null,
      waves: null,
      progress: null,
    });
  });

  it('keep their waves, as they were saved last', async () => {
    await test.store.beginRun(newRun(first));
    const recorder = test.store.recorder(first, { onError: () => undefined });
    recorder.saveWaves([['10.0.0.5', '10.0.0.6']]);
    recorder.saveWaves([['10.0.0.5'], ['10.0.0.6']]);
    await recorder.close();
    expect(await test.store.run(first)).toMatchObject({ waves: [['10.0.0.5'], ['10.0.0.6']], totals: null });
  });

  it('end with totals, exit code and the reason of an interruption', async () => {
    await test.store.beginRun(newRun(first));
    const report = sampleReport([], { run: { id: first, interrupted: 'SIGTERM' }, noAnswer: { 'connect-timeout': 4 } });
    await test.store.finishRun(first, { state: 'interrupted', report, exitCode: 143 });
    expect(await test.store.run(first)).toMatchObject({
      state: 'interrupted',
      finishedAt: report.run.finishedAt,
      interrupted: 'SIGTERM',
      exitCode: 143,
      totals: report.totals,
      noAnswerByCode: { 'connect-timeout': 4 },
    });
  });

  it('are found by id, by a unique beginning, and as the latest', async () => {
    for (const id of [first, third, second]) await test.store.beginRun(newRun(id, startOf(id)));
    expect((await test.store.run(second))?.id).toBe(second);
    expect((await test.store.run('20260114'))?.id).toBe(second);
    expect((await test.store.run('latest'))?.id).toBe(third);
    expect(await test.store.run('2025')).toBeNull();
    expect(await test.store.run('%')).toBeNull();
    expect(await test.store.run('')).toBeNull();
    await expect(test.store.run('202601')).rejects.toMatchObject({
      code: 'usage',
      message: `Several runs begin with 202601 (${first}, ${second}); write more of the id (fleet-migrate runs lists them).`,
    });
  });

  it('are none in a new store', async () => {
    expect(await test.store.run('latest')).toBeNull();
    expect(await test.store.runs()).toEqual([]);
  });

  it('are listed with the latest first', async () => {
    for (const id of [second, first, third]) await test.store.beginRun(newRun(id, startOf(id)));
    expect(idsOf(await test.store.runs())).toEqual([third, second, first]);
    expect(idsOf(await test.store.runs({ limit: 2 }))).toEqual([third, second]);
  });

  it('are unfinished when they never ended, or were interrupted with targets still under way', async () => {
    await storeRun(test.store, 'finished', [{}]);
    await storeRun(test.store, 'interrupted-to-the-end', [{}], { state: 'interrupted' });
    await test.store.beginRun(newRun('killed', startOf(second)));
    await test.store.beginRun(newRun('paused', startOf(third)));
    const recorder = test.store.recorder('paused', { onError: () => undefined });
    recorder.saveTarget(waitingTarget());
    await recorder.close();
    await test.store.finishRun('paused', { state: 'interrupted', report: sampleReport([]), exitCode: 0 });
    expect(idsOf(await test.store.unfinishedRuns())).toEqual(['paused', 'killed']);
  });

  it('are running again, by another process, when they are reopened', async () => {
    await storeRun(test.store, first, [{}], { state: 'interrupted' });
    const later = await test.open({
      owner: { pid: 12, host: 'morning', processStart: null, pidSpace: null, timeSpace: null },
    });
    await later.reopenRun(first);
    expect(await test.store.run(first)).toMatchObject({
      state: 'running',
      finishedAt: null,
      exitCode: null,
      totals: null,
      pid: 12,
      host: 'morning',
      // What never answered has been asked, and is not asked again.
      noAnswerByCode: { 'connect-refused': 3 },
    });
  });

  it('are not said to have been refused, or to have stopped themselves, once they go on', async () => {
    const report = await storeRun(test.store, first, [{}], { state: 'interrupted' });
    const run = { ...report.run, declined: true as const, abortedBy: 'Too many.' };
    await test.store.finishRun(first, { state: 'interrupted', report: { ...report, run }, exitCode: 0 });
    expect((await test.store.report(first)).run).toMatchObject({ declined: true, abortedBy: 'Too many.' });
    await test.store.reopenRun(first);
    const now = (await test.store.report(first)).run;
    expect([now.declined, now.abortedBy, now.id]).toEqual([undefined, null, first]);
  });

  it('cannot begin twice', async () => {
    await test.store.beginRun(newRun(first));
    await expect(test.store.beginRun(newRun(first))).rejects.toMatchObject({ code: 'store-broken' });
  });
});
