import { afterAll, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';
import type { RunProgress } from '../../../src/fleet/run/progress.js';
import { type StoredRun, runStored } from '../../../src/fleet/run/run-with-store.js';
import { StopControl } from '../../../src/fleet/stop-control.js';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { useStore } from '../../store/support/open-test-store.js';
import { Actor } from '../support/actor.js';
import { addresses, type Bench, bench, mac, preflight, type Setup, targets } from '../support/fleet.js';

const id = 'tonight';
const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('a run with a memory', () => {
  const on = useStore();

  /** Conducts three phones; a later call with `resumed` goes on with what the first one left. */
  async function conduct(
    setup: Setup,
    more: Partial<Pick<StoredRun, 'resumes' | 'abandonUntouched' | 'hooks' | 'stop'>> = {},
  ): Promise<{ run: Bench; report: RunReport; state: string | undefined }> {
    return conductOn(bench({ targets: targets(addresses(3)), ...setup }), {}, more);
  }

  async function conductOn(
    run: Bench,
    hooks: Partial<StoredRun['hooks']> = {},
    more: Partial<Pick<StoredRun, 'resumes' | 'abandonUntouched' | 'hooks' | 'stop'>> = {},
  ): Promise<{ run: Bench; report: RunReport; state: string | undefined }> {
    addresses(3).forEach((address, index) => new Actor(run.clock, run.network, address, { mac: mac(index) }));
    const report = await run.clock.run(
      runStored({
        store: on.store,
        context: run.context,
        stop: run.stop,
        summary: {
          id,
          profile: 'mpp-to-enterprise',
          dryRun: false,
          version: '0',
          preflightSkipped: false,
          insecure: false,
        },
        settings: {},
        resumes: null,
        lockFolder: folder.file('locks'),
        hooks: { confirm: async () => true, onProgress: () => {}, ...hooks },
        exitCodeOf: () => 0,
        abandonUntouched: false,
        ...more,
      }),
    );
    return { run, report, state: (await on.store.run(id))?.state };
  }

  const outcomesOf = ({ totals }: RunReport): Partial<Record<Outcome, number>> => totals.byOutcome;

  /** Asking the file server runs into a bug. */
  const withBug: Setup = {
    preflight: { ...preflight(), firmware: () => Promise.reject(new TypeError('boom')) },
  };
  const closed: Setup = { options: { pacing: { ...unpaced, window: parseWindow('13:00-14:00', 'UTC') } } };

  it.each([
    ['a bug of ours', withBug, { blocked: 3 }, 'internal-error'],
    ['the window', closed, { deferred: 3 }, 'outside-window'],
  ])(
    'that left phones untouched because of %s can be gone on with, and then takes them',
    async (_, setup, left, code) => {
      const first = await conduct(setup);
      expect([outcomesOf(first.report), first.state]).toEqual([left, 'interrupted']);
      expect(first.report.phones.map(({ failure }) => failure?.code)).toEqual([code, code, code]);
      const again = await conduct({}, { resumes: await on.store.run(id) });
      expect([outcomesOf(again.report), again.state]).toEqual([{ done: 3 }, 'finished']);
    },
  );

  it('has told its store how far it got, when it has ended', async () => {
    await conduct({ options: { profile: null } });
    const { run } = await on.store.standing(id);
    expect(run.survey).toMatchObject({ targets: 3, probed: 3, found: 3 });
  });

  it('is paused, continued and stopped from beside it, by what its store is told', async () => {
    const slow = { ...unpaced, maxUpgrading: 1 };
    const run = bench({ targets: targets(addresses(3)), options: { pacing: slow } });
    const seen: [number, boolean][] = [];
    let progress: RunProgress | null = null as RunProgress | null;
    const posts = (): number => run.network.asked('post').length;
    const steps = (async () => {
      await run.clock.wait(60_000);
      await on.store.wish(id, 'pause', 'somebody');
      await run.clock.wait(60 * 60_000);
      seen.push([posts(), progress?.pause?.since !== null]);
      await on.store.wish(id, 'continue', 'somebody');
      await run.clock.wait(20_000);
      seen.push([posts(), progress?.pause?.since !== null]);
      await on.store.wish(id, 'stop', 'somebody');
    })();
    const { report, state } = await conductOn(run, { onProgress: (told) => void (progress = told) });
    await steps;
    expect(seen).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(report.run.interrupted).toBe('asked to stop by somebody');
    expect([outcomesOf(report).aborted, state]).toEqual([1, 'interrupted']);
    const events: string[] = [];
    for await (const { event } of on.store.eventsOf(id)) events.push(event);
    expect(events.filter((event) => event === 'paused' || event === 'continued')).toEqual(['paused', 'continued']);
  });

  it('that ended while it was paused is not paused when it is resumed', async () => {
    const run = bench({ targets: targets(addresses(3)) });
    const steps = (async () => {
      await run.clock.wait(1_000);
      await on.store.wish(id, 'pause', 'somebody');
      await run.clock.wait(60 * 60_000);
      for (let times = 0; times < 2; times += 1) run.stop.request('SIGINT');
    })();
    const first = await conductOn(run, { confirm: () => run.clock.wait(10_000).then(() => true) });
    await steps;
    expect([outcomesOf(first.report), first.state]).toEqual([{ aborted: 3 }, 'interrupted']);
    const again = await conduct({}, { resumes: await on.store.run(id) });
    expect([outcomesOf(again.report), again.state]).toEqual([{ done: 3 }, 'finished']);
  });

  it('is finished where phones were left for reasons of their own', async () => {
    const lacking = await conduct({ preflight: preflight({ license: [0, 1, 2].map(mac) }) });
    expect([outcomesOf(lacking.report), lacking.state]).toEqual([{ blocked: 3 }, 'finished']);
  });

  it('is finished where nobody said yes', async () => {
    const declined = await conduct({}, { hooks: { confirm: async () => false, onProgress: () => {} } });
    expect([outcomesOf(declined.report), declined.state]).toEqual([{ aborted: 3 }, 'finished']);
  });

  it('is finished when the next one has only brought it to its end: phones it never started are left to that one', async () => {
    const stop = new StopControl();
    const hooks = {
      confirm: async () => {
        stop.request('SIGHUP');
        return true;
      },
      onProgress: () => {},
    };
    const stopped = await conduct({}, { hooks, stop });
    expect([outcomesOf(stopped.report), stopped.state]).toEqual([{ aborted: 3 }, 'interrupted']);
    const ended = await conduct({ targets: targets([]) }, { resumes: await on.store.run(id), abandonUntouched: true });
    expect([outcomesOf(ended.report), ended.state]).toEqual([{ aborted: 3 }, 'finished']);
  });
});
