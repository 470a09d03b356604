import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schedule, type ScheduledPhone, type SchedulePace } from '../../../../src/conduct/rehearsal/advice/schedule.js';

/** Phones of one place that take ten ms each, in no hurry. */
function phones(count: number, change: Partial<ScheduledPhone> = {}): ScheduledPhone[] {
  return Array.from({ length: count }, () => ({ place: 'a', takesMs: 10, latestMs: Infinity, ...change }));
}

function pace(change: Partial<SchedulePace> = {}): SchedulePace {
  return { waves: [1_000], slots: Infinity, slotsOf: () => Infinity, within: 1, ...change };
}

const anyPhones = fc.array(
  fc.record({
    place: fc.constantFrom('a', 'b', 'c'),
    takesMs: fc.integer({ min: 1, max: 100 }),
    latestMs: fc.integer({ min: 0, max: 400 }),
  }),
  { maxLength: 60 },
);

describe('a night that is reckoned', () => {
  it('has all phones at once where nothing limits them', () => {
    expect(schedule(phones(5), pace())).toEqual({ left: 0, lastWriteMs: 0 });
  });

  it('has as many at once as there are slots, each as soon as one is free', () => {
    expect(schedule(phones(5), pace({ slots: 2 }))).toEqual({ left: 0, lastWriteMs: 20 });
  });

  it('opens a wave when all of the one before have ended', () => {
    const slow = phones(1, { takesMs: 70 });
    expect(schedule([...slow, ...phones(3)], pace({ waves: [2, 2] }))).toEqual({ left: 0, lastWriteMs: 70 });
  });

  it('has as many at once in a place as it has slots, while others go on', () => {
    const two = [...phones(3), ...phones(1, { place: 'b', takesMs: 1 })];
    expect(schedule(two, pace({ slotsOf: () => 1 }))).toEqual({ left: 0, lastWriteMs: 20 });
    expect(schedule(two, pace({ slotsOf: (place) => (place === 'a' ? 3 : 1) }))).toEqual({ left: 0, lastWriteMs: 0 });
  });

  it('leaves those whose turn comes too late', () => {
    expect(schedule(phones(5, { latestMs: 10 }), pace({ slots: 2 }))).toEqual({ left: 1, lastWriteMs: 10 });
  });

  it('leaves the fewest with enough slots, and none where there is no hurry', () => {
    fc.assert(
      fc.property(anyPhones, fc.integer({ min: 1, max: 20 }), (list, slots) => {
        const all = schedule(list, pace()).left;
        expect(schedule(list, pace({ slots })).left).toBeGreaterThanOrEqual(all);
        const calm = list.map((phone) => ({ ...phone, latestMs: Infinity }));
        const { left, lastWriteMs } = schedule(calm, pace({ slots }));
        expect(left).toBe(0);
        // No slot is idle while a phone waits, so the last one does not wait longer than all others take in turn.
        const sum = calm.reduce((total, { takesMs }) => total + takesMs, 0);
        expect(lastWriteMs).toBeLessThanOrEqual(sum / slots);
      }),
    );
  });
});
