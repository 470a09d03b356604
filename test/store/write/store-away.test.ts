import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runs } from '../../support/depth.js';
import { type Answering, awayStore } from '../support/away-store.js';
import { allOf, newRun, waitingTarget } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';
import { longestRetryMs, retryAfterMs } from '../../../src/store/write/committer.js';
import type { Recorder } from '../../../src/store/write/recorder.js';
import type { Store } from '../../../src/store/store.js';

describe('a recorder whose database is away', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: StandingClock;
  let store: Store;
  let answers: (how: Answering) => void;
  let asked: string[];
  let recorder: Recorder;
  let told: string[];
  beforeEach(() => begin());
  afterEach(() => end());

  async function begin(): Promise<void> {
    folder = temporaryFolder();
    clock = new StandingClock();
    ({ store, answers, asked } = await awayStore(folder.file('fleet.db'), clock));
    told = [];
    await store.beginRun(newRun('a'));
    recorder = store.recorder('a', {
      onError: (error) => told.push((error as { code: string }).code),
      onBack: () => told.push('back'),
    });
  }

  async function end(): Promise<void> {
    answers('there');
    await recorder.close();
    await store.close();
    folder.remove();
  }

  const say = (text: string): void =>
    recorder.event({ event: 'evidence', at: clock.iso(), address: null, mac: null, text });
  const said = async (): Promise<unknown[]> =>
    (await allOf(store.eventsOf('a'))).map(({ event, text }) => (event === 'intent' ? 'intent' : text));

  it('tries again after longer and longer, tells when it is back, and has lost nothing', async () => {
    answers('away');
    say('one');
    await clock.pass(250);
    for (const ms of [1, 2, 4, 8, 15, 15].map((each) => each * retryAfterMs)) {
      expect(ms).toBeLessThanOrEqual(longestRetryMs);
      const before = told.length;
      await clock.pass(ms - 1);
      expect(told).toHaveLength(before);
      await clock.pass(1);
      expect(told).toHaveLength(before + 1);
    }
    say('two');
    answers('there');
    await clock.pass(longestRetryMs);
    expect([...new Set(told)]).toEqual(['store-away', 'back']);
    expect(told.at(-1)).toBe('back');
    expect(await said()).toEqual(['one', 'two']);
  });

  it('asks whether it is back also with nothing to say, after an intent was refused', async () => {
    answers('away');
    await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({ code: 'store-away' });
    answers('there');
    await clock.pass(retryAfterMs);
    expect(told).toEqual(['store-away', 'back']);
    expect(await said()).toEqual([]);
  });

  it('waits for a transaction whose answer was lost, as that may still go on: nothing of it is stored twice', async () => {
    asked.length = 0;
    say('one');
    await recorder.flush();
    answers('lost');
    say('two');
    await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-away' });
    answers('there');
    await recorder.flush();
    say('three');
    await recorder.flush();
    expect(asked).toEqual(['beside', 'beside', 'alone', 'beside']);
    expect(await said()).toEqual(['one', 'two', 'three']);
  });

  it('stores each event once, in its order, wherever answers are lost', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant('say' as const) },
      { weight: 2, arbitrary: fc.constant('intend' as const) },
      { weight: 2, arbitrary: fc.constant('pass' as const) },
      { weight: 3, arbitrary: fc.constantFrom<Answering>('there', 'away', 'lost') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await end();
        await begin();
        let count = 0;
        const expected: string[] = [];
        for (const each of steps) {
          if (each === 'say') {
            say(String((count += 1)));
            expected.push(String(count));
          } else if (each === 'intend') await recorder.intent(waitingTarget(), {}).catch(() => {});
          else if (each === 'pass') await clock.pass(longestRetryMs);
          else answers(each);
        }
        answers('there');
        await recorder.flush();
        expect((await said()).filter((text) => text !== 'intent')).toEqual(expected);
      }),
      { numRuns: runs(60, 400) },
    );
  });
});
