import { describe, expect, it } from '@jest/globals';
import type { LiveEvent } from '../../src/domain/report/events.js';
import { EventFeed, mostKept, mostUnread, patienceMs } from '../../src/library/event-feed.js';
import { FakeClock } from '../fleet/support/fake-clock.js';

const event = (targets: number): LiveEvent => ({
  event: 'survey-finished',
  at: '2026-01-31T22:00:00.000Z',
  address: null,
  mac: null,
  ...{ targets, phones: 0 },
});
const ended = Promise.resolve();

async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('a loop over the events of a run', () => {
  const clock = new FakeClock();

  it('reads all that happens from when it begins, in order, and ends with the run', async () => {
    const feed = new EventFeed(clock);
    feed.push(event(0));
    const read: number[] = [];
    const loop = (async () => {
      for await (const one of feed) if (one.event === 'survey-finished') read.push(one.targets);
    })();
    for (const targets of [1, 2, 3]) feed.push(event(targets));
    await new Promise((resolve) => setImmediate(resolve));
    feed.push(event(4));
    feed.end(ended);
    await loop;
    expect(read).toEqual([1, 2, 3, 4]);
    for await (const _late of feed) throw new Error('nothing comes after the end');
  });

  it('throws what the run ended with, after its events', async () => {
    const feed = new EventFeed(clock);
    const loop = feed[Symbol.asyncIterator]();
    feed.push(event(1));
    const failed = Promise.reject(new Error('no such subnet'));
    failed.catch(() => {});
    feed.end(failed);
    expect((await loop.next()).value).toMatchObject({ targets: 1 });
    await expect(loop.next()).rejects.toThrow('no such subnet');
    expect((await loop.next()).done).toBe(true);
  });

  it('each reads all of it, where there are several', async () => {
    const feed = new EventFeed(clock);
    const loops = [feed[Symbol.asyncIterator](), feed[Symbol.asyncIterator]()];
    feed.push(event(7));
    for (const loop of loops) expect((await loop.next()).value).toMatchObject({ targets: 7 });
  });

  it('holds back further targets while it is behind, and not once it has caught up or was left', async () => {
    const feed = new EventFeed(clock);
    const loop = feed[Symbol.asyncIterator]();
    for (let at = 0; at < mostUnread; at += 1) feed.push(event(at));
    const first = feed.listening();
    expect(await isDone(first)).toBe(false);
    await loop.next();
    expect(await isDone(first)).toBe(true);
    feed.push(event(1));
    const second = feed.listening();
    expect(await isDone(second)).toBe(false);
    await loop.return?.();
    expect(await isDone(second)).toBe(true);
    expect(await isDone(feed.listening())).toBe(true);
  });

  it('is not waited for for ever, and again once it reads', async () => {
    const waits = new FakeClock();
    const feed = new EventFeed(waits);
    const loop = feed[Symbol.asyncIterator]();
    for (let at = 0; at < mostUnread + 5; at += 1) feed.push(event(at));
    const waiting = feed.listening();
    await waits.pass(patienceMs - 1);
    expect(await isDone(waiting)).toBe(false);
    await waits.pass(1);
    expect(await isDone(waiting)).toBe(true);
    // Once is enough: the next targets do not wait as long each.
    expect(await isDone(feed.listening())).toBe(true);
    await loop.next();
    expect(await isDone(feed.listening())).toBe(false);
  });

  it('loses its events when it stands still, and says so if it reads on', async () => {
    const feed = new EventFeed(clock);
    const loop = feed[Symbol.asyncIterator]();
    for (let at = 0; at <= mostKept; at += 1) feed.push(event(at));
    await expect(loop.next()).rejects.toThrow('20000 events of this run were not read in time');
    expect((await loop.next()).done).toBe(true);
    expect(await isDone(feed.listening())).toBe(true);
  });
});
