import { expect, it } from '@jest/globals';
import { openStoreToRead } from '../../../src/store/open-store.js';
import { thisProcess } from '../../../src/store/locks/owner.js';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { describeStores } from '../support/open-test-store.js';
import { newRun } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describeStores('what somebody wishes of a run', (useStore) => {
  const test = useStore();

  /** A migration that goes on: it holds the lock of its store. */
  async function goingOn(id = 'run-1'): Promise<void> {
    await test.store.acquireRunLock({ runId: id });
    await test.store.beginRun(newRun(id));
  }
  const refused = async (work: Promise<void>): Promise<string> => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  };

  it('is kept with its instant and who asked; the last one counts', async () => {
    await goingOn();
    expect(await test.store.wishFor('run-1')).toBeNull();
    await test.store.wish('run-1', 'pause', 'the dashboard');
    expect(await test.store.wishFor('run-1')).toEqual({ wish: 'pause', at: testStart, by: 'the dashboard' });
    await test.clock.pass(5_000);
    await test.store.wish('run-1', 'continue', 'somebody else');
    expect(await test.store.wishFor('run-1')).toMatchObject({ wish: 'continue', by: 'somebody else' });
  });

  it('asked for once more stays as it was asked for first', async () => {
    await goingOn();
    await test.store.wish('run-1', 'pause', 'the first');
    await test.clock.pass(5_000);
    await test.store.wish('run-1', 'pause', 'the second');
    expect(await test.store.wishFor('run-1')).toEqual({ wish: 'pause', at: testStart, by: 'the first' });
  });

  it('may come from another process, also from one that opened the store to read it', async () => {
    await goingOn();
    const beside = await openStoreToRead({ path: test.path, clock: test.clock });
    try {
      await beside.wish('run-1', 'pause', 'the dashboard');
    } finally {
      await beside.close();
    }
    expect(await test.store.wishFor('run-1')).toMatchObject({ wish: 'pause' });
  });

  it('is one short line, whoever asks', async () => {
    await goingOn();
    await test.store.wish('run-1', 'pause', `a\nforged line ${'x'.repeat(500)}`);
    const by = (await test.store.wishFor('run-1'))?.by ?? '';
    expect(by).toMatch(/^a\\x0aforged line x+…$/);
    expect(by.length).toBeLessThanOrEqual(80);
    await test.store.wish('run-1', 'continue', '  ');
    expect((await test.store.wishFor('run-1'))?.by).toBe('somebody');
  });

  it('of a stop is not taken back', async () => {
    await goingOn();
    await test.store.wish('run-1', 'stop', 'the dashboard');
    for (const wish of ['pause', 'continue'] as const)
      expect(await refused(test.store.wish('run-1', wish, 'another'))).toBe(
        `The run run-1 is stopping, so it cannot be asked to ${wish}; once it has ended, a resume goes on with it.`,
      );
    await test.store.wish('run-1', 'stop', 'another');
    expect(await test.store.wishFor('run-1')).toMatchObject({ wish: 'stop', by: 'the dashboard' });
  });

  it('is refused for a run that stops by itself, except to stop', async () => {
    await goingOn();
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    const survey = { targets: 1, probed: 1, found: 1, earlier: null };
    const far = { survey, left: null, workedMs: 0, noAnswerByCode: {} };
    recorder.saveProgress({ at: Date.parse(testStart), phase: 'migrate', stopping: true, ...far });
    await recorder.close();
    expect(await refused(test.store.wish('run-1', 'pause', 'the dashboard'))).toContain('is stopping');
    await test.store.wish('run-1', 'stop', 'the dashboard');
  });

  it('is refused with one sentence for a run that is unknown, has ended, or whose process is dead', async () => {
    expect(await refused(test.store.wish('nope', 'stop', 'x'))).toContain('There is no run nope in the store');
    await test.store.beginRun(newRun('dead'));
    for (const wish of ['pause', 'continue', 'stop'] as const)
      expect(await refused(test.store.wish('dead', wish, 'x'))).toBe(
        `The process of the run dead is dead, so it cannot be asked to ${wish}; a resume goes on with it.`,
      );
    await goingOn('over');
    const report = await test.store.report('over');
    await test.store.finishRun('over', { state: 'finished', report, exitCode: 0 });
    expect(await refused(test.store.wish('over', 'stop', 'x'))).toBe(
      'The run over is not going on any more, so it cannot be asked to stop; its report shows what came of it.',
    );
    expect(await test.store.wishFor('over')).toBeNull();
  });

  it('is refused while another process takes the run up: it would be forgotten then', async () => {
    const { pid, host } = thisProcess();
    const dead = await test.open({ owner: { ...thisProcess(), pid: pid + 1, host } });
    await dead.beginRun(newRun('run-1'));
    await test.store.acquireRunLock({ runId: 'run-1' });
    expect(await refused(test.store.wish('run-1', 'stop', 'x'))).toBe(
      'The run run-1 is just being resumed; ask again in a moment.',
    );
    await test.store.reopenRun('run-1');
    await test.store.wish('run-1', 'stop', 'x');
    expect(await test.store.wishFor('run-1')).toMatchObject({ wish: 'stop' });
  });

  it('of a pause is refused for a run that writes to no phone: it would change nothing', async () => {
    for (const [id, more] of [
      ['audit', { profile: null }],
      ['dry', { dryRun: true }],
    ] as const) {
      const run = newRun(id);
      await test.store.beginRun({ ...run, summary: { ...run.summary, ...more } });
    }
    expect(await refused(test.store.wish('audit', 'pause', 'x'))).toBe(
      'The run audit writes to no phone (an audit), so there is nothing to pause; it can only be stopped.',
    );
    expect(await refused(test.store.wish('dry', 'continue', 'x'))).toContain('(a dry run)');
    for (const id of ['audit', 'dry']) {
      await test.store.wish(id, 'stop', 'x');
      expect(await test.store.wishFor(id)).toMatchObject({ wish: 'stop' });
    }
  });

  it('is done with when the run is resumed, and goes with it when it is pruned', async () => {
    await goingOn();
    await test.store.wish('run-1', 'pause', 'the dashboard');
    await test.store.reopenRun('run-1');
    expect(await test.store.wishFor('run-1')).toBeNull();
    await test.store.wish('run-1', 'stop', 'the dashboard');
    await test.store.finishRun('run-1', {
      state: 'finished',
      report: await test.store.report('run-1'),
      exitCode: 1,
    });
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await test.store.wishFor('run-1')).toBeNull();
  });
});
