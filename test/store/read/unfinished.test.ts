import { expect, it } from '@jest/globals';
import { standingOf } from '../../../src/store/told.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { endedTarget, newRun, storeRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

const mac = '00CCFC000007';
const facts = { family: 'multiplatform', mac, model: '8841', softwareVersion: 'sip88xx.12-0-3MPP0001-87', vid: 'V03' };
const target = { address: '10.0.0.7', hint: { site: 'Berlin' }, named: true, source: 'phones.csv:2' };
const kept = { target, facts, plan: [], changes: [], evidence: [], startedAt: Date.parse(testStart) };

describeStores('phones of a run that has not ended', (useStore) => {
  const test = useStore();

  /** A run with one phone under way and one that waits, which was killed after some seconds. */
  async function killed(id = 'run-1'): Promise<void> {
    await test.store.beginRun(newRun(id, new Date(test.clock.now()).toISOString()));
    const recorder = test.store.recorder(id, { onError: () => undefined });
    recorder.saveTarget(endedTarget(samplePhone({ outcome: 'done' })));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.8', mac: '00CCFC000008', snapshot: { ...kept, facts } }));
    const written = { ...kept, facts: {}, underWay: { baseline: facts } };
    const row = { address: '10.0.0.7', mac, state: 'writing' as const, snapshot: written };
    await recorder.intent(waitingTarget(row), { step: 'convert' });
    await test.clock.pass(5_000);
    const of = { at: new Date(test.clock.now()).toISOString(), address: '10.0.0.7', mac };
    recorder.event({ event: 'state', ...of, state: 'upgrading' } as never);
    recorder.event({ event: 'evidence', ...of, kind: 'upgrade-status', text: 'Upgrading' } as never);
    await recorder.close();
  }

  it('are in its report with what is known of each', async () => {
    await killed();
    const { run, phones, unfinished } = await test.store.report('run-1');
    expect(phones).toHaveLength(1);
    expect(run.notEnded).toEqual({ underWay: 1, waiting: 1 });
    expect(unfinished).toMatchObject([
      {
        ...{ address: '10.0.0.7', mac, model: '8841', softwareVersion: facts.softwareVersion, site: 'Berlin' },
        ...{ outcome: null, touched: true, state: 'upgrading', writtenAt: testStart, named: true },
        toldAt: '2026-01-15T01:00:05.000Z',
        evidence: [{ kind: 'upgrade-status', text: 'Upgrading' }],
      },
      { address: '10.0.0.8', model: '8841', touched: false, state: 'waiting', writtenAt: null },
    ]);
    expect(run.finishedAt).toBe('2026-01-15T01:00:05.000Z');
  });

  it('are among the phones that were ever read, and have their night on their own page', async () => {
    await storeRun(test.store, 'before', [{ mac, softwareVersion: 'sip88xx.11-0-1MPP0001-1', address: '10.0.0.7' }]);
    await test.clock.pass(1_000);
    await killed();
    const last = { run: 'run-1', outcome: null };
    expect(await test.store.knownPhones()).toMatchObject([
      { mac, softwareVersion: facts.softwareVersion, last: { ...last, state: 'upgrading' } },
      { mac: '00CCFC000008', last: { ...last, state: 'waiting' } },
      { mac: '00CCFC123456', last: { outcome: 'done', state: null } },
    ]);
    const { runs } = await test.store.phoneHistory(mac);
    expect(runs.map(({ run, phone }) => [run, phone?.outcome ?? null])).toEqual([
      ['run-1', null],
      ['before', 'audited'],
    ]);
  });

  it('are of no report of a run that has ended', async () => {
    await storeRun(test.store, 'run-1', [{}]);
    expect(await test.store.report('run-1')).not.toHaveProperty('unfinished');
  });
});

describeStores('how long a run was worked on that was stopped, resumed after a while, and killed', (useStore) => {
  const test = useStore();
  const survey = { targets: 1, probed: 1, found: 1, earlier: null };

  it('is told without the pause, and grows no more', async () => {
    await test.store.beginRun(newRun('run-1'));
    const start = (): unknown => ({
      event: 'run-started',
      at: new Date(test.clock.now()).toISOString(),
      address: null,
    });
    const tell = async (workedMs: number, event?: unknown): Promise<void> => {
      const recorder = test.store.recorder('run-1', { onError: () => undefined });
      if (event !== undefined) recorder.event(event as never);
      if (workedMs > 0) {
        await test.clock.pass(workedMs % 90_000);
        const at = test.clock.now();
        recorder.saveProgress({
          at,
          phase: 'migrate',
          survey,
          stopping: false,
          left: null,
          workedMs,
          noAnswerByCode: {},
        });
      }
      await recorder.close();
    };
    await tell(130_000, start());
    const report = {
      run: { ...newRun('run-1').summary, startedAt: testStart, finishedAt: testStart },
      totals: sampleReport([]).totals,
    };
    await test.store.finishRun('run-1', { state: 'interrupted', report: report as never, exitCode: 130 });
    await test.clock.pass(75_000);
    await test.store.reopenRun('run-1');
    await tell(0, start());
    // Before it has told anything since, the pause is not counted either.
    expect((await test.store.standing('run-1')).run.workedMs).toBe(130_000);
    await tell(170_000);
    expect((await test.store.report('run-1')).run.workedMs).toBe(170_000);
    await test.clock.pass(3_600_000);
    const { state, standing } = await standingOf(test.store, 'run-1');
    expect([state, standing.run.workedMs, standing.run.goesOn]).toEqual(['cut off', 170_000, false]);
    expect((await test.store.report('run-1')).run.workedMs).toBe(170_000);
  });
});
