import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  atLeast,
  compareVersions,
  type FirmwareVersion,
  formatVersion,
  parseVersion,
} from '../../../src/domain/firmware/version.js';
import { anyText } from '../../support/any-text.js';

/** A version as `12.0(3)SR1 build 92`, short for comparing in a table. */
function read(text: string): string | null {
  const version = parseVersion(text);
  return version && `${formatVersion(version)}${version.build === 0 ? '' : ` build ${version.build}`}`;
}

describe('a firmware version', () => {
  it.each([
    // Multiplatform, before and after the zero-padded form of 11.3(2)
    ['11-0-1MPP-376', '11.0(1) build 376'],
    ['sip88xx.11-2-3MPP-398', '11.2(3) build 398'],
    ['sip88xx.11-2-3MPP-398.loads', '11.2(3) build 398'],
    ['sip88xx.11-3-2MPP0001-609', '11.3(2) build 609'],
    ['sip7832.11-3-2MPP0001-609', '11.3(2) build 609'],
    ['sip88xx.12-0-3MPP0001-87', '12.0(3) build 87'],
    ['12-0-3MPP0101-92', '12.0(3)SR1 build 92'],
    ['sip88xx.12-0-7MPP0501-123', '12.0(7)SR5 build 123'],
    ['sip78xx.11-0-1MPP', '11.0(1)'],
    ['12-0-3MPP0101', '12.0(3)SR1'],
    ['12-0-7MPPSR2-10', '12.0(7)SR2 build 10'],
    ['sip88xx.11-2-3MSR1-1', '11.2(3)SR1 build 1'],
    ['11-1-1MSR2-1', '11.1(1)SR2 build 1'],
    ['sip88xx.11-0-1MPP-7dev', '11.0(1) build 7'],
    ['sip8832.11-3-7MPP0001.272', '11.3(7) build 272'],
    ['sip8845_65.12.0.1MPP0001.245', '12.0(1) build 245'],
    ['sip8845_65.12.0.1MPP0001.245.loads', '12.0(1) build 245'],
    // Enterprise
    ['14.2.1.0101.26', '14.2(1)SR1 build 26'],
    ['sip8831.10-3-1SR4b-1', '10.3(1)SR4 build 1'],
    ['14-2-1-0101-26', '14.2(1)SR1 build 26'],
    ['sip8845_65.14-2-1-0101-26.loads', '14.2(1)SR1 build 26'],
    ['sip8845_65.14-3-1-0201-246', '14.3(1)SR2 build 246'],
    ['sip88xx.12-5-1SR1-4.loads', '12.5(1)SR1 build 4'],
    ['sip88xx.12-0-1-8', '12.0(1) build 8'],
    ['sip88xx.12-0-1MN-113', '12.0(1) build 113'],
    ['14-1-1MN-366', '14.1(1) build 366'],
    ['jar45sccp.9-4-2SR4-3', '9.4(2)SR4 build 3'],
    ['12-8-1ES2-4', '12.8(1) build 4'],
    ['12-8-1SR1ES2-4', '12.8(1)SR1 build 4'],
    // Transition loads
    ['sip88xx.TLexE2M-11-2-3C-12', '11.2(3) build 12'],
    // As people and documents write it
    ['12.0.3SR1', '12.0(3)SR1'],
    ['12.0.3', '12.0(3)'],
    ['12.0(3)', '12.0(3)'],
    ['12.0(3)SR1', '12.0(3)SR1'],
    ['12.5(1)SR3', '12.5(1)SR3'],
    ['11.3.7SR1', '11.3(7)SR1'],
    [' 12.0(3)sr1 ', '12.0(3)SR1'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['14-0-1MN-1036', 'sip88xx.14-0-1MN-1036', 'sip88xx.14-0-1-1036'])(
    '%s has the build 1036 and no service release: four digits alone are a build',
    (text) => {
      expect(read(text)).toBe('14.0(1) build 1036');
    },
  );

  it.each([
    '',
    '12',
    '12.0',
    '12-0-',
    '8.1(2.0)',
    'P00308010200',
    'SCCP 1.2.2.6',
    '0x0005 0x0000',
    'V03',
    '12.0(3',
    '12.0(3)\nSR1',
    'MPP',
  ])('%j is none', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  it('is written as the documents do', () => {
    expect(formatVersion({ major: 12, minor: 0, maintenance: 3, sr: 0, build: 87 })).toBe('12.0(3)');
    expect(formatVersion({ major: 14, minor: 2, maintenance: 1, sr: 1, build: 26 })).toBe('14.2(1)SR1');
  });
});

describe('the order of firmware versions', () => {
  const ascending = [
    'sip78xx.10-3-1-12',
    '11-0-1MPP-376',
    'sip88xx.11-2-3MPP-398',
    '11-3-2MPP0001-609',
    '11.3(3)',
    '11-3-3MPP0001-1',
    '11.3(5)',
    '11.3.7',
    '11.3.7SR1',
    '12.0(1)',
    '12.0(3)',
    '12-0-3MPP0001-87',
    '12.0.3SR1',
    '12-0-3MPP0101-92',
    '12-0-7MPP0201-5',
    '12-0-7MPP0501-123',
    '12.5(1)',
    '12-5-1SR1-4',
    '14-0-1MN-1036',
    '14-1-1MN-366',
    '14.2(1)',
    '14.2(1)SR1',
    '14-2-1-0101-26',
    'sip8845_65.14-3-1-0201-246',
  ];

  it('is that of the releases', () => {
    const versions = ascending.map((text) => parseVersion(text) as FirmwareVersion);
    const shuffled = [...versions].reverse().sort(compareVersions);
    expect(shuffled).toEqual(versions);
    for (const [index, version] of versions.entries()) {
      expect(versions.map((other) => Math.sign(compareVersions(version, other)))).toEqual(
        versions.map((_, at) => Math.sign(index - at)),
      );
    }
  });

  it('takes a minimum without a build as reached by every build of it', () => {
    const minimum = parseVersion('12.0(3)') as FirmwareVersion;
    expect(atLeast(parseVersion('12-0-3MPP0001-87') as FirmwareVersion, minimum)).toBe(true);
    expect(atLeast(minimum, minimum)).toBe(true);
    expect(atLeast(parseVersion('12-0-2MPP0501-999') as FirmwareVersion, minimum)).toBe(false);
  });

  const versions = fc.record({
    major: fc.nat(20),
    minor: fc.nat(9),
    maintenance: fc.nat(9),
    sr: fc.nat(5),
    build: fc.nat(1200),
  });

  it('is total: antisymmetric, transitive, and equal only for equals', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        const [low, middle, high] = [a, b, c].sort(compareVersions) as [
          FirmwareVersion,
          FirmwareVersion,
          FirmwareVersion,
        ];
        expect(compareVersions(low, middle)).toBeLessThanOrEqual(0);
        expect(compareVersions(middle, high)).toBeLessThanOrEqual(0);
        expect(compareVersions(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('survives writing and reading, but for the build', () => {
    fc.assert(
      fc.property(versions, (version) => {
        expect(parseVersion(formatVersion(version))).toEqual({ ...version, build: 0 });
      }),
    );
  });

  it('is the same in every spelling of a version', () => {
    fc.assert(
      fc.property(versions, fc.constantFrom('sip78xx.', 'sip8845_65.', ''), (version, front) => {
        const { major, minor, maintenance, sr, build } = version;
        const numbers = `${major}-${minor}-${maintenance}`;
        const padded = `${String(sr).padStart(2, '0')}01-${build}`;
        const spellings = [
          `${numbers}MPP${padded}`,
          `${numbers}-${padded}`,
          `${numbers}${sr > 0 ? `SR${sr}` : ''}-${build}`,
        ];
        for (const spelling of spellings) expect(parseVersion(`${front}${spelling}.loads`)).toEqual(version);
      }),
    );
  });
});

describe('reading whatever a phone shows', () => {
  it('never throws', () => {
    const pieces = fc.constantFrom(
      'sip88xx',
      '.',
      '-',
      '12',
      '0',
      '3',
      '(',
      ')',
      'MPP',
      'SR',
      '0101',
      'TLexE2M',
      '.loads',
      ' ',
      '\n',
      '\u0000',
      'Ⅻ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          const version = parseVersion(text);
          if (version) expect(Object.values(version).every(Number.isSafeInteger)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer than the text is long: doubling it never squares the work', () => {
    const hostile = ['a', 'A-', '1-', '12-0-3MPP', '12-0-3' + 'A', '.loads', ' ', '0'];
    const million = hostile.map((piece) => piece.repeat(Math.ceil(1_000_000 / piece.length)));
    const began = performance.now();
    for (const text of million) expect(parseVersion(`${text}x`)).toBeNull();
    // A quadratic expression would need hours for a million characters; a linear one needs milliseconds.
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
