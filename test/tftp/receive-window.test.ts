import { describe, expect, it } from '@jest/globals';
import { type Arrival, ReceiveWindow } from '../../src/tftp/receive-window.js';

const kept: Arrival = { isNew: true, acknowledge: false };
const keptAndTold: Arrival = { isNew: true, acknowledge: true };
const told: Arrival = { isNew: false, acknowledge: true };
const ignored: Arrival = { isNew: false, acknowledge: false };

describe('a block that arrives', () => {
  it('is acknowledged one by one without a window; the last one again each time it comes, others not', () => {
    const window = new ReceiveWindow(1);
    expect(window.arrived(1, false)).toEqual(keptAndTold);
    expect(window.arrived(2, false)).toEqual(keptAndTold);
    expect(window.arrived(2, false)).toEqual(told);
    expect(window.arrived(1, false)).toEqual(ignored);
    expect(window.arrived(4, false)).toEqual(ignored);
    expect(window.arrived(0, false)).toEqual(ignored);
    expect(window.block).toBe(2);
    expect(window.arrived(3, true)).toEqual(keptAndTold);
  });

  it('is acknowledged window by window, and the last one of all at once', () => {
    const window = new ReceiveWindow(3);
    expect([1, 2, 3, 4].map((block) => window.arrived(block, false))).toEqual([kept, kept, keptAndTold, kept]);
    expect(window.arrived(5, true)).toEqual(keptAndTold);
  });

  it('tells of a gap at once and once, and begins a window behind it', () => {
    const window = new ReceiveWindow(4);
    expect(window.arrived(1, false)).toEqual(kept);
    expect(window.arrived(3, false)).toEqual(told);
    expect(window.block).toBe(1);
    expect(window.arrived(4, false)).toEqual(ignored);
    expect([2, 3, 4, 5].map((block) => window.arrived(block, false))).toEqual([kept, kept, kept, keptAndTold]);
  });

  it('is not told of twice within a window: more is on its way', () => {
    const window = new ReceiveWindow(4);
    window.arrived(1, false);
    expect(window.arrived(1, false)).toEqual(ignored);
    window.startAgain();
    expect(window.arrived(1, false)).toEqual(told);
  });

  it.each([
    [0, 1],
    [1, 1],
    [0, 4],
  ])('after 65535 may be %s (window of %s)', (next, size) => {
    const window = new ReceiveWindow(size);
    for (let block = 1; block <= 65_535; block += 1) window.arrived(block, false);
    for (let block = next; block < next + 8; block += 1) expect(window.arrived(block, false).isNew).toBe(true);
    expect(window.block).toBe(next + 7);
  });
});
