import { describe, expect, it } from '@jest/globals';
import { counted, progressView } from '../../../../src/cli/run/live/progress-view.js';
import { logEvent } from '../../../../src/cli/run/live/run-events.js';
import type { Log } from '../../../../src/domain/ports/log.js';
import type { StateEvent } from '../../../../src/domain/progress/state.js';
import type { RunProgress } from '../../../../src/fleet/run/run-fleet.js';
import { PhoneRecord, targetKey } from '../../../../src/fleet/record/phone-record.js';
import { newSurvey } from '../../../../src/fleet/survey/found.js';
import type { LiveLine } from '../../../../src/report/progress/live-line.js';
import type { Progress } from '../../../../src/report/progress/progress-line.js';
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

describe('how far a run is', () => {
  it('counts targets and phones while it looks', () => {
    const survey = { ...newSurvey(), settled: 120, records: [record(...planned), record('nobody-there')] };
    expect(counted({ phase: 'survey', survey, started: [], toFetch: new Map() }, 254)).toEqual({
      ...{ targets: 254, probed: 120, found: 1, total: null },
      ...{ done: 0, waiting: 1, upgrading: 0, failed: 0 },
    });
  });

  it('counts each phone once while it migrates', () => {
    const started = [
      record(...planned),
      record(...posted),
      record(...posted, 'all-proven'),
      record(...planned, 'already-there'),
      record(...posted, 'seen-failed'),
      record(...planned, 'not-now'),
    ];
    const progress: RunProgress = { phase: 'migrate', survey: newSurvey(), started, toFetch: new Map() };
    expect(counted(progress, 6)).toMatchObject({ waiting: 1, upgrading: 1, done: 2, failed: 2, total: 6 });
  });
});

describe('the live line', () => {
  function fakeLine(): LiveLine & { updates: number; stops: number } {
    const line = {
      updates: 0,
      stops: 0,
      update: () => void (line.updates += 1),
      stop: () => void (line.stops += 1),
    };
    return line as unknown as LiveLine & typeof line;
  }

  it('is counted anew five times a second, and never while somebody is being asked', async () => {
    const line = fakeLine();
    const view = progressView(line, clock, 10, nothingFetched);
    view.show({ phase: 'survey', survey: newSurvey(), started: [], toFetch: new Map() });
    await clock.pass(1_000);
    expect(line.updates).toBeGreaterThanOrEqual(5);
    const before = line.updates;
    await view.without(() => clock.pass(5_000));
    expect(line.updates).toBe(before + 1);
    await clock.pass(1_000);
    expect(line.updates).toBeGreaterThan(before + 4);
    view.end();
    const atEnd = line.updates;
    await clock.pass(5_000);
    expect(line.updates).toBe(atEnd);
  });

  it('asks now and then what phones have fetched, from the first write on and one question at a time', async () => {
    const shown: Progress[] = [];
    const line = { ...fakeLine(), update: (progress: Progress) => void shown.push(progress) };
    const waiting = record(...planned);
    const started = [waiting];
    const toFetch = new Map([[targetKey(waiting.target), 1_000]]);
    const asked: string[] = [];
    let answer = (_all: FetchedBytes[]): void => {};
    const view = progressView(line, clock, 1, (at) => {
      asked.push(at);
      return new Promise((resolve) => (answer = resolve));
    });
    const began = new Date(clock.now()).toISOString();
    view.show({ phase: 'migrate', survey: newSurvey(), started, toFetch });
    await clock.pass(60_000);
    expect(asked).toEqual([]);
    waiting.advance('intent-recorded');
    waiting.advance('request-left');
    await clock.pass(60_000);
    expect(asked).toEqual([began]);
    answer([{ client: '10.0.0.1', mac: null, bytes: 400, lastAt: null }]);
    await clock.pass(1_000);
    expect(shown.at(-1)?.fetching).toEqual({ at: expect.any(Number), bytes: 400, left: 600, afterwards: null });
    await clock.pass(10_000);
    expect(asked).toEqual([began, began]);
    view.end();
  });

  it('goes on where that cannot be read', async () => {
    const shown: Progress[] = [];
    const line = { ...fakeLine(), update: (progress: Progress) => void shown.push(progress) };
    const view = progressView(line, clock, 1, () => Promise.reject(new Error('the disk is full')));
    view.show({ phase: 'migrate', survey: newSurvey(), started: [record(...posted)], toFetch: new Map() });
    await clock.pass(20_000);
    expect(shown.at(-1)).toMatchObject({ upgrading: 1, fetching: null });
    view.end();
  });

  it('costs nothing where there is no terminal', async () => {
    const view = progressView(null, clock, 10, nothingFetched);
    view.show({ phase: 'survey', survey: newSurvey(), started: [], toFetch: new Map() });
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

  it('is info when it is worth a line, under its phone, with lists as JSON', () => {
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
      ['info', { address: '10.0.0.1', mac: 'M' }, 'intent', { step: 'convert', changes: '[{"field":"x"}]' }],
      ['debug', 'state', { state: 'waiting' }],
    ]);
  });
});
