import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { allowList, type Conversion } from '../../../src/domain/conversion/allow-list.js';
import type { LicensePhone } from '../../../src/domain/licenses/need.js';
import { licensePhone } from './support.js';

const models = loadModels();

const loads = {
  sip78xx: 'sip78xx.12-0-3MPP0001-87',
  sip88xx: 'sip88xx.12-0-3MPP0001-87',
  sip8832: 'sip8832.12-0-3MPP0101-92',
};

function decided(phones: readonly LicensePhone[], conversion: Conversion = { loads }): string {
  const { allowed, refused, withoutMac } = allowList(phones, conversion, models);
  const given = [...allowed.values()].map(({ load }) => load);
  const not = [...refused.values(), ...withoutMac].map(({ kind, why }) => `${kind}: ${why}`);
  return [...given, ...not].join('\n');
}

describe('which Enterprise phones may be given a load', () => {
  it.each<[string, Partial<LicensePhone>, string | RegExp]>([
    ['all is known and new enough', {}, loads.sip88xx],
    ['a newer one', { softwareVersion: 'sip88xx.14-3-1-0201-246' }, loads.sip88xx],
    [
      'another family of loads',
      { model: '7841', productId: 'CP-7841', softwareVersion: 'sip78xx.14-2-1-0101-26' },
      loads.sip78xx,
    ],
    ['a model by its product ID alone', { model: null }, loads.sip88xx],
    ['a VID that a list says', { vidSource: 'inventory' }, loads.sip88xx],
    ['no MAC', { mac: null }, 'no-mac: its MAC is not known'],
    ['never read', { unread: 'no run of this store has read it', family: null }, /^unread: it was not read \(no run/],
    ['no firmware family', { family: null }, 'unread: its firmware is not known'],
    ['a doubt', { doubt: 'the list says that it is a 8851, and it showed 8841' }, /^doubtful: the list says/],
    ['it has moved', { family: 'multiplatform' }, 'moved: it runs Multiplatform firmware'],
    ['it is on its way', { family: 'transition' }, 'moved: it runs a transition load'],
    ['a model that never moves', { model: '8821', productId: 'CP-8821' }, /^ineligible: .*never moves.*\(G2\)$/],
    ['a model of no list', { model: '9971', productId: 'CP-9971' }, /^ineligible: .*\(G2\)$/],
    [
      'hardware that may not',
      { model: '7841', productId: 'CP-7841', vid: 'V03' },
      /^ineligible: 7841 may move as V04 or later; this one is VID V03/,
    ],
    ['no VID', { vid: null, vidSource: null }, /^unknown: The hardware version \(VID\) is not shown/],
    [
      'a VID that is only a page’s hardware version',
      { vidSource: 'hardware-version' },
      /^unknown: The hardware version/,
    ],
    ['no firmware version', { softwareVersion: null }, /^unknown: The firmware version/],
    ['a firmware version that nobody can read', { softwareVersion: 'newest' }, /^unknown: The firmware version/],
    // From 14.1 there is a direct way; the guide recommends 14.2(1)SR1: the stricter one counts.
    [
      '14.1',
      { softwareVersion: 'sip88xx.14-1-1-0001-136' },
      /^old-firmware: It runs 14\.1\(1\).*14\.2\(1\)SR1 is recommended/,
    ],
    ['12.5(1)', { softwareVersion: 'sip88xx.12-5-1SR1-4' }, /^old-firmware: /],
    ['older than any way', { softwareVersion: 'sip88xx.12-0-1-8' }, /^old-firmware: .*12\.5\(1\) is required/],
    [
      'no load for its family',
      { model: '8865', productId: 'CP-8865' },
      'no-load: the profile names no load for sip8845_65',
    ],
  ])('%s', (_, phone, expected) => {
    const decision = decided([licensePhone(phone)]);
    if (typeof expected === 'string') expect(decision).toBe(expected);
    else expect(decision).toMatch(expected);
  });

  it.each([
    [
      'firmware of the other family',
      { sip88xx: 'sip88xx.14-2-1-0101-26' },
      /^no-load: .* is not known to be Multiplatform/,
    ],
    ['a name of no known form', { sip88xx: 'sip88xx.newest' }, /^no-load: .* is not known to be Multiplatform/],
    ['a transition load', { sip88xx: 'sip88xx.TLexE2M-11-2-3C-12' }, /^no-load: .* is not known to be Multiplatform/],
    ['a load of other phones', { sip88xx: 'sip78xx.12-0-3MPP0001-87' }, /^no-load: .* is for phones of sip78xx/],
    [
      'a load below the least',
      { sip88xx: 'sip88xx.11-3-5MPP0001-1' },
      /^no-load: .* is below 12\.0\(3\), the least to move to \(G5\)/,
    ],
  ])('none for a profile with %s', (_, wrong, expected) => {
    expect(decided([licensePhone({})], { loads: wrong })).toMatch(expected);
  });

  it('the 8832 has a least of its own', () => {
    const phone = licensePhone({ model: '8832', productId: 'CP-8832', softwareVersion: 'sip8832.14-2-1-0101-26' });
    expect(decided([phone])).toBe(loads.sip8832);
    expect(decided([phone], { loads: { sip8832: 'sip8832.12-0-3MPP0001-87' } })).toMatch(/^no-load: .*12\.0\(3\)SR1/);
  });

  it('none that its hardware cannot run', () => {
    const strict = {
      ...models,
      hardwareFloors: models.hardwareFloors.map((floor) => ({ ...floor, version: { ...floor.version, major: 13 } })),
    };
    const { allowed, refused } = allowList([licensePhone({ vid: 'V15' })], { loads }, strict);
    expect([allowed.size, [...refused.values()][0]]).toEqual([
      0,
      expect.objectContaining({
        kind: 'no-load',
        why: expect.stringMatching(/of VID V15 .*can run no Multiplatform.*\(G2\)/),
      }),
    ]);
  });

  it('minimums of a profile that are stricter count', () => {
    const minimums = { absolute: null, recommended: { major: 14, minor: 3, maintenance: 1, sr: 0, build: 0 } };
    expect(decided([licensePhone({})], { loads, minimums })).toMatch(/^old-firmware: .*14\.3\(1\)/);
  });

  it('a phone that is there twice only if both agree', () => {
    const one = licensePhone({});
    expect(decided([one, { ...one, address: '10.0.0.9' }])).toBe(loads.sip88xx);
    expect(decided([one, { ...one, model: '8851' }])).toBe('doubtful: it is there twice, as 8841 and as 8851');
    expect(decided([one, { ...one, family: 'multiplatform' }])).toMatch(/^moved/);
  });

  it('warnings go with it', () => {
    const { allowed } = allowList([licensePhone({ vid: 'V05' })], { loads }, models);
    expect([...allowed.values()][0]?.warnings).toEqual([expect.objectContaining({ rule: 'FN74296' })]);
  });
});
