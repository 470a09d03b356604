import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import type { LicensePhone } from '../../../src/domain/licenses/need.js';
import { planLicenses, type LicensePlan } from '../../../src/domain/licenses/plan.js';
import type { Direction } from '../../../src/domain/phone/models.js';

const models = loadModels();
let last = 0;

/** A Multiplatform 8841 that may not return without a license; a test changes what it is about. */
function phone(change: Partial<LicensePhone> = {}): LicensePhone {
  last += 1;
  return {
    address: `10.0.0.${last}`,
    mac: (0x00ccfc000000 + last).toString(16).toUpperCase().padStart(12, '0'),
    family: 'multiplatform',
    model: '8841',
    productId: 'CP-8841-3PCC',
    vid: null,
    vidSource: null,
    serial: 'FCH2012ABCD',
    softwareVersion: 'sip88xx.12-0-3MPP0001-87',
    hardwareVersion: 'V03',
    transitionAuthorizationType: '',
    returnWithoutLicense: 'no',
    unread: null,
    ...change,
  };
}

function enterprise(change: Partial<LicensePhone> = {}): LicensePhone {
  return phone({
    ...{ family: 'enterprise', productId: 'CP-8841-K9', vid: 'V05', vidSource: 'udi', returnWithoutLicense: 'unknown' },
    ...{ softwareVersion: 'sip88xx.14-2-1-0101-26', transitionAuthorizationType: null },
    ...change,
  });
}

function plan(
  phones: LicensePhone[],
  direction: Direction,
  held: string[] = [],
  seen: { mac: string; address: string }[] = [],
): LicensePlan {
  return planLicenses(phones, { run: 'r' }, direction, { held: new Set(held), seen }, models);
}

function states({ phones }: LicensePlan): string[] {
  return phones.map(({ state }) => state);
}

