import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import { type Pacing, unpaced } from '../../../src/fleet/pacing/pacing.js';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';
import { PauseControl } from '../../../src/fleet/pause-control.js';
import { Actor, type Manner } from '../support/actor.js';
import { addresses, bench, type Bench, mac, preflight, type Setup } from '../support/fleet.js';
import { runs } from '../../support/depth.js';

const minute = 60_000;

interface Paused extends Bench {
  pause: PauseControl;
  actors: Actor[];
  /** Does something so long (ms) after the run began. */
  at(ms: number, act: () => void): void;
  /** How many writes have been made. */
  posts(): number;
}

/** A fleet that may be paused. */
function fleet(count: number, pacing: Partial<Pacing> = {}, setup: Setup = {}, manner: Partial<Manner> = {}): Paused {
  const run = bench({ ...setup, options: { pacing: { ...unpaced, ...pacing }, ...setup.options } });
  const pause = new PauseControl(run.clock);
  run.context.pause = pause;
  const checks: Promise<void>[] = [];
  const actors = addresses(count).map(
    (address, index) => new Actor(run.clock, run.network, address, { mac: mac(index + 1) }, manner),
  );
  return {
    ...run,
    ...{ pause, actors },
    at: (ms, act) => {
      const check = run.clock.wait(ms).then(act);
      check.catch(() => {});
      checks.push(check);
    },
    go: async () => {
      const report = await run.go();
      await run.clock.run(Promise.all(checks));
      return report;
    },
    posts: () => run.network.asked('post').length,
  };
}

const outcomesOf = ({ totals }: RunReport): Partial<Record<Outcome, number>> => totals.byOutcome;
const codesOf = ({ phones }: RunReport): (string | undefined)[] => [
  ...new Set(phones.map(({ failure }) => failure?.code)),
];

