import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../src/domain/plan/plan.js';
import type { AnyEvent } from '../../../src/domain/report/events.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { isBeyondLimit } from '../../../src/domain/progress/outcome.js';
import { runFleet } from '../../../src/fleet/run/run-fleet.js';
import { pack } from '../../../src/fleet/record/snapshot.js';
import { previousRun } from '../../../src/fleet/memory/resume.js';
import type { RecordSnapshot } from '../../../src/fleet/record/phone-record.js';
import type { WrittenStep } from '../../../src/fleet/record/written-step.js';
import type { Store } from '../../../src/store/store.js';
import type { RunRow, TargetRow } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';
import { Actor, type Manner } from '../support/actor.js';
import {
  bench,
  type Bench,
  emptySettings,
  files,
  m2eLoad,
  mpp,
  phone,
  targets,
  mppToEnterprise,
} from '../support/fleet.js';

const address = '10.0.0.1';
const upgradeRule = `${files}/${m2eLoad}.loads`;
const change: Change = { field: 'upgradeRule', from: '', to: upgradeRule };
/** It needs no license, so that the rule of the firmware is all that is set. */
const shown = { settings: emptySettings, transitionAuthorizationType: 'Classic' };
const step = { step: 'convert', load: m2eLoad, set: { upgradeRule } } as const;

interface Cut {
  /** What the last intent said that it would change. */
  changes: readonly Change[];
  /** How the phone takes what the killed process has sent; absent: that never reached it. */
  manner?: Partial<Manner>;
  /** It leaves no setting behind, as an upgrade action does. */
  leavesNoSetting?: boolean;
  /** Where it is by now; absent: where it was. */
  nowAt?: string;
  /** Where the clock of the killed process stood, against ours (ms). */
  clockWas?: number;
}

/** A run that was killed right after an intent, and is gone on with. */
async function resumed({ changes, manner, leavesNoSetting = false, nowAt = address, clockWas = 0 }: Cut): Promise<{
  report: RunReport;
  actor: Actor;
  tookMs: number;
  events: AnyEvent[];
}> {
  const run = bench({ targets: targets([...new Set([address, nowAt])]) });
  const actor = new Actor(run.clock, run.network, nowAt, shown, manner ?? { ways: 2, heeds: 1 });
  const baseline = mpp(shown);
  if (manner) await actor.write(step.set, () => Promise.resolve());
  if (leavesNoSetting) actor.facts = baseline;
  const underWay: WrittenStep = {
    ...{ step, baseline, authorizationUrl: null, changes, unread: true, seenOnLoad: false, seenUpgrading: false },
    ...{ tried: [{ way: 'partial-form', referer: false, manner: 'unanswered', names: '' }], more: true },
    writtenAt: run.clock.now() + clockWas,
  };
  const snapshot: RecordSnapshot = {
    target: { address, hint: {}, scope: '10.0.0.0/24', named: false, source: 'test' },
    ...{ address, state: 'writing', facts: baseline, eligibility: null, plan: [step], changes: [], failure: null },
    ...{ evidence: [], stepIndex: 0, startedAt: run.clock.now(), wave: 0, underWay },
  };
  const row: TargetRow = {
    ...{ key: address, address, mac: baseline.mac, state: 'writing', outcome: null, touched: true, wave: 0 },
    ...{ report: null, updatedAt: '', snapshot: JSON.parse(JSON.stringify(pack(snapshot))) as unknown },
  };
  const store = {
    async *targetsOf() {
      yield row;
    },
    async *eventsOf() {},
  } as unknown as Store;
  const summary = {
    ...{ id: 'cut-off', profile: 'mpp-to-enterprise', dryRun: false, version: '0' },
    ...{ preflightSkipped: false, insecure: false },
  };
  const started = run.clock.now();
  const go = async (): Promise<RunReport> => {
    const hooks = { confirm: async () => true, onProgress: () => {} };
    return runFleet(summary, run.context, run.stop, hooks, (context) =>
      previousRun(store, { id: 'cut-off', waves: {} } as RunRow, context, false),
    );
  };
  const report = await run.clock.run(go());
  return { report, actor, tookMs: run.clock.now() - started, events: run.events };
}