describe('a license plan', () => {
  it('counts by order number, each with its support: what is needed is held or to be ordered', () => {
    const [first, second] = [phone(), phone()];
    const small = phone({ model: '7841', productId: 'CP-7841-3PCC' });
    const { orders } = plan([first, second, small], 'm2e', [first.mac ?? '']);
    expect(orders).toEqual([
      { sku: 'L-CP-M2E-88XX-CNV=', supportSku: 'CON-SW-LCPM2E8C', needed: 2, held: 1, toOrder: 1 },
      { sku: 'L-CP-M2E-78XX-CNV=', supportSku: 'CON-SW-LCPM2E7X', needed: 1, held: 0, toOrder: 1 },
    ]);
    const there = plan([enterprise(), enterprise({ model: '7832', productId: 'CP-7832-K9' })], 'e2m');
    expect(there.orders.map(({ sku, supportSku }) => [sku, supportSku])).toEqual([
      ['L-CP-E2M-88XX-CNV=', 'CON-SW-LCPE2M8V'],
      ['L-CP-E2M-78XX-CNV=', 'CON-SW-LCPE2M7N'],
    ]);
  });

  it('needs none for a phone that may return without (G10), and one where its firmware does not tell', () => {
    const result = plan(
      [
        phone({ returnWithoutLicense: 'yes' }),
        phone({ returnWithoutLicense: 'no' }),
        phone({ returnWithoutLicense: 'unknown' }),
      ],
      'm2e',
    );
    expect(states(result)).toEqual(['not-needed', 'needed', 'needed']);
    expect(result).toMatchObject({ notNeeded: 1, untold: 1 });
  });

  it('needs one for a phone that must step up first all the same', () => {
    expect(states(plan([phone({ softwareVersion: 'sip88xx.11-0-1MPP-376' })], 'm2e'))).toEqual(['needed']);
    expect(states(plan([enterprise({ softwareVersion: 'sip88xx.11-5-1-18' })], 'e2m'))).toEqual(['needed']);
  });

  it('does not count phones of the other family', () => {
    expect(plan([phone(), enterprise()], 'e2m')).toMatchObject({
      phones: [{ state: 'needed' }],
      left: { otherFamily: 1 },
    });
    expect(plan([phone(), enterprise()], 'm2e')).toMatchObject({
      phones: [{ state: 'needed' }],
      left: { otherFamily: 1 },
    });
    // The only transition loads that are known lead to Multiplatform.
    const moving = phone({ family: 'transition', vid: 'V05', vidSource: 'udi' });
    expect(plan([moving], 'e2m').phones).toHaveLength(1);
    expect(plan([moving], 'm2e').phones).toHaveLength(0);
  });

  it('does not count phones that never move: by their model, or their hardware', () => {
    const result = plan(
      [
        enterprise({ model: '8821', productId: 'CP-8821-K9' }),
        enterprise({ model: '7821', productId: 'CP-7821-K9', vid: 'V02' }),
        enterprise({ model: '7821', productId: 'CP-7821-K9', vid: 'V03' }),
      ],
      'e2m',
    );
    expect(result.left.neverMove.map(({ reason }) => reason)).toEqual([
      'The 8821 never moves between the firmware families. (G2)',
      expect.stringMatching(/7821 may move as V03 to V24; this one is VID V02/),
    ]);
    expect(states(result)).toEqual(['needed']);
  });

  it('says what is missing to order (G3): MAC and PID, and the VID towards Multiplatform', () => {
    const unread = {
      family: null,
      mac: null,
      productId: null,
      model: null,
      vid: null,
      unread: 'No response.',
    } as const;
    const [toMpp, back] = [enterprise({ vid: null, vidSource: null }), phone(unread)];
    expect(plan([toMpp], 'e2m').missing).toEqual([
      { address: toMpp.address, mac: toMpp.mac, missing: ['vid'], unread: null },
    ]);
    expect(plan([back], 'm2e').missing).toMatchObject([
      { mac: null, missing: ['mac', 'productId'], unread: 'No response.' },
    ]);
    expect(plan([phone(unread)], 'e2m').missing).toMatchObject([{ missing: ['mac', 'productId', 'vid'] }]);
    expect(plan([phone(unread)], 'e2m')).toMatchObject({ familyUnknown: 1, orders: [] });
  });

  it('takes what a Multiplatform page calls its hardware version for no VID', () => {
    const result = plan([enterprise({ vid: 'V05', vidSource: 'hardware-version' })], 'e2m');
    expect(result.missing).toMatchObject([{ missing: ['vid'] }]);
  });

  it('takes a product name with 3PCC for Multiplatform firmware where the firmware is not known', () => {
    const listed = phone({ family: null, productId: 'CP-8841-3PCC-K9' });
    expect(plan([listed], 'e2m').left.otherFamily).toBe(1);
    expect(plan([listed], 'm2e')).toMatchObject({ phones: [{ state: 'needed' }], familyUnknown: 0 });
  });

  it('counts a license that is held, whatever else is missing', () => {
    const one = enterprise({ vid: null, vidSource: null });
    expect(plan([one], 'e2m', [one.mac ?? ''])).toMatchObject({
      phones: [{ state: 'held' }],
      missing: [],
      orders: [{ needed: 1, held: 1, toOrder: 0 }],
    });
  });

  it("says whose license a replaced phone cannot use: its predecessor's does not count", () => {
    const one = phone();
    const before = { mac: '00CCFCFFFFFF', address: one.address ?? '' };
    const result = plan([one], 'm2e', [before.mac], [before, { mac: one.mac ?? '', address: one.address ?? '' }]);
    expect(result.phones).toMatchObject([{ state: 'needed', replaces: before.mac }]);
    expect(result.orders).toMatchObject([{ needed: 1, held: 0, toOrder: 1 }]);
    // Without a license, or still in the fleet, it is no predecessor.
    expect(plan([one], 'm2e', [], [before]).phones[0]?.replaces).toBeNull();
    const both = plan([one, phone({ mac: before.mac })], 'm2e', [before.mac], [before]);
    expect(both.phones.map(({ replaces }) => replaces)).toEqual([null, null]);
  });

  it('counts a phone that answers at two addresses once', () => {
    const one = phone();
    expect(plan([one, { ...one, address: '10.0.1.1' }], 'm2e').phones).toHaveLength(1);
  });

  it('adds up, whatever is known of the phones', () => {
    const any = fc.record({
      family: fc.constantFrom('enterprise', 'multiplatform', 'transition', null),
      model: fc.constantFrom('8841', '7821', '7832', '8865', '8821', '7975', null),
      productId: fc.constantFrom('CP-8841-K9', 'CP-8841-3PCC', 'CP-7821-K9=', 'what', '', null),
      vid: fc.constantFrom('V01', 'V05', 'V99', '5', null),
      vidSource: fc.constantFrom('udi', 'inventory', 'hardware-version', null),
      returnWithoutLicense: fc.constantFrom('yes', 'no', 'unknown'),
      mac: fc.constantFrom('00CCFC0000A1', '00CCFC0000A2', '00CCFC0000A3', null),
    } as const);
    fc.assert(
      fc.property(
        fc.array(any),
        fc.constantFrom('e2m', 'm2e'),
        fc.subarray(['00CCFC0000A1', '00CCFC0000A2']),
        (list, direction, held) => {
          const { orders, phones, missing, notNeeded } = plan(
            list.map((one) => phone(one)),
            direction,
            held,
          );
          const count = (state: string): number => phones.filter((one) => one.state === state).length;
          for (const { needed, held: has, toOrder } of orders) expect(needed).toBe(has + toOrder);
          expect(orders.reduce((sum, { toOrder }) => sum + toOrder, 0)).toBe(count('needed'));
          expect(missing).toHaveLength(count('unknown'));
          expect(notNeeded).toBe(count('not-needed'));
        },
      ),
    );
  });
});
