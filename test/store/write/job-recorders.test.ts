import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runs } from '../../support/depth.js';
import { type Answering, awayStore } from '../support/away-store.js';
import { allOf, newRun, waitingTarget } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';
import { longestRetryMs } from '../../../src/store/write/committer.js';
import type { Entry, Refusal } from '../../../src/store/write/entry.js';
import { StoreError } from '../../../src/store/store-error.js';
import type { Store } from '../../../src/store/store.js';
import { jobForm, type TakenJob } from '../../../src/store/work.js';

const keys = ['a', 'b', 'c'] as const;
type Key = (typeof keys)[number];
type Standing = 'ours' | 'held' | 'lost';

describe('recorders of the jobs of a run at a worker', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: StandingClock;
  let store: Store;
  let answers: (how: Answering) => void;
  /** How the database sees each job. */
  let standing: Record<Key, Standing>;
  let commits: number;
  let told: string[];
  let recorders: ReturnType<typeof recordersIn>;
  beforeEach(() => begin());
  afterEach(() => end());

  function refusals(entries: readonly Entry[]): Map<TakenJob, Refusal> {
    commits += 1;
    const jobs = new Set(entries.flatMap(({ job }) => job ?? []));
    return new Map(
      [...jobs].flatMap((job): [TakenJob, Refusal][] => {
        const how = standing[job.job.key as Key];
        if (how === 'ours') return [];
        const intends = entries.some((entry) => entry.job === job && entry.ofIntent);
        if (how === 'held' && !intends) return [];
        const code = how === 'held' ? 'store-held' : 'store-lost';
        return [[job, { error: new StoreError(code, how), intentsOnly: how === 'held' }]];
      }),
    );
  }

  function recordersIn(of: Store) {
    const all = of.jobRecorders('run', { asideIn: folder.file('aside') });
    const recorderOf = (key: Key) => {
      const job = { run: 'run', key, kind: 'move', site: 'north', form: jobForm } as const;
      const tell = (what: string): number => told.push(`${key} ${what}`);
      return all.of(
        { id: key, job, fence: 0 },
        { onError: (error) => tell((error as StoreError).code), onBack: () => tell('back') },
      );
    };
    return { all, a: recorderOf('a'), b: recorderOf('b'), c: recorderOf('c') };
  }

  async function begin(): Promise<void> {
    folder = temporaryFolder();
    clock = new StandingClock();
    ({ store, answers } = await awayStore(folder.file('fleet.db'), clock, refusals));
    standing = { a: 'ours', b: 'ours', c: 'ours' };
    [commits, told] = [0, []];
    await store.beginRun(newRun('run'));
    recorders = recordersIn(store);
  }

  async function end(): Promise<void> {
    answers('there');
    for (const key of keys) await recorders[key].close().catch(() => {});
    await recorders.all.close();
    await store.close();
    folder.remove();
  }

  const say = (key: Key, text: string): void =>
    recorders[key].event({ event: 'evidence', at: clock.iso(), address: key, mac: null, text });
  const intend = (key: Key): Promise<void> => recorders[key].intent(waitingTarget({ address: key }), {});
  const said = async (key: Key): Promise<unknown[]> =>
    (await allOf(store.eventsOf('run')))
      .filter(({ address }) => address === key)
      .map(({ event, text }) => (event === 'intent' ? 'intent' : text));

  it('share their commits', async () => {
    for (const key of keys) say(key, 'seen');
    await Promise.all(keys.map(intend));
    expect(commits).toBe(1);
    for (const key of keys) expect(await said(key)).toEqual(['seen', 'intent']);
  });

  it('store nothing of a job that another worker has, and everything of the others', async () => {
    standing.b = 'lost';
    for (const key of keys) say(key, 'seen');
    await expect(Promise.allSettled(keys.map(intend))).resolves.toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'store-lost' } },
      { status: 'fulfilled' },
    ]);
    expect(told).toEqual(['b store-lost']);
    expect([await said('a'), await said('b')]).toEqual([['seen', 'intent'], []]);
    // It is not tried again.
    standing.b = 'ours';
    await clock.pass(longestRetryMs);
    expect(await said('b')).toEqual([]);
  });

  it('store what is seen of a phone that may not be written to, but not its intent', async () => {
    standing.a = 'held';
    say('a', 'seen');
    await expect(intend('a')).rejects.toMatchObject({ code: 'store-held' });
    await recorders.a.flush();
    expect(await said('a')).toEqual(['seen']);
    standing.a = 'ours';
    await intend('a');
    expect(await said('a')).toEqual(['seen', 'intent']);
  });

  it('store what is left of a job that has ended while the database was away, once it is back', async () => {
    answers('away');
    say('a', 'seen');
    await expect(recorders.a.close()).rejects.toMatchObject({ code: 'store-away' });
    expect([...new Set(told)].toSorted()).toEqual(['a store-away', 'b store-away', 'c store-away']);
    told = [];
    answers('there');
    await clock.pass(longestRetryMs);
    expect(told.toSorted()).toEqual(['b back', 'c back']);
    expect(await said('a')).toEqual(['seen']);
  });

  it('store once what was kept aside, also where its file cannot be taken away any more', async () => {
    answers('away');
    say('a', 'seen');
    await expect(recorders.a.flush()).rejects.toMatchObject({ code: 'store-away' });
    // A folder in its place cannot be removed as a file.
    const [name = ''] = readdirSync(folder.file('aside'));
    rmSync(folder.file(`aside/${name}`));
    mkdirSync(folder.file(`aside/${name}`));
    answers('there');
    await recorders.a.flush();
    await clock.pass(longestRetryMs);
    expect(await said('a')).toEqual(['seen']);
  });

  it('store each event once and in its order, wherever answers and jobs are lost', async () => {
    const key = fc.constantFrom(...keys);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), key }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('intend' as const), key }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constantFrom<Answering>('there', 'away', 'lost') }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('stand' as const), key, as: fc.constantFrom<Standing>('ours', 'held') }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), key }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
        await end();
        await begin();
        let count = 0;
        const expected: Record<Key, string[]> = { a: [], b: [], c: [] };
        for (const each of steps) {
          if (each.do === 'say') {
            say(each.key, String((count += 1)));
            expected[each.key].push(String(count));
          } else if (each.do === 'intend') await intend(each.key).catch(() => {});
          else if (each.do === 'pass') await clock.pass(longestRetryMs);
          else if (each.do === 'stand') standing[each.key] = standing[each.key] === 'lost' ? 'lost' : each.as;
          else if (each.do === 'lose') standing[each.key] = 'lost';
          else answers(each.do);
        }
        answers('there');
        await recorders.all.close();
        for (const one of keys) {
          const stored = (await said(one)).filter((text) => text !== 'intent');
          // Of a job that was lost, what was seen before: nothing twice, nothing out of order, no gap.
          expect(stored).toEqual(expected[one].slice(0, standing[one] === 'lost' ? stored.length : undefined));
        }
      }),
      { numRuns: runs(60, 400) },
    );
  });
});
