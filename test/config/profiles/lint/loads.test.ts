import { describe, expect, it } from '@jest/globals';
import { complaints, convert, upgrade } from './made-up-profiles.js';

describe('loads', () => {
  const withLoad = (name: string, key = 'sip88xx') => ({ ...convert, loads: { ...convert.loads, [key]: name } });
  const withStepUp = (name: string, key = 'sip88xx') => ({
    ...convert,
    stepUpLoads: { ...convert.stepUpLoads, [key]: name },
  });

  const cases: [object, string][] = [
    [withLoad('newest'), 'error loads.sip88xx: expected a load name such as sip88xx.14-2-1-0101-26, found "newest".'],
    [
      withLoad('firmware/sip88xx.14-2-1-0101-26'),
      'error loads.sip88xx: expected a load name such as sip88xx.14-2-1-0101-26, found "firmware/sip88xx.14-2-1-0101-26".',
    ],
    [
      withLoad('sip78xx.14-2-1-0101-26'),
      'error loads.sip88xx: expected a load of sip88xx, found one of sip78xx (sip78xx.14-2-1-0101-26).',
    ],
    [
      withLoad('sip88xx.12-0-3MPP0001-87'),
      'error loads.sip88xx: expected enterprise firmware, found multiplatform firmware (sip88xx.12-0-3MPP0001-87).',
    ],
    [
      withLoad('sip88xx.TLexE2M-11-2-3C-12'),
      'error loads.sip88xx: expected enterprise firmware, found transition firmware (sip88xx.TLexE2M-11-2-3C-12).',
    ],
    [
      withLoad('sip88xx.11-2-3MSR1-1'),
      'error loads.sip88xx: expected enterprise firmware, found multiplatform firmware (sip88xx.11-2-3MSR1-1).',
    ],
    [
      withStepUp('sip78xx.11-1-1MSR2-1', 'sip78xx'),
      'error stepUpLoads.sip78xx: 11.1(1)SR2 is below 11.3(5), the absolute minimum for a move to Enterprise (M2E-1).',
    ],
    [
      withLoad('sip88xx.14-2-1XYZ-4'),
      'error loads.sip88xx: expected a load name such as sip88xx.14-2-1-0101-26, found "sip88xx.14-2-1XYZ-4".',
    ],
    [
      { ...upgrade, loads: { ...upgrade.loads, sip88xx: 'sip88xx.11-2-3MSR1-1' } },
      'warning loads.sip88xx: 8811, 8841, 8851, 8851NR, 8861 of hardware V15 or later cannot run firmware below 11.3(3) (G2) and will be blocked.',
    ],
    [
      { ...upgrade, loads: { ...upgrade.loads, sip8832: 'sip8832.12.0.1MPP0001.245' } },
      'warning loads.sip8832: 8832, 8832NR of hardware V08 or later cannot run firmware below 12.0(2) (FN72583) and will be blocked.',
    ],
    [
      withLoad('sip88xx.12-5-1SR1-4'),
      'warning loads.sip88xx: 8811, 8841, 8851, 8851NR, 8861 of hardware V15 or later cannot run firmware below 12.6(1) (FN70546) and will be blocked.',
    ],
    [
      withStepUp('sip88xx.14-2-1-0101-26'),
      'error stepUpLoads.sip88xx: expected multiplatform firmware, found enterprise firmware (sip88xx.14-2-1-0101-26).',
    ],
    [
      withStepUp('sip88xx.11-3-4MPP0001-1'),
      'error stepUpLoads.sip88xx: 11.3(4) is below 11.3(5), the absolute minimum for a move to Enterprise (M2E-1).',
    ],
    [
      withStepUp('sip88xx.12-0-2MPP0001-1'),
      'error stepUpLoads.sip88xx: 12.0(2) is below 12.0(3), the recommended minimum for a move to Enterprise (G5).',
    ],
    [
      withStepUp('sip8832.12-0-3MPP0001-87', 'sip8832'),
      'error stepUpLoads.sip8832: 12.0(3) is below 12.0(3)SR1, the absolute minimum for a move to Enterprise (G5).',
    ],
    [
      {
        ...convert,
        requires: { family: 'multiplatform', recommended: '14.0(1)' },
        stepUpLoads: { sip88xx: 'sip88xx.12-0-7MPP0501-123' },
      },
      'error stepUpLoads.sip88xx: 12.0(7)SR5 is below 14.0(1), the recommended minimum for a move to Enterprise (profile).',
    ],
    [
      withLoad('sip78xx.12-5-1SR1-4', 'sip78xx'),
      'warning loads.sip78xx: 7841 of hardware V18 or later cannot run firmware below 14.0(1) (RN1135) and will be blocked.',
    ],
    [
      { ...upgrade, loads: { ...upgrade.loads, sip88xx: 'sip88xx.11-2-3MPP-398' } },
      'warning loads.sip88xx: 8811, 8841, 8851, 8851NR, 8861 of hardware V15 or later cannot run firmware below 11.3(3) (G2) and will be blocked.',
    ],
    [
      { ...upgrade, loads: { ...upgrade.loads, sip88xx: 'sip88xx.12-0-2MPP0001-1' } },
      'warning loads.sip88xx: 12.0(2) is below 12.0(3), the recommended minimum for a move to Enterprise (G5).',
    ],
    [
      withLoad('sip68xx.11-3-1MPP0001-1', 'sip68xx'),
      'error loads.sip68xx: no model has the load family "sip68xx", did you mean "sip78xx"?',
    ],
    [
      withLoad('sipx.1-2-3', 'phones'),
      'error loads.phones: expected a load name such as sip88xx.14-2-1-0101-26, found "sipx.1-2-3".',
    ],
    [{ ...convert, loads: {} }, 'error loads: is missing, expected a load per load family.'],
    [{ ...upgrade, loads: undefined }, 'error loads: is missing, expected a load per load family.'],
  ];

  it.each(cases.map(([profile, expected]) => ({ profile, expected })))('$expected', ({ profile, expected }) => {
    expect(complaints(profile)).toContain(expected);
  });

  it('left out are fine, with a word for each load family', () => {
    const { sip88xx } = convert.loads;
    expect(complaints({ ...convert, loads: { sip88xx }, stepUpLoads: {} })).toEqual([
      ...['sip78xx', 'sip7832', 'sip8832', 'sip8845_65'].map(
        (family) => `warning loads: has no load for ${family}; such phones will be blocked.`,
      ),
      'warning stepUpLoads: has no load for sip88xx; such phones below the minimum will be blocked.',
    ]);
  });

  it('to step up to need one to go on to', () => {
    const { sip88xx: _sip88xx, ...loads } = convert.loads;
    expect(complaints({ ...convert, loads })).toContain(
      'error stepUpLoads.sip88xx: loads has no load for this load family to continue with.',
    );
  });
});
