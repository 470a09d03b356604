import { describe, expect, it } from '@jest/globals';
import { Patience } from '../../src/tftp/patience.js';

function waits(patience: Patience): number[] {
  const found: number[] = [];
  while (!patience.isOver) found.push(patience.next());
  return found;
}

describe('patience', () => {
  it('doubles its wait, and ends after more than twenty seconds', () => {
    expect(waits(new Patience())).toEqual([1000, 2000, 4000, 8000, 8000]);
  });

  it('learns the wait from responses, between a quarter of a second and eight', () => {
    const quick = new Patience();
    for (let heard = 0; heard < 5; heard += 1) quick.heard(2);
    expect(waits(quick)).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000]);
    const slow = new Patience();
    slow.heard(900);
    expect(slow.next()).toBe(2700);
    for (let heard = 0; heard < 40; heard += 1) slow.heard(900);
    expect(slow.next()).toBeCloseTo(900, 0);
    slow.heard(60_000);
    expect(slow.next()).toBe(8000);
  });

  it('begins anew with each response, and learns nothing from one to what was sent twice', () => {
    const patience = new Patience();
    patience.next();
    patience.next();
    patience.heard(null);
    expect(patience.next()).toBe(1000);
    expect(patience.tries).toBe(1);
  });

  it('keeps the wait that the other side asked for', () => {
    const asked = new Patience(3000);
    asked.heard(2);
    expect(waits(asked)).toEqual([3000, 6000, 8000, 8000]);
    expect(waits(new Patience(255_000))).toEqual([255_000, 255_000]);
  });
});
