import { expect, it } from '@jest/globals';
import type { AnyEvent } from '../../../src/domain/report/events.js';
import { mostWhole } from '../../../src/store/read/nights.js';
import { samplePhone } from '../../report/support/sample.js';
import { endedTarget, newRun, storeRun, waitingTarget } from '../support/samples.js';
import { describeStores } from '../support/open-test-store.js';

describeStores('what is on record of a phone', (useStore) => {
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
    expect(runs.map(({ run, profile, phone }) => [run, profile, phone?.outcome])).toEqual([
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

  it('is what happened in each run, moment by moment, as in its report, and long ago what it showed', async () => {
    const ids = Array.from({ length: mostWhole + 1 }, (_, at) => `r${String(at).padStart(2, '0')}`);
    for (const [at, id] of ids.entries()) {
      await test.store.beginRun(newRun(id, `2026-01-${String(at + 1).padStart(2, '0')}T01:00:00.000Z`));
      await tell(id, 'done');
    }
    const { runs } = await test.store.phoneHistory(mac);
    expect(runs.map(({ isWhole }) => isWhole)).toEqual([...new Array<boolean>(mostWhole).fill(true), false]);
    const [latest] = runs;
    const { phones } = await test.store.story(await test.store.report(latest?.run ?? ''));
    const told = phones.find(({ phone }) => phone.mac === mac);
    expect(latest).toMatchObject({ state: 'done', address: '10.0.0.5', wave: 2, moments: told?.moments });
    expect(latest?.moments.map(({ what, text }) => `${what}: ${text}`)).toEqual([
      'status: Upgrading',
      'write: convert: upgradeRule "" → "x"',
      'upgrading: it says that it is upgrading',
      'ended: done',
    ]);
  });

  it('is also that it has not ended, and whether its run goes on', async () => {
    await test.store.acquireRunLock({ runId: 'a' });
    await test.store.beginRun(newRun('a'));
    await tell('a', null);
    const [night] = (await test.store.phoneHistory(mac)).runs;
    expect(night).toMatchObject({ run: 'a', phone: null, state: 'upgrading', goesOn: true });
    await storeRun(test.store, 'b', [{ mac: '00CCFC000001' }], { state: 'interrupted' });
    await tell('b', null);
    expect((await test.store.phoneHistory(mac)).runs.find(({ run }) => run === 'b')).toMatchObject({ goesOn: false });
  });

  /** What a run tells of the phone, and of another at its address before. */
  async function tell(id: string, outcome: 'done' | null): Promise<void> {
    const recorder = test.store.recorder(id, { onError: () => undefined });
    const at = test.clock.now();
    const phone = { at: new Date(at).toISOString(), address: '10.0.0.5', mac };
    recorder.saveTarget(
      outcome === null
        ? waitingTarget({ state: 'submitted' })
        : endedTarget(samplePhone({ outcome, evidence: [{ at: phone.at, kind: 'status', text: 'Upgrading' }] })),
    );
    const events = [
      { event: 'evidence', mac: null, kind: 'status', text: 'Upgrading' },
      { event: 'evidence', mac: '00CCFC000009', kind: 'status', text: 'of another phone' },
      { event: 'intent', step: 'convert', changes: [{ field: 'upgradeRule', from: '', to: 'x' }] },
      { event: 'state', state: 'upgrading' },
      ...(outcome === null ? [] : [{ event: 'outcome', outcome }]),
    ];
    for (const event of events) recorder.event({ ...phone, ...event } as AnyEvent);
    await recorder.close();
  }

  it('is nothing of one that was never read', async () => {
    expect(await test.store.phoneHistory(mac)).toEqual({ runs: [], changes: [] });
  });
});
