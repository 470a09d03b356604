import { describe, expect, it } from '@jest/globals';
import { type Answered, ProbePace } from '../../../src/fleet/survey/probe-pace.js';
import { HandClock } from '../../transport/support/hand-clock.js';

/** Addresses that ask for their turn, and those that have got it. */
async function asking(count: number, room: () => number) {
  const clock = new HandClock();
  const pace = new ProbePace(clock, room);
  const asked: Answered[] = [];
  const more = async (others: number): Promise<void> => {
    for (let one = 0; one < others; one += 1) void pace.turn().then((answered) => asked.push(answered));
    await turns();
  };
  await more(count);
  return { clock, pace, asked, more };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('how many addresses are asked at once', () => {
  it('is as many as can be read, where all answer', async () => {
    let room = 8;
    const { asked, pace } = await asking(50, () => room);
    expect(asked).toHaveLength(8);
    for (const answered of asked.splice(0)) {
      room -= 1;
      answered(true);
    }
    await turns();
    // Nothing can be read, so just one is asked.
    expect(asked).toHaveLength(1);
    room = 4;
    pace.wake();
    await turns();
    expect(asked).toHaveLength(4);
  });

  it('is as many as wish where nobody answers, from a moment later on', async () => {
    const { asked, clock } = await asking(500, () => 8);
    for (const expected of [8, 20, 40, 80, 160, 320, 500]) {
      expect(asked.length).toBeGreaterThanOrEqual(expected);
      clock.pass(80);
      await turns();
    }
  });

  it('is one where nothing can be read, and soon all where nobody answers', async () => {
    const { asked, clock } = await asking(500, () => 0);
    expect(asked).toHaveLength(1);
    for (let moment = 0; moment < 50; moment += 1) {
      clock.pass(80);
      await turns();
    }
    expect(asked).toHaveLength(500);
  });

  it('is as many as can be read over a slow line, too, once the first have answered', async () => {
    const { asked, clock } = await asking(600, () => 8);
    const askedAt: number[] = [];
    let settled = 0;
    const outstanding: number[] = [];
    for (let ms = 0; settled < 600; ms += 20) {
      while (askedAt.length < asked.length) askedAt.push(ms);
      for (; settled < askedAt.length && (askedAt[settled] ?? ms) <= ms - 200; settled += 1) asked[settled]?.(true);
      outstanding.push(asked.length - settled);
      clock.pass(20);
      await turns();
    }
    expect(Math.max(...outstanding.slice(-30))).toBeLessThanOrEqual(8);
  });

  it('counts an address once, also when it answers late', async () => {
    const { asked, clock } = await asking(3, () => 2);
    expect(asked).toHaveLength(2);
    clock.pass(80);
    await turns();
    for (const answered of asked) answered(true);
    await turns();
    expect(asked).toHaveLength(3);
  });
});
