import { describe, expect, it } from '@jest/globals';
import { inventoryDisagreements, isDisagreement } from '../../../src/domain/phone/inventory-disagreement.js';
import { enterprise, mac, mpp } from '../../fleet/support/fleet.js';

const source = 'phones.csv:7';

describe('where a list and a phone disagree', () => {
  it('both values are told, with where each is from', () => {
    const facts = enterprise({ vid: 'V04', serial: 'FCH2012ABCD' });
    expect(inventoryDisagreements(facts, { hint: { vid: 'V05', serial: 'FCH2012ABCE' }, source })).toEqual([
      {
        rule: 'INVENTORY-VID',
        text: "phones.csv:7 says hardware version V05, the phone's UDI (/DeviceInformationX) says V04: look at its label.",
      },
      {
        rule: 'INVENTORY-SERIAL',
        text: 'phones.csv:7 says serial number FCH2012ABCE, the phone (/DeviceInformationX) says FCH2012ABCD: the list, or the label, is of another phone.',
      },
    ]);
  });

  it('of a Multiplatform page it is said that its hardware version need not be the VID', () => {
    const [warning] = inventoryDisagreements(mpp({ vid: null, hardwareVersion: 'V31' }), {
      hint: { vid: 'V09' },
      source,
    });
    expect(warning?.text).toContain(
      "the phone's Hardware Version (/admin/advanced) says V31, which need not be the VID",
    );
    expect(warning !== undefined && isDisagreement(warning)).toBe(true);
  });

  it.each(['41', 'V15', '15'])(
    'a page that says %s is told to one who lists 4: floors count it, too',
    (hardwareVersion) => {
      const [warning] = inventoryDisagreements(mpp({ hardwareVersion }), { hint: { vid: '4' }, source });
      expect(warning?.text).toContain(
        `hardware version 4, the phone's Hardware Version (/admin/advanced) says ${hardwareVersion},`,
      );
    },
  );

  it.each([
    ['V04 as 04', enterprise({ vid: 'V04' }), { vid: '04' }],
    ['V04 as v4', enterprise({ vid: 'V04' }), { vid: 'v4' }],
    ['a serial number in lower case, with a blank', enterprise({ serial: 'FCH2012ABCD' }), { serial: ' fch2012abcd' }],
    ['what the phone does not show', enterprise({ vid: null, serial: null }), { vid: 'V05', serial: 'X' }],
    ['a page’s number without a V', mpp({ hardwareVersion: '04' }), { vid: 'V04' }],
    ['a hardware version that is no number', mpp({ hardwareVersion: '1.0.5' }), { vid: 'V09' }],
    ['what the list does not say', enterprise(), {}],
    ['a row of another phone, which is a mismatch as a whole', enterprise(), { mac: mac(9), vid: 'V99', serial: 'X' }],
  ])('%s is no disagreement', (_what, facts, hint) => {
    expect(inventoryDisagreements(facts, { hint, source })).toEqual([]);
  });
});
