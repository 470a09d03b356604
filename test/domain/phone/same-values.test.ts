import { describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { showsTheSame } from '../../../src/domain/phone/same-values.js';
import { emptySettings, mpp } from '../../fleet/support/fleet.js';

describe('two readings of a phone show the same', () => {
  const facts = mpp({ settings: emptySettings });

  it('also where it says something else of its upgrade or a call, which the files are not compared with', () => {
    expect(showsTheSame(facts, { ...facts, upgradeStatus: 'Upgrading', busy: true })).toBe(true);
  });

  it.each<[string, Partial<PhoneFacts>]>([
    ['MAC', { mac: '00CCFC654321' }],
    ['product name', { productId: 'CP-8851-3PCC' }],
    ['software version', { softwareVersion: 'sip88xx.12-0-4MPP0001-90' }],
    ['hardware version', { hardwareVersion: '99' }],
    ['serial number', { serial: 'FCH9999ZZZZ' }],
    ['Transition Authorization Type', { transitionAuthorizationType: 'WxC' }],
    ['upgrade rule', { settings: { ...emptySettings, upgradeRule: 'tftp://x/y.loads' } }],
    ['authorization rule', { settings: { ...emptySettings, authorizationRule: 'tftp://x/y.lic' } }],
    ['authorization type', { settings: { ...emptySettings, authorizationType: 'WxC' } }],
    ['settings at all', { settings: null }],
  ])('but not with another %s', (_, other) => {
    expect(showsTheSame(facts, { ...facts, ...other })).toBe(false);
  });
});
