import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { directionIn, isLicenseName, parseLicenseName } from '../../../src/domain/licenses/file-name.js';

const models = loadModels();

describe('the name of a license file', () => {
  it.each([
    ['00CCFC123456.lic', ''],
    ['00ccfc123456.lic', ''],
    ['00CCFC123456.LIC', ''],
    ['00:CC:FC:12:34:56.lic', ''],
    ['00-CC-FC-12-34-56.lic', ''],
    ['00_CC_FC_12_34_56.lic', ''],
    ['00CC.FC12.3456.lic', ''],
    ['SEP00CCFC123456.lic', ''],
    ['00CCFC123456_M2E.lic', '_M2E'],
    ['00ccfc123456-e2m.lic', '-e2m'],
    ['00CCFC123456 (1).lic', ''],
    ['00CCFC123456_M2E (2).lic', '_M2E'],
  ])('%s has a MAC', (name, behind) => {
    expect(parseLicenseName(name)).toEqual({ mac: '00CCFC123456', behind });
  });

  it.each([
    'readme.lic',
    '00CCFC12345.lic',
    '00CCFC1234567.lic',
    '00CCFC123456M.lic',
    '00CCFC123456',
    '000000000000.lic',
  ])('%s has none', (name) => {
    expect(parseLicenseName(name)).toBeNull();
  });

  it('is read from any MAC in any spelling, and never throws', () => {
    const mac = fc.stringMatching(/^[0-9a-f]{12}$/).filter((digits) => !/^(?:0+|f+)$/.test(digits));
    const spelled = fc.tuple(mac, fc.constantFrom('', ':', '-', '_'), fc.boolean()).map(([digits, sign, isUpper]) => {
      const text = (digits.match(/../g) ?? []).join(sign);
      return [digits.toUpperCase(), isUpper ? text.toUpperCase() : text] as const;
    });
    fc.assert(
      fc.property(spelled, fc.constantFrom('', '_M2E', '_e2m'), ([digits, text], behind) => {
        expect(parseLicenseName(`${text}${behind}.lic`)).toEqual({ mac: digits, behind });
      }),
    );
    fc.assert(fc.property(fc.string(), (name) => void parseLicenseName(name)));
  });

  it('says that it is a license by its ending', () => {
    expect(['a.lic', 'a.LIC', 'a.lic.txt', 'lic'].map(isLicenseName)).toEqual([true, true, false, false]);
  });
});

describe('the direction that a name says', () => {
  it.each([
    ['Ent-2-Mpp-licenses', 'e2m'],
    ['MPP-2-ENT-licenses', 'm2e'],
    ['_M2E', 'm2e'],
    ['E2M', 'e2m'],
    ['Enterprise to Multiplatform', 'e2m'],
    ['L-CP-M2E-88XX-CNV=', 'm2e'],
    ['licenses', null],
    ['CAFE2M00', null],
    ['E2M and M2E', null],
  ] as const)('%s: %s', (text, direction) => {
    expect(directionIn(text, models)).toBe(direction);
  });
});
