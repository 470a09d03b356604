import { describe, expect, it } from '@jest/globals';
import { findPhones } from '../../src/licenses/plan.js';
import { HandClock } from '../transport/support/hand-clock.js';
import { listedPhones, phonesReadIn, runOfPhones } from '../../src/licenses/phones.js';
import type { KnownPhone } from '../../src/inventory/target.js';
import type { RememberedPhone } from '../../src/store/store-rows.js';
import { fieldNames } from '../../src/domain/phone/fields.js';
import { samplePhone } from '../report/support/sample.js';
import { useStore } from '../store/support/open-test-store.js';
import { newRun, storeRun } from '../store/support/samples.js';

describe('the run whose phones are meant', () => {
  const test = useStore();

  it('is the last finished audit', async () => {
    await storeRun(test.store, 'moved', []);
    await expect(runOfPhones(test.store, null)).rejects.toThrow(
      /has no finished audit; run fleet-migrate audit first, or name/,
    );
    for (const [id, at] of [
      ['first', '2026-11-01T00:00:00.000Z'],
      ['second', '2026-11-02T00:00:00.000Z'],
      ['cut', '2026-11-03T00:00:00.000Z'],
    ] as const) {
      const run = newRun(id, at);
      await test.store.beginRun({ ...run, summary: { ...run.summary, profile: null } });
      if (id === 'cut') continue;
      const { run: about, totals } = await test.store.report(id);
      await test.store.finishRun(id, { state: 'finished', report: { run: about, totals }, exitCode: 0 });
    }
    expect((await runOfPhones(test.store, null)).id).toBe('second');
    expect((await runOfPhones(test.store, 'moved')).id).toBe('moved');
    await expect(runOfPhones(test.store, 'cut')).rejects.toThrow(
      /^The run cut has not ended.*: fleet-migrate resume cut --db \S+$/,
    );
    await expect(runOfPhones(test.store, 'none')).rejects.toThrow(/There is no run none/);
  });

  it('says nothing of what phones need where it reached none', async () => {
    await storeRun(test.store, 'dark', []);
    const which = { inventories: [], columns: [], fromRun: 'dark' };
    await expect(findPhones(test.store, which, new HandClock())).rejects.toThrow(
      /^The run dark reached no phone, so it says nothing of what phones need; run an audit that reaches them/,
    );
  });

  it('gives the phones that it read, and those that it was to read and could not', async () => {
    await storeRun(test.store, 'audit', [
      { address: '10.0.0.1', mac: '00CCFC000001' },
      { address: '10.0.0.2', mac: null, family: null, outcome: 'not-a-phone' },
      {
        ...{
          address: '10.0.0.3',
          mac: null,
          family: null,
          model: null,
          productId: null,
          vid: null,
          outcome: 'blocked',
        },
        failure: { code: 'auth-required', message: 'The admin page asks for a password.', hint: '' },
      },
    ]);
    const phones = await phonesReadIn(test.store, await runOfPhones(test.store, 'audit'));
    expect(phones.map(({ address, unread }) => [address, unread])).toEqual([
      ['10.0.0.1', null],
      ['10.0.0.3', 'The admin page asks for a password.'],
    ]);
    // A report that does not say where the VID is from has what the page calls its hardware version.
    expect(phones[0]).toMatchObject({ vid: null, vidSource: null });
    expect(phones.map(({ doubt }) => doubt)).toEqual([
      undefined,
      'that run ended for it as blocked: The admin page asks for a password.',
    ]);
  });
});

describe('phones of lists', () => {
  const seen = (mac: string, address: string): RememberedPhone => {
    const { mac: _mac, ...phone } = samplePhone({ family: 'enterprise', productId: 'CP-8841-K9', vid: 'V05' });
    const fields = Object.fromEntries(fieldNames.map((name) => [name, { ...phone, mac, address }[name]]));
    return { ...fields, lastSeenAt: '2026-11-01' } as unknown as RememberedPhone;
  };
  const remembered = [
    seen('00CCFC000001', '10.0.0.1'),
    seen('00CCFC000002', '10.0.0.2'),
    seen('00CCFC000003', '10.0.0.2'),
  ];

  it('are known by what earlier runs have read of their MAC, or else of their address', () => {
    const phones = listedPhones(
      [
        { address: null, hint: { mac: '00CCFC000001' } },
        { address: '10.0.0.1', hint: {} },
      ],
      remembered,
    );
    for (const phone of phones)
      expect(phone).toMatchObject({
        mac: '00CCFC000001',
        address: '10.0.0.1',
        productId: 'CP-8841-K9',
        vid: 'V05',
        vidSource: 'udi',
      });
  });

  it('are not known by an address at which two were seen', () => {
    expect(listedPhones([{ address: '10.0.0.2', hint: {} }], remembered)).toMatchObject([
      { mac: null, productId: null, family: null, unread: 'no run of this store has read it' },
    ]);
  });

  it('are as the list says where no run has read them', () => {
    const hint = { mac: '00CCFC0000FF', model: 'CP-7841-K9=', vid: '4', serial: 'FCH1' };
    expect(listedPhones([{ address: null, hint }], remembered)).toMatchObject([
      {
        mac: '00CCFC0000FF',
        productId: 'CP-7841-K9=',
        model: '7841',
        vid: 'V04',
        vidSource: 'inventory',
        serial: 'FCH1',
        family: null,
      },
    ]);
    // A model alone is no PID.
    expect(listedPhones([{ address: null, hint: { ...hint, model: 'Cisco 7841' } }], [])).toMatchObject([
      { productId: null, model: '7841' },
    ]);
  });

  it.each<[string, KnownPhone['hint'], RegExp | undefined]>([
    ['all fits', { mac: '00CCFC000001', model: 'Cisco 8841', vid: '5' }, undefined],
    ['the list names no MAC', {}, /names an address and no MAC/],
    ['another model', { mac: '00CCFC000001', model: 'CP-8851' }, /says that it is a 8851, and it showed 8841/],
    ['another VID', { mac: '00CCFC000001', vid: 'V04' }, /says VID V04, and it showed V05/],
    ['another serial number', { mac: '00CCFC000001', serial: 'XYZ' }, /another serial number/],
  ])('doubt: %s', (_, hint, expected) => {
    const [phone] = listedPhones([{ address: '10.0.0.1', hint }], remembered);
    expect(phone?.mac).toBe('00CCFC000001');
    if (expected === undefined) expect(phone).not.toHaveProperty('doubt');
    else expect(phone?.doubt).toMatch(expected);
  });
});
