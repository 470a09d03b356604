import { describe, expect, it } from '@jest/globals';
import { Ledger } from '../../../src/serve/transfers/ledger.js';
import type { Transfer } from '../../../src/store/store-rows.js';
import { HandClock } from '../../transport/support/hand-clock.js';

const transfer = (id: string, bytes = 0): Transfer => ({
  ...{ id, startedAt: '2026-01-15T01:00:00.000Z', endedAt: null, client: '10.0.0.7', protocol: 'http' },
  ...{ kind: 'image', file: 'a.sbn', mac: null, size: 100, bytes, state: 'sending', why: null },
});

/** A ledger over a store that fails while `isFull`. */
function withStore() {
  const clock = new HandClock();
  const commits: Transfer[][] = [];
  const said: string[] = [];
  const store = { isFull: false };
  const keep = (batch: readonly Transfer[]): Promise<void> => {
    if (store.isFull) return Promise.reject(new Error('the disk is full'));
    commits.push([...batch]);
    return Promise.resolve();
  };
  const ledger = new Ledger(keep, clock, (line) => said.push(line));
  const pass = async (ms: number): Promise<void> => {
    clock.pass(ms);
    await new Promise(setImmediate);
  };
  return { ledger, clock, commits, said, store, pass };
}

describe('the ledger of transfers', () => {
  it('commits once a second, each transfer as it stands last', async () => {
    const { ledger, commits, pass } = withStore();
    for (let bytes = 0; bytes <= 100; bytes += 1) ledger.put(transfer('a', bytes));
    ledger.put(transfer('b'));
    await pass(999);
    expect(commits).toEqual([]);
    await pass(1);
    expect(commits.map((batch) => batch.map(({ id, bytes }) => [id, bytes]))).toEqual([
      [
        ['a', 100],
        ['b', 0],
      ],
    ]);
    await pass(60_000);
    expect(commits).toHaveLength(1);
  });

  it('keeps what it has while the store fails, says so once, and stores it when it can', async () => {
    const { ledger, commits, said, store, pass } = withStore();
    store.isFull = true;
    ledger.put(transfer('a', 1));
    await pass(1_000);
    ledger.put(transfer('a', 2));
    await pass(10_000);
    await pass(10_000);
    expect(said).toEqual([
      expect.stringMatching(/cannot be written to the store \(the disk is full\); serving goes on/),
    ]);
    store.isFull = false;
    await pass(10_000);
    expect(commits.flat().map(({ bytes }) => bytes)).toEqual([2]);
    expect(said).toHaveLength(2);
  });

  it('is bounded while the store fails', async () => {
    const { ledger, commits, store, pass } = withStore();
    store.isFull = true;
    for (let nth = 0; nth < 6_000; nth += 1) ledger.put(transfer(String(nth)));
    await pass(1_000);
    store.isFull = false;
    await pass(10_000);
    expect(commits.flat()).toHaveLength(5_000);
  });

  it('stores the rest at the end, and ends although a store hangs', async () => {
    const { ledger, commits } = withStore();
    ledger.put(transfer('a'));
    await ledger.close();
    expect(commits).toHaveLength(1);
    const clock = new HandClock();
    const hanging = new Ledger(
      () => new Promise(() => {}),
      clock,
      () => {},
    );
    hanging.put(transfer('a'));
    const closed = hanging.close();
    await new Promise(setImmediate);
    clock.pass(2_000);
    await closed;
    expect(clock.waiting()).toBe(0);
  });
});
