import { describe, expect, it } from '@jest/globals';
import { inOrderAhead } from '../../../src/inventory/addresses/resolve.js';

describe('work done ahead', () => {
  it('comes out in the order of the items, whatever ends first', async () => {
    const results: number[] = [];
    const releases = new Map<number, () => void>();
    const items = [0, 1, 2];
    const all = (async () => {
      for await (const result of inOrderAhead(
        items,
        (item) => new Promise<number>((done) => releases.set(item, () => done(item))),
      )) {
        results.push(result);
      }
    })();
    await Promise.resolve();
    for (const item of [2, 1, 0]) releases.get(item)?.();
    await all;
    expect(results).toEqual([0, 1, 2]);
  });

  it('takes only a few items more than were asked for', async () => {
    let taken = 0;
    function* endless(): Generator<number, void, undefined> {
      for (;;) yield (taken += 1);
    }
    for await (const result of inOrderAhead(endless(), async (item) => item)) if (result === 3) break;
    expect(taken).toBe(18);
  });

  it('throws at the turn of the item that failed', async () => {
    const results: number[] = [];
    const failing = async (): Promise<void> => {
      for await (const result of inOrderAhead([1, 2, 3], async (item) => {
        if (item === 2) throw new RangeError('two');
        return item;
      })) {
        results.push(result);
      }
    };
    await expect(failing()).rejects.toThrow('two');
    expect(results).toEqual([1]);
  });
});
