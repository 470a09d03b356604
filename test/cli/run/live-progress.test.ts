import { describe, expect, it } from '@jest/globals';
import { liveProgress, progressView } from '../../../src/cli/run/live-progress.js';
import { logEvent } from '../../../src/cli/run/run-events.js';
import type { Log } from '../../../src/domain/ports/log.js';
import type { StateEvent } from '../../../src/domain/progress/state.js';
import type { RunProgress } from '../../../src/fleet/run/run-fleet.js';
import { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { newSurvey } from '../../../src/fleet/survey/survey.js';
import type { LiveLine } from '../../../src/report/progress/live-line.js';
import { FakeClock } from '../../fleet/support/fake-clock.js';

const clock = new FakeClock();

/** A record that went this way. */
function record(...way: StateEvent[]): PhoneRecord {
  const made = new PhoneRecord({ address: '10.0.0.1', hint: {}, scope: '', named: false, source: '' }, clock, {
    notify: () => {},
  });
  for (const event of way) made.advance(event);
  return made;
}

const planned: StateEvent[] = ['phone-there', 'judged', 'plan-accepted'];
const posted: StateEvent[] = [...planned, 'intent-recorded', 'request-left'];

describe('how far a run is', () => {
  it('counts targets and phones while it looks', () => {
    const survey = { ...newSurvey(), settled: 120, records: [record(...planned), record('nobody-there')] };
    expect(liveProgress({ phase: 'survey', survey, started: [] }, 254, 7)).toEqual({
      ...{ targets: 254, probed: 120, found: 1, startedAt: 7, total: null },
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
    const progress: RunProgress = { phase: 'migrate', survey: newSurvey(), started };
    expect(liveProgress(progress, 6, 0)).toMatchObject({ waiting: 1, upgrading: 1, done: 2, failed: 2, total: 6 });
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
    const view = progressView(line, clock, 10);
    view.show({ phase: 'survey', survey: newSurvey(), started: [] });
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

  it('costs nothing where there is no terminal', async () => {
    const view = progressView(null, clock, 10);
    view.show({ phase: 'survey', survey: newSurvey(), started: [] });
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