describe('a run that is paused', () => {
  it('writes to no further phone, watches those under way to their end, and goes on when it is continued', async () => {
    const run = fleet(20, { maxUpgrading: 3 });
    run.at(minute, () => {
      expect(run.posts()).toBe(3);
      run.pause.pause('somebody');
    });
    const done = (): number => run.events.filter(({ outcome }) => outcome === 'done').length;
    for (let after = 2; after < 60; after += 1) run.at(after * minute, () => expect(run.posts()).toBe(3));
    run.at(59 * minute, () => {
      expect(done()).toBe(3);
      run.pause.continue('somebody');
    });
    const report = await run.go();
    expect(outcomesOf(report)).toEqual({ done: 20 });
    expect(run.posts()).toBe(20);
    expect(run.events.filter(({ event }) => event === 'paused' || event === 'continued')).toMatchObject([
      { event: 'paused', by: 'somebody', address: null },
      { event: 'continued', by: 'somebody', address: null },
    ]);
  });

  it('counts no pause as a failure: its waves open as they would, and no threshold trips', async () => {
    const run = fleet(12, { waves: parseWaves('1,4,100%'), thresholds: [parseThreshold('1', 1)] });
    for (let at = 1; at < 40; at += 2) {
      run.at(at * minute, () => run.pause.pause('somebody'));
      run.at((at + 1) * minute, () => run.pause.continue('somebody'));
    }
    const report = await run.go();
    expect([outcomesOf(report), report.run.abortedBy]).toEqual([{ done: 12 }, null]);
  });

  it('reads its targets on, and writes to none when they are read', async () => {
    const run = fleet(5);
    run.pause.pause('somebody');
    run.at(30 * minute, () => {
      expect(run.network.asked('look')).toHaveLength(5);
      expect(run.posts()).toBe(0);
      run.pause.continue('somebody');
    });
    expect(outcomesOf(await run.go())).toEqual({ done: 5 });
  });

  it('writes to no phone that was about to be: not before its intent is on record', async () => {
    const run = fleet(4);
    for (const actor of run.actors) {
      const write = actor.write.bind(actor);
      actor.write = (set, onIntent, tried) =>
        write(
          set,
          (changes, ways) => {
            // The wish is read just now, between the last look at the phone and its intent.
            if (run.pause.pausedMs() === 0) run.pause.pause('somebody');
            return onIntent(changes, ways);
          },
          tried,
        );
    }
    run.at(30 * minute, () => {
      expect([run.posts(), run.events.filter(({ event }) => event === 'intent')]).toEqual([0, []]);
      run.pause.continue('somebody');
    });
    expect(outcomesOf(await run.go())).toEqual({ done: 4 });
    expect(run.posts()).toBe(4);
  });

  it('gives a phone in a call its whole time: the pause is none of it', async () => {
    const run = fleet(1);
    const [actor] = run.actors;
    if (!actor) throw new Error('no phone');
    const usual = actor.look.bind(actor);
    // In a call from just after it was planned until two minutes after the pause.
    let looks = 0;
    const hangsUpAt = run.clock.monotonic() + 182 * minute;
    actor.look = () => {
      looks += 1;
      const seen = usual();
      const isBusy = looks > 1 && run.clock.monotonic() < hangsUpAt;
      return seen.kind === 'phone' && isBusy ? { ...seen, facts: { ...seen.facts, busy: true } } : seen;
    };
    run.at(minute, () => run.pause.pause('somebody'));
    run.at(180 * minute, () => run.pause.continue('somebody'));
    expect(outcomesOf(await run.go())).toEqual({ done: 1 });
  });

  it('leaves a phone whose window closes meanwhile as one whose window is closed, without waiting for the end of the pause', async () => {
    // The run begins at 01:00.
    const run = fleet(6, { window: parseWindow('00:00-02:00', 'UTC'), maxUpgrading: 2 });
    run.at(minute, () => run.pause.pause('somebody'));
    const report = await run.go();
    expect(outcomesOf(report)).toEqual({ done: 2, deferred: 4 });
    expect(codesOf(report)).toEqual([undefined, 'outside-window']);
    expect(run.clock.now()).toBeLessThan(Date.UTC(2026, 0, 15, 2, 5));
    expect(run.pause.isPaused).toBe(true);
  });

  it('comes to its end at a threshold as any run, without waiting for the end of the pause', async () => {
    const run = fleet(6, { maxUpgrading: 2, thresholds: [parseThreshold('1', 1)] }, {}, { after: 'says-failed' });
    run.at(minute, () => run.pause.pause('somebody'));
    const report = await run.go();
    expect(outcomesOf(report)).toEqual({ failed: 2, aborted: 4 });
    expect(report.run.abortedBy).toContain('1 of 1 phone of the run was written to and is not proven');
    expect(run.pause.isPaused).toBe(true);
  });

  it('and then stopped ends as a stop', async () => {
    const run = fleet(6, { maxUpgrading: 2 });
    run.at(minute, () => run.pause.pause('somebody'));
    run.at(60 * minute, () => run.stop.request('SIGINT'));
    const report = await run.go();
    expect(outcomesOf(report)).toEqual({ done: 2, aborted: 4 });
    expect([codesOf(report), report.run.interrupted]).toEqual([[undefined, 'stopped-before-start'], 'SIGINT']);
  });

  it('keeps the time of a phone that is to be sent its step once more', async () => {
    // It heeds only the second way to write; the first is given up two minutes after it.
    const run = fleet(1, {}, {}, { ways: 2, heeds: 1 });
    run.at(30_000, () => {
      expect(run.posts()).toBe(1);
      run.pause.pause('somebody');
    });
    run.at(300 * minute, () => {
      expect(run.posts()).toBe(1);
      run.pause.continue('somebody');
    });
    expect(outcomesOf(await run.go())).toEqual({ done: 1 });
    expect(run.posts()).toBe(2);
  });

  it('holds a phone between its two steps, too', async () => {
    const run = fleet(1);
    for (const actor of run.actors) actor.facts = { ...actor.facts, softwareVersion: 'sip88xx.11-3-7MPP0001-52' };
    run.at(minute, () => run.pause.pause('somebody'));
    run.at(600 * minute, () => {
      expect(run.posts()).toBe(1);
      run.pause.continue('somebody');
    });
    expect(outcomesOf(await run.go())).toEqual({ done: 1 });
    expect(run.posts()).toBe(2);
  });

  it('asks no file server while it waits', async () => {
    const files = preflight();
    const run = fleet(3, { maxUpgrading: 1 }, { preflight: files });
    let asked = 0;
    run.at(minute, () => run.pause.pause('somebody'));
    run.at(2 * minute, () => (asked = files.asked.length));
    run.at(300 * minute, () => {
      expect(files.asked).toHaveLength(asked);
      run.pause.continue('somebody');
    });
    expect(outcomesOf(await run.go())).toEqual({ done: 3 });
  });

  it('whenever it is paused and continued: nothing is written meanwhile, and all phones end as without', async () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 1, max: 1_800_000 }), fc.integer({ min: 1, max: 7_200_000 })), {
      maxLength: 5,
    });
    const script = fc.record({
      spans,
      maxUpgrading: fc.constantFrom(1, 3, Number.POSITIVE_INFINITY),
      waves: fc.constantFrom(null, '1,3,100%'),
      concurrency: fc.constantFrom(1, 8),
      takesAfterMs: fc.constantFrom(0, 20_000, 100_000),
      ways: fc.constantFrom(1, 2),
      steps: fc.constantFrom(1, 2),
    });
    await fc.assert(
      fc.asyncProperty(script, async ({ spans: pauses, maxUpgrading, waves, concurrency, steps, ...manner }) => {
        const pacing = { maxUpgrading, waves: waves === null ? null : parseWaves(waves) };
        const run = fleet(7, pacing, { options: { concurrency } }, manner);
        if (steps === 2)
          for (const actor of run.actors) actor.facts = { ...actor.facts, softwareVersion: 'sip88xx.11-3-7MPP0001-52' };
        let from = 0;
        for (const [after, lasts] of pauses) {
          run.at(from + after, () => run.pause.pause('somebody'));
          run.at(from + after + lasts, () => run.pause.continue('somebody'));
          from += after + lasts;
        }
        const report = await run.go();
        expect(outcomesOf(report)).toEqual({ done: 7 });
        const began = run.events.find(({ event }) => event === 'run-started')?.at ?? '';
        from = Date.parse(began);
        for (const [after, lasts] of pauses) {
          const isWithin = (at: number): boolean => at > from + after && at < from + after + lasts;
          expect(run.network.asked('post').filter(({ at }) => isWithin(at))).toEqual([]);
          from += after + lasts;
        }
      }),
      { numRuns: runs(40, 400) },
    );
  });
});
