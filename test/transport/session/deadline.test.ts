import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../../src/transport/session/deadline.js';
import { HandClock } from '../support/hand-clock.js';

/** Something that is waited for until it is told to be there. */
function pending(): { done: Promise<void>; end: () => void } {
  let end = (): void => {};
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a deadline of the other side', () => {
  it('comes once, at its time', () => {
    const clock = new HandClock();
    let came = 0;
    const deadline = new Deadline(clock, 1_000, () => (came += 1));
    clock.pass(999);
    expect(came).toBe(0);
    clock.pass(10_000);
    deadline.cancel();
    expect([came, clock.waiting()]).toEqual([1, 0]);
  });

  it('stands still for as long as anything of ours is waited for, and goes on with what was left', async () => {
    const clock = new HandClock();
    let came = false;
    const deadline = new Deadline(clock, 1_000, () => (came = true));
    const [one, other] = [pending(), pending()];
    clock.pass(400);
    const held = [deadline.hold(() => one.done), deadline.hold(() => other.done)];
    clock.pass(60_000);
    one.end();
    await turn();
    clock.pass(60_000);
    expect(came).toBe(false);
    other.end();
    await Promise.all(held);
    clock.pass(599);
    expect(came).toBe(false);
    clock.pass(1);
    expect(came).toBe(true);
  });

  it('that was cancelled meanwhile does not go on, and what failed is told', async () => {
    const clock = new HandClock();
    const deadline = new Deadline(clock, 1_000, () => {});
    const held = deadline.hold(() => Promise.reject(new RangeError('no')));
    deadline.cancel();
    await expect(held).rejects.toThrow('no');
    expect(clock.waiting()).toBe(0);
  });
});
