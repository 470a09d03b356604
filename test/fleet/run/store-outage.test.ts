import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunReport } from '../../../src/domain/report/report.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';
import { runStored } from '../../../src/fleet/run/run-with-store.js';
import type { Store } from '../../../src/store/store.js';
import { type Answering, awayStore } from '../../store/support/away-store.js';
import { allOf } from '../../store/support/samples.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { Actor } from '../support/actor.js';
import { addresses, type Bench, bench, mac, targets } from '../support/fleet.js';

const id = 'tonight';
const minute = 60_000;

describe('a run whose database does not answer for a while', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  let answers: (how: Answering) => void;
  let run: Bench;
  beforeEach(async () => {
    folder = temporaryFolder();
    run = bench({ targets: targets(addresses(6)), options: { pacing: { ...unpaced, maxUpgrading: 2 } } });
    ({ store, answers } = await awayStore(folder.file('fleet.db'), run.clock));
  });
  afterEach(async () => {
    answers('there');
    await store.close();
    folder.remove();
  });

  const posts = (): number => run.network.asked('post').length;

  /** Lets the run go, and does something at moments of it (ms since it began). */
  async function conduct(moments: readonly (readonly [ms: number, act: () => void])[]): Promise<RunReport> {
    addresses(6).forEach((address, index) => new Actor(run.clock, run.network, address, { mac: mac(index) }));
    const acts = moments.map(([ms, act]) => run.clock.wait(ms).then(act));
    const report = await run.clock.run(
      runStored({
        ...{ store, context: run.context, stop: run.stop, settings: {}, resumes: null },
        summary: {
          ...{ id, profile: 'mpp-to-enterprise', dryRun: false, version: '0' },
          ...{ preflightSkipped: false, insecure: false },
        },
        lockFolder: folder.file('locks'),
        hooks: { confirm: async () => true, onProgress: () => {} },
        exitCodeOf: () => 0,
        abandonUntouched: false,
      }),
    );
    await Promise.all(acts);
    return report;
  }

  it('starts no phone meanwhile, watches those under way to their end, and goes on with all of them on record', async () => {
    const written: number[] = [];
    const report = await conduct([
      [minute, () => answers('away')],
      [2 * minute, () => written.push(posts())],
      [40 * minute, () => written.push(posts())],
      [41 * minute, () => answers('there')],
    ]);
    expect(written[0]).toBeGreaterThan(0);
    expect(written[0]).toBeLessThan(6);
    expect(written[1]).toBe(written[0]);
    expect([report.totals.byOutcome, posts()]).toEqual([{ done: 6 }, 6]);
    const row = await store.run(id);
    expect([row?.state, row?.totals?.byOutcome]).toEqual(['finished', { done: 6 }]);
    const events = await allOf(store.eventsOf(id));
    expect(events.filter(({ event }) => event === 'intent')).toHaveLength(6);
    expect(events.filter(({ event }) => event === 'paused' || event === 'continued').map(({ by }) => by)).toEqual([
      'the store, which does not answer',
      'the store, which is back',
    ]);
  });

  it('writes to each phone once, also where it is not known whether its intent is on record', async () => {
    const report = await conduct([
      [20_000, () => answers('lost')],
      [minute, () => answers('there')],
      [3 * minute, () => answers('lost')],
      [4 * minute, () => answers('away')],
      [5 * minute, () => answers('there')],
    ]);
    expect([report.totals.byOutcome, posts()]).toEqual([{ done: 6 }, 6]);
    for await (const { state } of store.targetsOf(id)) expect(state).toBe('done');
  });

  it('stays paused when somebody had paused it before', async () => {
    const written: number[] = [];
    await conduct([
      [minute, () => void store.wish(id, 'pause', 'somebody')],
      [2 * minute, () => answers('away')],
      [20 * minute, () => answers('there')],
      [30 * minute, () => written.push(posts())],
      [60 * minute, () => written.push(posts())],
      [61 * minute, () => void store.wish(id, 'continue', 'somebody')],
    ]);
    expect(written[0]).toBeLessThan(6);
    expect([written[1], posts()]).toEqual([written[0], 6]);
  });

  it('waits at its end, and then stores how it ended', async () => {
    const report = await conduct([
      [minute, () => void run.stop.request('SIGTERM')],
      [minute + 1_000, () => answers('away')],
      [6 * minute, () => answers('there')],
    ]);
    expect(report.run.interrupted).toBe('SIGTERM');
    expect((await store.run(id))?.state).toBe('interrupted');
  });

  it('gives up after an hour, and still reports', async () => {
    const report = await conduct([[minute, () => answers('away')]]);
    expect(report.run.interrupted).toBe('the store cannot be written');
    expect(posts()).toBeLessThan(6);
    expect(report.totals.targets).toBe(6);
  });
});
