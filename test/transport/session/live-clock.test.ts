import { describe, expect, it } from '@jest/globals';
import { LiveClock } from '../../../src/transport/session/live-clock.js';
import { HandClock } from '../support/hand-clock.js';

/** A loop by hand: its timers are late by as long as it is away, and what sockets have to say is heard when it polls. */
function loop(): { hand: HandClock; live: LiveClock; away(ms: number): void; poll(): void } {
  const hand = new HandClock();
  const polled = new Set<() => void>();
  const live = new LiveClock(hand, (run) => {
    polled.add(run);
    return () => void polled.delete(run);
  });
  return {
    hand,
    live,
    away: (ms) => hand.jump(ms),
    poll: () => {
      const due = [...polled];
      polled.clear();
      for (const run of due) run();
    },
  };
}

describe('a deadline by a clock that counts only what could be heard', () => {
  it('comes at its time where the loop goes round, once the sockets had their say, and leaves no timer', () => {
    const { hand, live, poll } = loop();
    let came = 0;
    live.after(3_000, () => (came += 1));
    hand.pass(2_999);
    poll();
    expect(came).toBe(0);
    hand.pass(1);
    expect(came).toBe(0);
    poll();
    expect(came).toBe(1);
    hand.pass(60_000);
    poll();
    expect([came, hand.waiting()]).toEqual([1, 0]);
  });

  it('does not come at all where the sockets then say what was waited for', () => {
    const { hand, live, poll } = loop();
    let came = false;
    const cancel = live.after(3_000, () => (came = true));
    hand.pass(3_000);
    // The poll before the judgment brings the answer.
    cancel();
    poll();
    hand.pass(60_000);
    poll();
    expect([came, hand.waiting()]).toEqual([false, 0]);
  });

  it.each([3_000, 60_000, 3_600_000])('gets the rest it had when the process was away for %i ms', (ms) => {
    const { hand, live, away, poll } = loop();
    let came = false;
    live.after(3_000, () => (came = true));
    hand.pass(1_000);
    away(ms);
    // Of that time it counts as much as a loop may need to go round once.
    hand.pass(1_799);
    poll();
    expect(came).toBe(false);
    hand.pass(1);
    poll();
    expect(came).toBe(true);
  });

  it('gets its rest also when the process is away again and again', () => {
    const { hand, live, away, poll } = loop();
    let came = false;
    live.after(3_000, () => (came = true));
    for (let time = 0; time < 10; time += 1) {
      away(10_000);
      hand.pass(50);
    }
    poll();
    expect(came).toBe(false);
    hand.pass(3_000);
    poll();
    expect(came).toBe(true);
  });

  it('comes in the end however starved the loop is', () => {
    const { live, away, poll } = loop();
    let came = false;
    live.after(3_000, () => (came = true));
    for (let time = 0; time < 20; time += 1) {
      away(5_000);
      poll();
    }
    expect(came).toBe(true);
  });

  it('that is set after the process was away has all of its time', () => {
    const { hand, live, away, poll } = loop();
    live.after(100_000, () => {});
    let came = false;
    hand.pass(1_000);
    away(60_000);
    live.after(3_000, () => (came = true));
    hand.pass(2_999);
    poll();
    expect(came).toBe(false);
  });

  it('does not take a long calculation for a loop that goes round, however often it asks for the time', () => {
    const { hand, live, poll } = loop();
    let came = false;
    live.after(1_000, () => (came = true));
    for (let step = 0; step < 100; step += 1) {
      hand.stand(100);
      live.monotonic();
      live.after(100_000, () => {});
    }
    hand.pass(700);
    poll();
    expect(came).toBe(false);
  });

  it('is cancelled like any other, and time is what both clocks say where nothing was lost', () => {
    const { hand, live } = loop();
    const began = live.monotonic();
    const cancel = live.after(3_000, () => expect('it').toBe('cancelled'));
    hand.pass(1_000);
    expect(live.monotonic() - began).toBe(1_000);
    expect(live.now()).toBe(hand.now());
    cancel();
    cancel();
    expect(hand.waiting()).toBe(0);
  });
});
