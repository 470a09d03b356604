import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namesSameLicense, readLicenseName, usualLicenseName } from '../../../src/serve/names/license-name.js';

const mac = '00CCFC123456';

describe('the name of a license', () => {
  it.each([
    ['00CCFC123456.lic', null],
    ['00ccfc123456.LIC', null],
    ['00-CC-FC-12-34-56.lic', null],
    ['00:cc:fc:12:34:56.lic', null],
    ['00cc.fc12.3456.lic', null],
    ['SEP00CCFC123456.lic', null],
    ['00CCFC123456_M2E.lic', 'm2e'],
    ['00ccfc123456_m2e.lic', 'm2e'],
    ['00CCFC123456-E2M.lic', 'e2m'],
    ['00_CC_FC_12_34_56_E2M.lic', 'e2m'],
  ] as const)('%s: the MAC, and direction %s', (name, direction) => {
    expect(readLicenseName(name)).toEqual({ mac, direction });
  });

  // A word that is not known may mean anything, also another phone or another direction.
  it.each([
    '00CCFC123456.loads',
    '00CCFC12345.lic',
    '00CCFC1234567.lic',
    '00CCFC123456_old.lic',
    '00CCFC123456_M2E_E2M.lic',
    '000000000000.lic',
    'all.lic',
    '.lic',
    '',
  ])('%j is none', (name) => {
    expect(readLicenseName(name)).toBeNull();
  });

  it('in whatever spelling is the same license as the usual name, and no other direction', () => {
    const pairs = fc.array(fc.stringMatching(/^[0-9a-fA-F]{2}$/), { minLength: 6, maxLength: 6 });
    const separator = fc.constantFrom('', '-', ':', '.', '_', ' ');
    const direction = fc.constantFrom(null, 'e2m', 'm2e');
    fc.assert(
      fc.property(pairs, separator, direction, (digits, between, way) => {
        const name = readLicenseName(`${digits.join(between)}${way === null ? '' : `_${way}`}.lic`);
        fc.pre(name !== null);
        const usual = readLicenseName(usualLicenseName(name));
        expect(usual).toEqual({ mac: digits.join('').toUpperCase(), direction: way });
        for (const other of [null, 'e2m', 'm2e'] as const)
          expect(namesSameLicense(name, { ...name, direction: other })).toBe(other === way);
      }),
    );
  });
});
