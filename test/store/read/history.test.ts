import { describe, expect, it } from '@jest/globals';
import { storeRun } from '../support/samples.js';
import { useStore } from '../support/open-test-store.js';

describe('what is on record of a phone', () => {
  const test = useStore();
  const mac = '00CCFC123456';

  it('is how it ended in each run, the latest first, and what it showed otherwise', async () => {
    await storeRun(test.store, 'a', [{}, { mac: '00CCFC000001', address: '10.0.0.6' }], {
      startedAt: '2026-01-14T01:00:00.000Z',
    });
    await storeRun(test.store, 'b', [{ outcome: 'done', softwareVersion: 'sip88xx.14-2-1-0101-26' }], {
      startedAt: '2026-01-15T01:00:00.000Z',
    });
    const { runs, changes } = await test.store.phoneHistory(mac);
    expect(runs.map(({ run, profile, phone }) => [run, profile, phone.outcome])).toEqual([
      ['b', 'mpp-to-enterprise', 'done'],
      ['a', 'mpp-to-enterprise', 'audited'],
    ]);
    expect(changes).toMatchObject([
      { field: 'softwareVersion', run: 'b', before: 'sip88xx.12-0-3MPP0001-87', after: 'sip88xx.14-2-1-0101-26' },
    ]);
    expect(await test.store.knownPhones()).toMatchObject([
      { mac: '00CCFC000001', last: { run: 'a' } },
      { mac, softwareVersion: 'sip88xx.14-2-1-0101-26', last: { run: 'b', outcome: 'done', code: null } },
    ]);
  });

  it('is nothing of one that was never read', async () => {
    expect(await test.store.phoneHistory(mac)).toEqual({ runs: [], changes: [] });
  });
});
