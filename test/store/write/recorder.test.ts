import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Operation } from '../../../src/store/write/entry.js';
import { commitEveryMs, maxBuffered, retryAfterMs } from '../../../src/store/write/committer.js';
import { type Recorder, recorderOf } from '../../../src/store/write/recorder.js';
import { inWords } from '../support/operations.js';
import { waitingTarget } from '../support/samples.js';
import { settled, StandingClock } from '../support/standing-clock.js';

describe('a recorder', () => {
  let clock: StandingClock;
  let commits: (readonly Operation[])[];
  let errors: unknown[];
  let broken: Error | null;
  let recorder: Recorder;
  const written = (): string[][] => commits.map((commit) => commit.map(inWords));
  const event = (name: string, address = '10.0.0.5') => ({ event: name, at: clock.iso(), address, mac: null });

  beforeEach(() => {
    clock = new StandingClock();
    commits = [];
    errors = [];
    broken = null;
    recorder = recorderOf('run-1', {
      clock,
      write: async (entries) => {
        await Promise.resolve();
        if (broken) throw broken;
        commits.push(entries.map(({ operation }) => operation));
        return new Map();
      },
      onError: (error) => void errors.push(error),
    });
  });

  describe('buffers', () => {
    it('commits what was said within a tenth of a second together, in its order', async () => {
      recorder.saveTarget(waitingTarget());
      await clock.pass(commitEveryMs - 1);
      recorder.event(event('state'));
      expect(commits).toEqual([]);
      await clock.pass(1);
      expect(written()).toEqual([['target 10.0.0.5 waiting', 'event state']]);
      await clock.pass(commitEveryMs * 10);
      expect(commits).toHaveLength(1);
    });

    it('sets a new timer for what comes after a commit, and none while there is nothing to say', async () => {
      recorder.event(event('a'));
      await clock.pass(commitEveryMs);
      expect(clock.waiting).toBe(0);
      recorder.event(event('b'));
      await clock.pass(commitEveryMs);
      expect(written()).toEqual([['event a'], ['event b']]);
    });

    it('commits at once when there is much to say', async () => {
      for (let at = 0; at < maxBuffered; at += 1) recorder.event(event('many'));
      await settled();
      expect(commits.map((commit) => commit.length)).toEqual([maxBuffered]);
    });

    it('stores what a snapshot was, not what it became', async () => {
      const snapshot = { step: 1 };
      recorder.saveTarget(waitingTarget({ snapshot }));
      snapshot.step = 2;
      await recorder.flush();
      expect(commits[0]?.[0]).toMatchObject({ row: { snapshot: '{"step":1}' } });
    });

    it('throws at once for what JSON cannot hold', () => {
      const loop: Record<string, unknown> = {};
      loop.self = loop;
      expect(() => recorder.saveTarget(waitingTarget({ snapshot: loop }))).toThrow(/circular/i);
      expect(clock.waiting).toBe(0);
    });
  });

  describe('intents', () => {
    it('resolve only when they and all before them are committed', async () => {
      recorder.event(event('before'));
      let resolved = false;
      const intent = recorder.intent(waitingTarget({ state: 'writing' }), { step: 'convert' }).then(() => {
        resolved = true;
        expect(written()).toEqual([['event before', 'target 10.0.0.5 writing', 'event intent']]);
      });
      await Promise.resolve();
      expect(resolved).toBe(false);
      await intent;
      expect(clock.waiting).toBe(0);
    });

    it('share a commit within a tick, also over several turns of promises', async () => {
      const intents = ['10.0.0.5', '10.0.0.6', '10.0.0.7'].map(async (address, turns) => {
        for (let turn = 0; turn < turns * 3; turn += 1) await Promise.resolve();
        await recorder.intent(waitingTarget({ address, state: 'writing' }), {});
      });
      await Promise.all(intents);
      expect(commits).toHaveLength(1);
      expect(commits[0]).toHaveLength(6);
    });

    it('that come during a commit share the next one', async () => {
      const first = recorder.intent(waitingTarget({ address: '10.0.0.5' }), {});
      // The commit of the first has begun, and awaits the disk, when the others come.
      await new Promise<void>((resolve) =>
        setImmediate(() => {
          void Promise.all([
            recorder.intent(waitingTarget({ address: '10.0.0.6' }), {}),
            recorder.intent(waitingTarget({ address: '10.0.0.7' }), {}),
          ]).then(() => resolve());
        }),
      );
      await first;
      expect(commits.map((commit) => commit.length)).toEqual([2, 4]);
    });

    it('are rejected, and stored in no part, when JSON cannot hold them', async () => {
      await expect(recorder.intent(waitingTarget(), { size: 1n })).rejects.toThrow(/bigint/i);
      await recorder.flush();
      expect(commits).toEqual([]);
    });

    it('carry their details, the time and the phone into the event', async () => {
      await recorder.intent(waitingTarget(), { step: 'convert', changes: [] });
      expect(commits[0]?.[1]).toEqual({
        kind: 'event',
        row: {
          event: 'intent',
          at: clock.iso(),
          address: '10.0.0.5',
          mac: '00CCFC123456',
          detail: '{"step":"convert","changes":[]}',
        },
      });
    });
  });

  describe('when a commit fails', () => {
    beforeEach(() => {
      broken = new Error('no space');
    });

    it('tells so, keeps what was buffered, and tries it again after a while', async () => {
      recorder.event(event('a'));
      await clock.pass(commitEveryMs);
      expect(errors).toEqual([broken]);
      broken = null;
      recorder.event(event('b'));
      await clock.pass(retryAfterMs - 1);
      expect(commits).toEqual([]);
      await clock.pass(1);
      expect(written()).toEqual([['event a', 'event b']]);
    });

    it('rejects the intents of that commit and stores them never: nobody acts on them', async () => {
      recorder.event(event('before'));
      const refused = recorder.intent(waitingTarget({ state: 'writing' }), {});
      recorder.event(event('after'));
      await expect(refused).rejects.toBe(broken);
      broken = null;
      await recorder.intent(waitingTarget({ address: '10.0.0.9', state: 'writing' }), {});
      expect(written()).toEqual([['event before', 'event after', 'target 10.0.0.9 writing', 'event intent']]);
    });

    it('rejects the next flush, as long as it is so', async () => {
      recorder.event(event('a'));
      await clock.pass(commitEveryMs);
      await expect(recorder.flush()).rejects.toBe(broken);
      expect(errors).toEqual([broken, broken]);
      broken = null;
      await recorder.flush();
      expect(written()).toEqual([['event a']]);
    });

    it('does not try again with every word, however much there is to say', async () => {
      for (let at = 0; at < maxBuffered; at += 1) recorder.event(event('many'));
      await settled();
      for (let at = 0; at < 10; at += 1) {
        recorder.event(event('more'));
        await settled();
      }
      expect(errors).toHaveLength(1);
      broken = null;
      await clock.pass(retryAfterMs);
      expect(commits.map((commit) => commit.length)).toEqual([maxBuffered + 10]);
    });

    it('rejects close, and leaves no timer behind', async () => {
      recorder.event(event('a'));
      await expect(recorder.close()).rejects.toBe(broken);
      expect(clock.waiting).toBe(0);
    });
  });

  describe('closing', () => {
    it('commits what is buffered and takes nothing more', async () => {
      recorder.event(event('last'));
      await recorder.close();
      expect(written()).toEqual([['event last']]);
      expect(() => recorder.event(event('late'))).toThrow('closed');
      await expect(recorder.intent(waitingTarget(), {})).rejects.toThrow('closed');
      await recorder.close();
      expect(commits).toHaveLength(1);
    });

    it('without anything to say commits nothing', async () => {
      await recorder.close();
      expect(commits).toEqual([]);
    });
  });
});
