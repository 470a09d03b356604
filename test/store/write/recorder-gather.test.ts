import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Operation } from '../../../src/store/write/entry.js';
import type { Entry, Refusals } from '../../../src/store/write/entry.js';
import { type Recorder, recorderOf } from '../../../src/store/write/recorder.js';
import { inWords } from '../support/operations.js';
import { waitingTarget } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';

describe('a recorder that gathers intents', () => {
  let clock: StandingClock;
  let commits: (readonly Operation[])[];
  let broken: Error | null;
  let recorder: Recorder;
  const written = (): string[][] => commits.map((commit) => commit.map(inWords));

  const intent = (number: number) =>
    recorder.intent(waitingTarget({ address: `10.0.0.${number}`, state: 'writing' }), { step: 'convert' });
  beforeEach(() => {
    clock = new StandingClock();
    commits = [];
    broken = null;
    const write = async (entries: readonly Entry[]): Promise<Refusals> => {
      await Promise.resolve();
      if (broken) throw broken;
      commits.push(entries.map(({ operation }) => operation));
      return new Map();
    };
    recorder = recorderOf('run-1', { clock, write, onError: () => undefined, gatherMs: 50 });
  });

  it('commits the first at once, and those that follow soon together, none before it is committed', async () => {
    await intent(1);
    let resolved = 0;
    const later = [2, 3].map(async (number) => {
      await intent(number);
      resolved += 1;
    });
    await clock.pass(49);
    expect([commits.length, resolved]).toEqual([1, 0]);
    await clock.pass(1);
    await Promise.all(later);
    expect(written()[1]).toEqual([
      'target 10.0.0.2 writing',
      'event intent',
      'target 10.0.0.3 writing',
      'event intent',
    ]);
    await clock.pass(50);
    await intent(4);
    expect(commits).toHaveLength(3);
  });

  it('does not wait for a tenth of a second because something was buffered before', async () => {
    await intent(1);
    recorder.event({ event: 'seen', at: clock.iso(), address: null, mac: null });
    const second = intent(2);
    await clock.pass(50);
    await second;
    expect(written()[1]).toEqual(['event seen', 'target 10.0.0.2 writing', 'event intent']);
  });

  it('waits no longer than that when the clock is set back', async () => {
    await intent(1);
    await clock.pass(-3_600_000);
    const second = intent(2);
    await clock.pass(50);
    await second;
    expect(commits).toHaveLength(2);
  });

  it('commits what is gathered when it is flushed or closed', async () => {
    await intent(1);
    const second = intent(2);
    await recorder.close();
    await second;
    expect(commits).toHaveLength(2);
  });

  it('rejects all that were gathered when their commit fails', async () => {
    await intent(1);
    broken = new Error('the disk is full');
    const both = Promise.allSettled([intent(2), intent(3)]);
    await clock.pass(50);
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
