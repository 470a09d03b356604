import { describe, expect, it } from '@jest/globals';
import { Claims } from '../../../src/fleet/memory/claims.js';
import type { LockHolder } from '../../../src/store/locks/holder.js';
import { StoreError } from '../../../src/store/store-error.js';

const other: LockHolder = { runId: 'run-2', pid: 7, host: 'night', since: '2026-01-01T00:00:00.000Z', heardOf: null };

/** Claims over locks that note what is asked for together. */
function claimsOver(holderOf: (mac: string) => LockHolder | null) {
  const turns: (readonly string[])[] = [];
  const claimAll = (macs: readonly string[]): (LockHolder | null)[] => {
    turns.push(macs);
    return macs.map(holderOf);
  };
  return { claims: new Claims({ claimAll }), turns };
}

describe('phones that are claimed at once', () => {
  it('are locked together, and each is told of its own', async () => {
    const { claims, turns } = claimsOver((mac) => (mac === 'B' ? other : null));
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((mac) => claims.claim(mac)));
    expect([a, c]).toEqual([null, null]);
    expect(b).toMatchObject({ code: 'locked-elsewhere', message: expect.stringContaining('run-2') });
    await claims.claim('D');
    expect(turns).toEqual([['A', 'B', 'C'], ['D']]);
  });

  it('are locked fifty at a time, so that other work has its turn', async () => {
    const { claims, turns } = claimsOver(() => null);
    await Promise.all(Array.from({ length: 120 }, (_, at) => claims.claim(`${at}`)));
    expect(turns.map(({ length }) => length)).toEqual([50, 50, 20]);
  });

  it('are none of them ours where the locks cannot be read, and free where the run has no locks', async () => {
    const { claims } = claimsOver(() => {
      throw new StoreError('store-lost', 'it was deleted');
    });
    const all = await Promise.all(['A', 'B'].map((mac) => claims.claim(mac)));
    for (const one of all) expect(one).toMatchObject({ code: 'lock-unavailable' });
    await expect(new Claims(null).claim('A')).resolves.toBeNull();
  });

  it('are not ours where the locks say nothing of them', async () => {
    const claims = new Claims({ claimAll: () => [null] });
    const [a, b] = await Promise.allSettled(['A', 'B'].map((mac) => claims.claim(mac)));
    expect([a?.status, b?.status]).toEqual(['fulfilled', 'rejected']);
  });

  it('show a bug as one', async () => {
    const { claims } = claimsOver(() => {
      throw new TypeError('a bug');
    });
    await expect(claims.claim('A')).rejects.toThrow('a bug');
  });
});
