import { describe, expect, it } from '@jest/globals';
import { Refusals } from '../../../src/serve/transfers/refusals.js';
import { Repeats } from '../../../src/serve/transfers/repeats.js';
import { HandClock } from '../../transport/support/hand-clock.js';

describe('what is refused', () => {
  it('again and again is told once in ten minutes, then with how often it was', () => {
    const clock = new HandClock();
    const refusals = new Refusals(clock);
    expect(refusals.note('10.0.0.7', 'a')).toEqual({ kind: 'tell', before: 0 });
    for (let times = 0; times < 1_000; times += 1) expect(refusals.note('10.0.0.7', 'a').kind).toBe('silent');
    expect(refusals.note('10.0.0.8', 'a').kind).toBe('tell');
    clock.pass(600_000);
    expect(refusals.note('10.0.0.7', 'a')).toEqual({ kind: 'tell', before: 1_000 });
  });

  it('of one client, one after the other, is told so often and no more', () => {
    const refusals = new Refusals(new HandClock());
    const told = Array.from({ length: 500 }, (_, nth) => refusals.note('10.0.0.7', String(nth)).kind);
    expect(told.filter((kind) => kind === 'tell')).toHaveLength(50);
    expect(told.filter((kind) => kind === 'too-many')).toHaveLength(1);
    expect(refusals.note('10.0.0.8', 'x').kind).toBe('tell');
  });

  it('of many clients, as with forged addresses, is bounded too', () => {
    const refusals = new Refusals(new HandClock());
    const told = Array.from({ length: 10_000 }, (_, nth) => refusals.note(`c${nth}`, 'a').kind);
    expect(told.filter((kind) => kind !== 'silent')).toHaveLength(2_000);
  });
});

describe('what is fetched', () => {
  it('over and over replaces its last entry, and has its own again after ten minutes', () => {
    const clock = new HandClock();
    const repeats = new Repeats(clock);
    const fetch = (client: string, file: string, id: string): boolean => {
      const isOwn = repeats.entry(client, file) === null;
      if (isOwn) repeats.note(client, file, id);
      return isOwn;
    };
    const own = Array.from({ length: 100 }, (_, nth) => fetch('10.0.0.7', 'a', String(nth)));
    expect(own.filter(Boolean)).toHaveLength(20);
    expect(repeats.entry('10.0.0.7', 'a')).toBe('19');
    // Another phone behind the same address, and another file.
    expect(fetch('10.0.0.7', 'a 00CCFC123456', 'x')).toBe(true);
    clock.pass(600_000);
    expect(fetch('10.0.0.7', 'a', 'y')).toBe(true);
  });
});