describe('a phone whose intent is on record, and nothing else', () => {
  it('is told once more where it still holds what it held before, but not before the patience is over', async () => {
    const { report, actor, tookMs, events } = await resumed({ changes: [change] });
    // What is told of the phone comes after the run has begun.
    expect(events[0]?.event).toBe('run-started');
    expect(tookMs).toBeGreaterThan(mppToEnterprise.timing.patience);
    expect(report.phones[0]).toMatchObject({ outcome: 'done', changes: [change] });
    expect(actor.posts).toBe(1);
  });

  it('is told once more also where its deadline was over long ago', async () => {
    const { report, actor } = await resumed({ changes: [change], clockWas: -24 * 3_600_000 });
    expect(report.phones[0]).toMatchObject({ outcome: 'done', changes: [change] });
    expect(actor.posts).toBe(1);
  });

  it('that took what the killed process sent only later gets nothing more', async () => {
    const { report, actor } = await resumed({ changes: [change], manner: { takesAfterMs: 20_000 } });
    expect(report.phones[0]).toMatchObject({ outcome: 'done', changes: [change] });
    expect(actor.posts).toBe(1);
  });

  it('is watched where it holds what was sent', async () => {
    const { report, actor } = await resumed({ changes: [change], manner: {} });
    expect(report.phones[0]).toMatchObject({ outcome: 'done' });
    expect(actor.posts).toBe(1);
  });

  it('is watched to its proof where it was told in a way that leaves no setting behind', async () => {
    const { report, actor } = await resumed({ changes: [], manner: {}, leavesNoSetting: true });
    expect(report.phones[0]?.failure).toBeNull();
    expect(report.phones[0]).toMatchObject({ outcome: 'done', touched: true });
    expect(actor.posts).toBe(1);
  });

  it('is followed where it has come to another address meanwhile, which is no other phone', async () => {
    const { report, actor } = await resumed({ changes: [change], manner: {}, nowAt: '10.0.0.9' });
    expect(report.phones.map(({ address, outcome }) => [address, outcome])).toEqual([['10.0.0.9', 'done']]);
    expect(report.phones[0]?.evidence.map(({ kind }) => kind)).toContain('moved');
    // Both addresses were asked for.
    expect(report.totals).toMatchObject({
      targets: 2,
      byOutcome: { done: 1, 'no-answer': 1 },
      noAnswerByCode: { 'moved-here': 1 },
    });
    expect(actor.posts).toBe(1);
  });

  it('is not waited for by a clock that has been set back since', async () => {
    const { tookMs, report } = await resumed({ changes: [change], clockWas: 24 * 3_600_000 });
    expect(report.phones[0]?.outcome).toBe('done');
    expect(tookMs).toBeLessThan(3_600_000);
  });
});

describe('targets that ended before the run was cut off', () => {
  /** The interrupted run left these reports, and is gone on with, or only brought to its end. */
  async function goneOnWith(
    reports: PhoneReport[],
    run: Bench,
    keepAll = false,
    { silent = {}, beyondLimit = 0 }: { silent?: Record<string, number>; beyondLimit?: number } = {},
  ): Promise<RunReport> {
    const store = {
      async *targetsOf() {
        for (const report of reports)
          yield {
            ...{ key: report.address, address: report.address, mac: report.mac, state: report.outcome, wave: null },
            ...{ report, snapshot: null, outcome: report.outcome, touched: false, updatedAt: '' },
          };
      },
      async *eventsOf() {},
      run: async () => ({ noAnswerByCode: silent }),
    } as unknown as Store;
    const summary = {
      ...{ id: 'cut-off', profile: null, dryRun: false, version: '0', preflightSkipped: false, insecure: false },
    };
    const go = async (): Promise<RunReport> => {
      const totals = { targets: 0, beyondLimit: beyondLimit + reports.filter(isBeyondLimit).length };
      const row = { id: 'cut-off', waves: {}, totals } as unknown as RunRow;
      const hooks = { confirm: async () => true, onProgress: () => {} };
      return runFleet(summary, run.context, run.stop, hooks, (context) => previousRun(store, row, context, keepAll));
    };
    return run.clock.run(go());
  }

  const named = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  const dark = (at: string): PhoneReport =>
    samplePhone({ address: at, mac: null, outcome: 'no-answer', failure: failure('connect-timeout'), named: true });
  const printer = { ...dark('10.0.0.3'), outcome: 'not-a-phone', failure: failure('not-a-phone') } as const;
  const left = [dark('10.0.0.1'), dark('10.0.0.2'), printer];

  it('and did not answer are asked once more, and listed again where they are still dark', async () => {
    const run = bench({ profile: null, targets: targets(named, { named }) });
    run.network.places.set('10.0.0.2', { look: () => phone(mpp()) });
    const report = await goneOnWith(left, run);
    expect(report.phones.map(({ address: at, outcome, named: is }) => [at, outcome, is])).toEqual([
      ['10.0.0.1', 'no-answer', true],
      ['10.0.0.2', 'audited', true],
      ['10.0.0.3', 'not-a-phone', true],
    ]);
    expect(report.totals).toMatchObject({ targets: 3, noAnswerByCode: {} });
    // The dark one is asked again when the other was read, as any that was named.
    const asked = run.network.asked('probe').map(({ address: at }) => at);
    expect(asked.sort()).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.2']);
  });

  it('keep their end where the run is only brought to its own', async () => {
    const run = bench({ profile: null, targets: targets([]) });
    const report = await goneOnWith(left, run, true, { silent: { 'connect-timeout': 250 }, beyondLimit: 40 });
    expect(report.phones).toEqual(left);
    // What was only counted is not asked again, and stays counted as it was.
    expect(report.totals.targets).toBe(left.length + 250 + 40);
    expect(report.totals.byOutcome).not.toHaveProperty('aborted');
    expect(report.totals.beyondLimit).toBeGreaterThanOrEqual(40);
    expect(run.network.log).toEqual([]);
  });

  it('in a run of a version that kept no names count as not named', async () => {
    const { named: _, ...earlier } = printer;
    const report = await goneOnWith([earlier as PhoneReport], bench({ profile: null, targets: targets([]) }));
    expect(report.phones).toEqual([{ ...printer, named: false }]);
  });
});
