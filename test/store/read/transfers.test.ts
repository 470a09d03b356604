import { expect, it } from '@jest/globals';
import type { Mac } from '../../../src/domain/network/mac.js';
import type { Transfer } from '../../../src/store/store-rows.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Owner, Processes } from '../../../src/store/locks/owner.js';
import { StandingClock } from '../support/standing-clock.js';
import { describeStores } from '../support/open-test-store.js';

const image: Transfer = {
  id: 'a',
  startedAt: '2026-11-28T01:00:00.000Z',
  endedAt: null,
  client: '127.0.0.7',
  protocol: 'http',
  kind: 'image',
  file: 'rootfs88xx.sbn',
  mac: '00CCFC000001' as Mac,
  size: 100,
  bytes: 40,
  state: 'sending',
  why: null,
};

describeStores('transfers in the store', (useStore) => {
  const test = useStore();

  it('are kept as they stand, and the last state counts', async () => {
    await test.store.keepTransfers([]);
    await test.store.keepTransfers([image]);
    const ended: Transfer = { ...image, endedAt: '2026-11-28T01:02:00.000Z', bytes: 100, state: 'sent' };
    const refused: Transfer = {
      ...image,
      id: 'b',
      mac: null,
      size: null,
      bytes: 0,
      state: 'refused',
      why: 'not there',
    };
    await test.store.keepTransfers([ended, refused]);
    expect(await (await test.reopen()).transfersSince('2026-11-28')).toEqual([ended, refused]);
  });

  it('are told from an instant on, of one phone or of all, the earliest first', async () => {
    const later: Transfer = { ...image, id: 'later', startedAt: '2026-11-28T03:00:00.000Z' };
    const other: Transfer = {
      ...image,
      id: 'other',
      startedAt: '2026-11-28T02:00:00.000Z',
      mac: '00CCFC000002' as Mac,
    };
    await test.store.keepTransfers([later, other, image]);
    expect((await test.store.transfersSince('2026-11-28T02:00:00.000Z')).map(({ id }) => id)).toEqual([
      'other',
      'later',
    ]);
    expect((await test.store.transfersSince('2026', '00CCFC000001')).map(({ id }) => id)).toEqual(['a', 'later']);
  });

  it('are added up by client and phone: loads and images, each file once', async () => {
    const ended = { state: 'sent', bytes: 100, endedAt: '2026-11-28T01:02:00.000Z' } as const;
    const tftp = { protocol: 'tftp', mac: null, client: '127.0.0.8' } as const;
    await test.store.keepTransfers([
      image,
      { ...image, ...ended, id: 'again' },
      {
        ...image,
        ...ended,
        id: 'load',
        kind: 'firmware',
        file: 'a.loads',
        bytes: 3,
        endedAt: '2026-11-28T01:01:00.000Z',
      },
      { ...image, ...ended, id: 'license', kind: 'license', file: 'a.lic', endedAt: '2026-11-28T09:00:00.000Z' },
      { ...image, ...tftp, id: 'tftp' },
      { ...image, ...ended, id: 'before', file: 'b.sbn', startedAt: '2026-11-27T00:00:00.000Z' },
    ]);
    const fetched = await test.store.firmwareFetchedSince('2026-11-28');
    expect(fetched.sort((a, b) => a.client.localeCompare(b.client))).toEqual([
      { client: '127.0.0.7', mac: image.mac, bytes: 103 },
      { client: '127.0.0.8', mac: null, bytes: 40 },
    ]);
    expect(await test.store.firmwareFetchedSince('2026-11-29')).toEqual([]);
  });

  it('are cut off once their server is dead, and only then', async () => {
    const path = test.store.path;
    const server = { pid: 4_711, host: 'here', processStart: 'boot/1', pidSpace: 'boot/pids', timeSpace: 'boot/time' };
    const running = new Set([1, 2]);
    const processes: Processes = {
      isAlive: (pid) => running.has(pid),
      startOf: (pid) => (running.has(pid) ? `boot/${pid}` : null),
      sinceBoot: () => 0,
    };
    const storeOf = (owner: Partial<Owner>) =>
      openStore({ path, clock: new StandingClock(), processes, owner: { ...server, ...owner } });
    const one = await storeOf({ pid: 1, processStart: 'boot/1' });
    const other = await storeOf({ pid: 2, processStart: 'boot/2' });
    const far = await storeOf({
      pid: 3,
      host: 'there',
      pidSpace: 'far/pids',
      timeSpace: 'far/time',
      processStart: 'far/3',
    });
    await one.keepTransfers([
      { ...image, id: '1' },
      { ...image, id: '1-sent', bytes: 100, state: 'sent' },
    ]);
    await other.keepTransfers([{ ...image, id: '2' }]);
    await far.keepTransfers([{ ...image, id: '3' }]);
    const states = async () => (await other.transfersSince('2026')).map(({ id, state, why }) => [id, state, why]);
    // A second server that starts meanwhile ends nothing of the first.
    expect(await other.endCutOffTransfers()).toBe(0);
    running.delete(1);
    const left = [
      ['1', 'broken', 'cut off: the server ended'],
      ['1-sent', 'sent', null],
      ['2', 'sending', null],
      // Of a process on another machine nobody here knows.
      ['3', 'sending', null],
    ];
    expect(await states()).toEqual(left);
    expect([await other.endCutOffTransfers(), await other.endCutOffTransfers()]).toEqual([1, 0]);
    expect(await states()).toEqual(left);
    for (const store of [one, other, far]) await store.close();
  });

  it('are forgotten when they are old', async () => {
    await test.store.keepTransfers([image, { ...image, id: 'b', startedAt: '2026-11-29T00:00:00.000Z' }]);
    await test.store.forgetTransfers('2026-11-29');
    expect((await test.store.transfersSince('2026')).map(({ id }) => id)).toEqual(['b']);
  });
});
