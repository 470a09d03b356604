import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type Look, LiveLooks, type Watcher } from '../../../src/dashboard/live/looks.js';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { StoreOpenError } from '../../../src/store/store-error.js';
import { HandClock } from '../../transport/support/hand-clock.js';

/** Notes what it is told. */
function watcher(): Watcher & { told: string[] } {
  const told: string[] = [];
  return {
    told,
    view: (html) => told.push(html),
    beat: () => told.push('beat'),
    trouble: (why) => told.push(`trouble: ${why}`),
    ended: () => told.push('ended'),
    lost: () => told.push('lost'),
  };
}

describe('looking on at what goes on', () => {
  const clock = new HandClock();
  /** Lets time pass, and what looks find arrive. */
  const advance = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await setImmediate();
      clock.pass(1_000);
    }
    await setImmediate();
  };
  let looks = 0;
  const look =
    (...seen: (string | Error)[]): Look =>
    () => {
      const now = seen[Math.min(looks, seen.length - 1)] ?? '';
      looks += 1;
      return now instanceof Error ? Promise.reject(now) : Promise.resolve({ html: now, goesOn: now !== 'last' });
    };

  it('tells all who look on of each change, by one look for all of them, until it ends', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const [one, two] = [watcher(), watcher()];
    const seen = look('a', 'a', 'b', 'last');
    live.watch('run', seen, one);
    await advance(0);
    live.watch('run', seen, two);
    await advance(8_000);
    expect(one.told).toEqual(['a', 'b', 'last', 'ended']);
    expect(two.told).toEqual(['a', 'b', 'last', 'ended']);
    expect(looks).toBe(4);
    await advance(60_000);
    expect(looks).toBe(4);
  });

  it('looks no more once nobody looks on, and anew once somebody does', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    const leave = live.watch('run', look('a'), one);
    await advance(4_000);
    leave();
    const before = looks;
    await advance(60_000);
    expect(looks).toBe(before);
    live.watch('run', look('a'), one);
    await advance(0);
    expect(looks).toBe(before + 1);
    live.close();
  });

  it('says that it is still there, where there is nothing new for long', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    live.watch('run', look('a'), one);
    await advance(40_000);
    expect(one.told).toEqual(['a', 'beat', 'beat']);
    live.close();
  });

  it('looks again after a look that failed', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    live.watch('run', look(new Error('busy'), 'a'), one);
    await advance(3_000);
    expect(one.told).toEqual(['a']);
    live.close();
  });

  it('gives up after three looks that failed, so that whoever looks on is told', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    live.watch('run', look('a', new Error('gone'), new Error('gone'), new Error('gone')), one);
    await advance(60_000);
    expect([one.told, looks]).toEqual([['a', 'lost'], 4]);
  });

  it('is over where there is nothing any more', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    live.watch('run', look('a', new UsageError('There is no such run.')), one);
    await advance(60_000);
    expect([one.told, looks]).toEqual([['a', 'ended'], 2]);
  });

  it('says what is wrong while the store is gone, and what there is to see once it is back', async () => {
    looks = 0;
    const live = new LiveLooks(clock);
    const one = watcher();
    const gone = new StoreOpenError('gone', 'It is gone.');
    live.watch('run', look('a', gone, gone, gone, gone, 'a'), one);
    await advance(12_000);
    expect(one.told).toEqual(['a', ...new Array<string>(4).fill('trouble: It is gone.'), 'a']);
    live.close();
  });
});
