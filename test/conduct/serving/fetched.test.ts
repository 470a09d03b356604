import { expect, it } from '@jest/globals';
import { fetchedFrom } from '../../../src/conduct/serving/fetched.js';
import type { Transfer } from '../../../src/store/store-rows.js';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 15, 1, 0, second)).toISOString();
const transfer = (id: string, second: number, bytes: number): Transfer => ({
  ...{ id, startedAt: at(second), endedAt: null, client: '10.0.0.1', protocol: 'http', mac: '00CCFC000001' },
  ...{ kind: 'image', file: id, size: 9, bytes, state: 'sending', why: null },
});

it('what the store has not been given yet is newer than what it has, and what began before counts for neither', async () => {
  const asked: unknown[] = [];
  const store = {
    transfersSince: (...of: unknown[]) => {
      asked.push(of);
      return Promise.resolve([transfer('a', 5, 1), transfer('b', 6, 2)]);
    },
  };
  const own = { unstored: () => [transfer('b', 6, 8), transfer('c', 7, 3), transfer('d', 4, 4)] };
  const found = async (of: typeof own | null): Promise<unknown[]> =>
    (await fetchedFrom(store, of)('00CCFC000001', Date.parse(at(5)))).map(({ id, bytes }) => [id, bytes]);
  expect(await found(own)).toEqual([
    ['a', 1],
    ['b', 8],
    ['c', 3],
  ]);
  expect(await found(null)).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(asked).toEqual([
    [at(5), '00CCFC000001'],
    [at(5), '00CCFC000001'],
  ]);
});
