import { describe, expect, it } from '@jest/globals';
import { progressView } from '../../../../src/cli/run/live/progress-view.js';
import { logEvent } from '../../../../src/conduct/run/log-event.js';
import type { Log } from '../../../../src/domain/ports/log.js';
import type { StateEvent } from '../../../../src/domain/progress/state.js';
import type { RunProgress } from '../../../../src/fleet/run/progress.js';
import { PhoneRecord, targetKey } from '../../../../src/fleet/record/phone-record.js';
import { newSurvey } from '../../../../src/fleet/survey/found.js';
import type { LiveView } from '../../../../src/report/progress/live-view.js';
import type { ToldRun } from '../../../../src/report/progress/told-run.js';
import type { FetchedBytes } from '../../../../src/store/store-rows.js';
import { FakeClock } from '../../../fleet/support/fake-clock.js';

const clock = new FakeClock();

/** A record that went this way. */
function record(...way: StateEvent[]): PhoneRecord {
  const made = new PhoneRecord({ address: '10.0.0.1', hint: {}, scope: '', named: false, source: '' }, clock, {
    notify: () => {},
  });
  for (const event of way) made.advance(event);
  return made;
}

const nothingFetched = async (): Promise<never[]> => [];
const planned: StateEvent[] = ['phone-there', 'judged', 'plan-accepted'];
const posted: StateEvent[] = [...planned, 'intent-recorded', 'request-left'];

/** A run that is at this point. */
function progressOf(more: Partial<RunProgress>): RunProgress {
  return {
    run: { id: 'test-run', profile: null, dryRun: false, startedAt: new Date(clock.now()).toISOString() },
    ...{ phase: 'survey', since: {}, survey: newSurvey(), targets: 10, started: [], toFetch: new Map() },
    ...{ timing: null, isStopping: () => false, pause: null, workedBefore: 0 },
    ...more,
  };
}

describe('the view of a run', () => {
  function fakeView(): LiveView & { shown: ToldRun[]; stops: number } {
    const view = {
      shown: [] as ToldRun[],
      stops: 0,
      everyMs: 500,
      update: (told: ToldRun) => void view.shown.push(told),
      stop: () => void (view.stops += 1),
    };
    return view as unknown as LiveView & typeof view;
  }

  it('is brought up to date twice a second, and never while somebody is being asked', async () => {
    const live = fakeView();
    const view = progressView(live, clock, nothingFetched);
    view.show(progressOf({}));
    await clock.pass(1_000);
    expect(live.shown.length).toBeGreaterThanOrEqual(2);
    const before = live.shown.length;
    await view.without(() => clock.pass(5_000));
    expect(live.shown).toHaveLength(before + 1);
    await clock.pass(1_000);
    expect(live.shown.length).toBeGreaterThan(before + 2);
    view.end();
    const atEnd = live.shown.length;
    await clock.pass(5_000);
    expect(live.shown).toHaveLength(atEnd);
  });

  it('asks now and then what phones have fetched, from the first write on and one question at a time', async () => {
    const live = fakeView();
    const waiting = record(...planned);
    const started = [waiting];
    const toFetch = new Map([[targetKey(waiting.target), 1_000]]);
    const asked: string[] = [];
    let answer = (_all: FetchedBytes[]): void => {};
    const view = progressView(live, clock, (at) => {
      asked.push(at);
      return new Promise((resolve) => (answer = resolve));
    });
    const began = new Date(clock.now()).toISOString();
    view.show(progressOf({ phase: 'migrate', started, toFetch }));
    await clock.pass(60_000);
    expect(asked).toEqual([]);
    waiting.advance('intent-recorded');
    waiting.advance('request-left');
    await clock.pass(60_000);
    expect(asked).toEqual([began]);
    answer([{ client: '10.0.0.1', mac: null, bytes: 400 }]);
    await clock.pass(1_000);
    const [at, since] = [expect.any(Number), expect.any(Number)];
    const before = live.shown.at(-1)?.fetching;
    expect(before).toEqual({ at, since, grewAt: before?.at, bytes: 400, left: 600 });
    await clock.pass(10_000);
    expect(asked).toEqual([began, began]);
    answer([{ client: '10.0.0.1', mac: null, bytes: 400 }]);
    await clock.pass(1_000);
    expect(live.shown.at(-1)?.fetching?.at).toBeGreaterThan(before?.at ?? 0);
    expect(live.shown.at(-1)?.fetching?.grewAt).toBe(before?.at);
    view.end();
  });

  it('misses nothing that a phone fetched before it was next looked at', async () => {
    const asked: string[] = [];
    const view = progressView({ ...fakeView(), everyMs: 5_000 }, clock, async (at) => {
      asked.push(at);
      return [];
    });
    const progress = progressOf({});
    view.show(progress);
    await clock.pass(4_000);
    const written = new Date(clock.now()).toISOString();
    Object.assign(progress, { phase: 'migrate', started: [record(...posted)] });
    await clock.pass(10_000);
    expect(asked[0]).toBeDefined();
    expect(asked[0]! <= written).toBe(true);
    view.end();
  });

  it('goes on where that cannot be read', async () => {
    const live = fakeView();
    const view = progressView(live, clock, () => Promise.reject(new Error('the disk is full')));
    view.show(progressOf({ phase: 'migrate', started: [record(...posted)] }));
    await clock.pass(20_000);
    expect(live.shown.at(-1)).toMatchObject({ run: { phones: [{ state: 'submitted' }] }, fetching: null });
    view.end();
  });

  it('costs nothing where nothing is to be told', async () => {
    const view = progressView(null, clock, nothingFetched);
    view.show(progressOf({}));
    await expect(view.without(async () => 'answer')).resolves.toBe('answer');
    view.end();
  });
});

describe('an event in the log', () => {
  const lines: unknown[] = [];
  const log: Log = {
    debug: (...line) => void lines.push(['debug', ...line]),
    info: (...line) => void lines.push(['info', ...line]),
    warn: () => {},
    error: () => {},
    wants: () => true,
    child: (phone) => ({ ...log, info: (...line) => void lines.push(['info', phone, ...line]) }),
    close: async () => {},
  };

  it('is info when it is worth a line, under its phone, with its lists as they are', () => {
    lines.length = 0;
    logEvent(log, {
      event: 'intent',
      at: 't',
      address: '10.0.0.1',
      mac: 'M',
      step: 'convert',
      changes: [{ field: 'x' }],
    });
    logEvent(log, { event: 'state', at: 't', address: null, mac: null, state: 'waiting' });
    expect(lines).toEqual([
      ['info', { address: '10.0.0.1', mac: 'M' }, 'intent', { step: 'convert', changes: [{ field: 'x' }] }],
      ['debug', 'state', { state: 'waiting' }],
    ]);
  });
});
