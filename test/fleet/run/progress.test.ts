import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { Timing } from '../../../src/domain/plan/migration-profile.js';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import type { StateEvent } from '../../../src/domain/progress/state.js';
import { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { type RunProgress, RunStanding } from '../../../src/fleet/run/progress.js';
import type { WrittenStep } from '../../../src/fleet/record/written-step.js';
import { newSurvey } from '../../../src/fleet/survey/found.js';
import { FakeClock } from '../support/fake-clock.js';

const clock = new FakeClock();
let addresses = 0;

/** A record that went this way. */
function record(...way: StateEvent[]): PhoneRecord {
  const address = `10.0.0.${(addresses += 1)}`;
  const made = new PhoneRecord({ address, hint: {}, scope: '', named: false, source: '' }, clock, { notify: () => {} });
  for (const event of way) made.advance(event);
  return made;
}

const planned: StateEvent[] = ['phone-there', 'judged', 'plan-accepted'];
const posted: StateEvent[] = [...planned, 'intent-recorded', 'request-left'];

function standing(more: Partial<RunProgress>): RunStanding {
  return new RunStanding(progressOf(more), clock);
}

/** A run that is at this point. */
function progressOf(more: Partial<RunProgress>): RunProgress {
  return {
    run: { id: 'test-run', profile: 'mine', dryRun: false, startedAt: new Date(clock.now()).toISOString() },
    ...{ phase: 'migrate', since: {}, survey: newSurvey(), targets: 254, started: [], toFetch: new Map() },
    ...{ timing: null, isStopping: () => false, pause: null, workedBefore: 0 },
    ...more,
  };
}

describe('how a run stands', () => {
  it('while it looks: how many targets are done with, how many answered, and since when at what pace', async () => {
    const survey = { ...newSurvey(), settled: 120, records: [record(...planned), record('nobody-there')] };
    const run = standing({ phase: 'survey', survey });
    expect(run.now()).toMatchObject({
      ...{ id: 'test-run', profile: 'mine', phase: 'survey', phones: [] },
      survey: { targets: 254, probed: 120, found: 1, earlier: null },
    });
    const began = run.now().now;
    await clock.pass(6_000);
    survey.settled = 180;
    expect(run.now().survey).toMatchObject({ probed: 180, earlier: { at: began, probed: 120 } });
    for (let passed = 0; passed < 60; passed += 5) {
      await clock.pass(5_000);
      run.now();
    }
    const { now, survey: later } = run.now();
    expect(now - (later.earlier?.at ?? 0)).toBeLessThanOrEqual(35_000);
  });

  it('while it moves phones: each with its state, when it was first written to and when it ended', async () => {
    const [waiting, moving] = [record(...planned), record(...planned)];
    const run = standing({ started: [waiting, moving] });
    expect(run.now().phones).toMatchObject([
      { state: 'waiting', writtenAt: null, endedAt: null },
      { state: 'waiting', writtenAt: null, endedAt: null },
    ]);
    await clock.pass(10_000);
    moving.advance('intent-recorded');
    const written = run.now();
    expect(written.phones[1]).toMatchObject({ state: 'writing', writtenAt: written.now, endedAt: null });
    await clock.pass(60_000);
    moving.advance('request-left');
    moving.advance('all-proven');
    const ended = run.now();
    expect(ended.phones[1]).toMatchObject({ state: 'done', writtenAt: written.now, endedAt: ended.now });
    await clock.pass(60_000);
    expect(run.now().phones[1]).toMatchObject({ writtenAt: written.now, endedAt: ended.now });
  });

  it('of an interrupted run: what ended there counts in its wave, but has no times', () => {
    const before = record(...posted, 'all-proven');
    before.wave = 0;
    before.reported = { model: '8841' } as never;
    const next = record(...planned);
    next.wave = 1;
    const run = standing({ survey: { ...newSurvey(), records: [before, next] }, started: [next] });
    expect(run.now().phones).toMatchObject([
      { wave: 0, state: 'done', model: '8841', writtenAt: null, endedAt: null },
      { wave: 1, state: 'waiting' },
    ]);
  });

  it('of an interrupted run: how long it was worked on, not how long it lay', async () => {
    const run = standing({ workedBefore: 60_000 });
    await clock.pass(5_000);
    expect(run.now().workedMs).toBe(65_000);
  });

  it('of an interrupted run that is watched from its beginning: the same', async () => {
    const before = record(...posted, 'all-proven');
    before.reported = { model: '8841' } as never;
    const next = record(...planned);
    [before.wave, next.wave] = [0, 1];
    const progress = progressOf({ phase: 'survey' });
    const run = new RunStanding(progress, clock);
    run.longest(run.now(), 4);
    progress.survey.records = [before, next];
    Object.assign(progress, { phase: 'migrate', started: [next] });
    expect(run.now().phones.map(({ wave }) => wave)).toEqual([0, 1]);
  });

  it('of an interrupted run: what was written to there, and ends now, says nothing of the pace', async () => {
    const moving = record(...posted);
    moving.underWay = { writtenAt: clock.now() } as never;
    const began = clock.now();
    await clock.pass(10 * 3_600_000);
    const run = standing({ started: [moving] });
    expect(run.now().phones).toMatchObject([{ writtenAt: began, endedAt: null }]);
    await clock.pass(60_000);
    moving.advance('all-proven');
    const { now } = run.now();
    await clock.pass(1_000);
    expect(run.now().phones).toMatchObject([{ writtenAt: null, endedAt: now }]);
  });

  it('which phones have been under way the longest, with what they showed last', async () => {
    const first = record(...posted);
    const second = record(...planned);
    const run = standing({ started: [second, first] });
    run.now();
    await clock.pass(5_000);
    second.advance('intent-recorded');
    first.note('upgrade-status', 'Upgrading');
    const now = run.now();
    expect(run.longest(now, 4)).toMatchObject([
      { phone: { address: first.address }, says: 'Upgrading' },
      { phone: { address: second.address }, says: null },
    ]);
    expect(run.longest(now, 1)).toHaveLength(1);
  });

  it('of a resumed run, what such phones showed since: words of an earlier session, or of ours, are not theirs now', () => {
    const moving = record(...planned);
    const underWay = { writtenAt: clock.now() } as never;
    const evidence = [{ at: new Date(clock.now()).toISOString(), kind: 'upgrade-status', text: 'Upgrading' }];
    const { target, address, startedAt } = moving;
    moving.restore({
      ...{ target, address, startedAt, evidence, underWay, state: 'upgrading', wave: 0, stepIndex: 0 },
      ...{ eligibility: null, plan: [], changes: [], failure: null, facts: null },
    });
    const run = standing({ started: [moving] });
    const says = (): string | null | undefined => run.longest(run.now(), 1)[0]?.says;
    expect(says()).toBeNull();
    moving.note('resumed', 'The run was stopped while this phone was under way; its watch continues.');
    expect(says()).toBeNull();
    moving.note('upgrade-status', 'Upgrading');
    expect(says()).toBe('Upgrading');
  });

  it('the last problems, the latest first; what a stop left alone is none', async () => {
    const started = [record(...posted), record(...planned), record(...planned)];
    const run = standing({ started });
    run.now();
    started[0]!.advance('seen-failed', failure('upgrade-failed', 'The phone says: no space'));
    run.now();
    started[1]!.advance('prerequisite-missing', failure('license-missing'));
    started[2]!.advance('stop', failure('stopped-before-start'));
    run.now();
    run.now();
    expect(run.problems().map(({ address, code }) => [address, code])).toEqual([
      [started[1]!.address, 'license-missing'],
      [started[0]!.address, 'upgrade-failed'],
    ]);
  });
});

describe('what could not be read while a run looked', () => {
  const blocked = (): PhoneRecord => {
    const made = record('phone-there', 'judged');
    made.advance('prerequisite-missing', failure('license-missing'));
    return made;
  };

  it('is told once, whatever the order after the look, and nothing of an interrupted run with it', () => {
    const [first, second, last, earlier] = [blocked(), blocked(), blocked(), blocked()];
    earlier.reported = { model: '8841' } as never;
    const next = record(...planned);
    const progress = progressOf({ phase: 'survey' });
    const run = new RunStanding(progress, clock);
    progress.survey.records.push(second);
    run.now();
    progress.survey.records.push(last);
    // As a run sorts them when it has looked.
    progress.survey.records = [earlier, first, second, next, last];
    run.now();
    Object.assign(progress, { phase: 'migrate', started: [next] });
    run.now();
    expect(run.problems().map(({ address }) => address)).toEqual([last.address, first.address, second.address]);
  });

  it('is told also where the look ended between two moments', () => {
    const progress = progressOf({ phase: 'survey' });
    const run = new RunStanding(progress, clock);
    run.now();
    const [last, next] = [blocked(), record(...planned)];
    progress.survey.records.push(last, next);
    Object.assign(progress, { phase: 'question', started: [next] });
    run.now();
    expect(run.problems().map(({ address }) => address)).toEqual([last.address]);
  });

  it('is told also where it was only planned that a phone is blocked: such a phone is never started', () => {
    const late = record('phone-there', 'judged');
    const progress = progressOf({ phase: 'survey' });
    progress.survey.records.push(late);
    const run = new RunStanding(progress, clock);
    run.now();
    expect(run.problems()).toEqual([]);
    late.advance('prerequisite-missing', failure('license-missing'));
    progress.phase = 'migrate';
    run.now();
    run.now();
    expect(run.problems().map(({ address, code }) => [address, code])).toEqual([[late.address, 'license-missing']]);
  });
});

describe('the time that a run has left', () => {
  const timing = { upgradeDeadline: 120_000, authorizeDeadline: 60_000, patience: 60_000, stopGrace: 20_000 } as Timing;
  const plan = [{ step: 'convert', load: 'sip88xx', set: {} }] as unknown as PlanStep[];

  /** A phone that was just written to. */
  function moving(more: Partial<WrittenStep> = {}): PhoneRecord {
    const step = plan[0]!;
    const underWay = { step, more: false, unread: false, seenUpgrading: false, writtenAt: clock.now(), ...more };
    return Object.assign(record(...posted), { plan, underWay });
  }

  it('is at most what is left until the deadline of the last phone', async () => {
    const run = standing({ started: [moving()], timing });
    await clock.pass(30_000);
    expect(run.now().left).toEqual({ atLeastMs: 0, atMostMs: 90_000, until: 'run' });
  });

  it('is not told of a phone to which its step may be sent once more, unless its deadline comes first', () => {
    const started = (tried: number): PhoneRecord[] => [
      moving({ more: true, unread: true, tried: new Array<never>(tried).fill({} as never) }),
    ];
    expect(standing({ started: started(1), timing }).now().left).toBeNull();
    expect(standing({ started: started(2), timing }).now().left).toMatchObject({ atMostMs: 120_000 });
  });

  it('counts the steps that follow, and how long they may be waited for', () => {
    const twice = Object.assign(moving(), { plan: [...plan, ...plan] });
    expect(standing({ started: [twice], timing }).now().left).toMatchObject({ atMostMs: 360_000 });
  });

  it('is not told while it is paused, nor once it is stopped then', () => {
    let [isStopping, since] = [false, null as number | null];
    const pause = {
      get since() {
        return since;
      },
      pausedMs: () => 0,
      onChange: () => {},
    };
    const run = standing({ started: [moving()], timing, isStopping: () => isStopping, pause });
    expect(run.now()).toMatchObject({ pausedSince: null, left: { until: 'run' } });
    since = clock.now();
    expect(run.now()).toMatchObject({ pausedSince: since, left: null });
    isStopping = true;
    expect(run.now()).toMatchObject({ pausedSince: null, stopping: true, left: null });
  });

  it('is not told of a run that stops: not all of its wave is done, and some may be watched to their deadline', () => {
    let isStopping = false;
    const run = standing({ started: [moving()], timing, isStopping: () => isStopping });
    expect(run.now().left).not.toBeNull();
    isStopping = true;
    expect(run.now()).toMatchObject({ stopping: true, left: null });
  });
});
