import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { loadName, parseLoad, sameLoad } from '../../../src/domain/firmware/load.js';
import { anyText } from '../../support/any-text.js';

// The patterns that are shipped: code holds none of its own.
const patterns = loadModels().loadNames;

describe('a load name', () => {
  it.each([
    ['sip88xx.14-2-1-0101-26', 'sip88xx', 'enterprise'],
    ['sip78xx.14-1-1MN-366', 'sip78xx', 'enterprise'],
    ['sip88xx.12-5-1SR1-4', 'sip88xx', 'enterprise'],
    ['sip8845_65.14-3-1-0201-246', 'sip8845_65', 'enterprise'],
    ['sip78xx.11-0-1MPP-376', 'sip78xx', 'multiplatform'],
    ['sip8832.12-0-3MPP0101-92', 'sip8832', 'multiplatform'],
    ['sip7832.12-0-3MPP0001-87', 'sip7832', 'multiplatform'],
    ['sip68xx.11-3-1MPP0001-1', 'sip68xx', 'multiplatform'],
    ['sip88xx.11-2-3MSR1-1', 'sip88xx', 'multiplatform'],
    ['sip78xx.11-1-1MSR2-1', 'sip78xx', 'multiplatform'],
    ['sip7832.11-1-2MSR1-1', 'sip7832', 'multiplatform'],
    ['sip88xx.11-0-1MPP-7dev', 'sip88xx', 'multiplatform'],
    ['sip8832.11-3-7MPP0001.272', 'sip8832', 'multiplatform'],
    ['sip8845_65.12.0.1MPP0001.245', 'sip8845_65', 'multiplatform'],
    ['sip88xx.14.2.1.0101.26', 'sip88xx', 'enterprise'],
    ['sip88xx.14-0-1MN-1036', 'sip88xx', 'enterprise'],
    ['sip88xx.12-0-1-8', 'sip88xx', 'enterprise'],
    ['sip88xx.12-8-1SR1ES2-4', 'sip88xx', 'enterprise'],
    ['sip8831.10-3-1SR4b-1', 'sip8831', 'enterprise'],
    ['sip88xx.14-4-1-0301-6', 'sip88xx', 'enterprise'],
    ['sip88xx.TLexE2M-11-2-3C-12', 'sip88xx', 'transition'],
    ['sip8845_65.TLexE2M-11-2-3C-12', 'sip8845_65', 'transition'],
  ])('%s is for %s and %s firmware', (name, loadFamily, family) => {
    expect(parseLoad(name, patterns)).toMatchObject({ name, loadFamily, family });
  });

  it('is read with its version', () => {
    expect(parseLoad('sip8832.12-0-3MPP0101-92', patterns)?.version).toEqual({
      major: 12,
      minor: 0,
      maintenance: 3,
      sr: 1,
      build: 92,
    });
  });

  it.each([
    'sip88xx.14-2-1-0101-26.loads',
    'http://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads',
    'https://ucm.example.com:6970/a/b/sip88xx.14-2-1-0101-26.LOADS?again=2',
    'tftp://10.0.0.5/sip88xx.14-2-1-0101-26.loads#x',
    ' sip88xx.14-2-1-0101-26 ',
  ])('%j names the same load', (text) => {
    expect(parseLoad(text, patterns)?.name).toBe('sip88xx.14-2-1-0101-26');
    expect(sameLoad(text, 'SIP88XX.14-2-1-0101-26')).toBe(true);
  });

  it.each([
    '',
    'sip88xx',
    '14-2-1-0101-26',
    '.14-2-1-0101-26',
    'sip88xx.',
    'rootfs8845_65.14-3-1-0201-246',
    'sip88xx.MPP',
    'P00308010200',
    'sip88xx.term.loads',
    // Of no known form: which family it is for is not known.
    'sip88xx.14-2-1XYZ-4',
    'sip88xx.11-2-3M-1',
  ])('%j is none', (text) => {
    expect(parseLoad(text, patterns)).toBeNull();
  });

  it('needs a pattern that says its family', () => {
    expect(parseLoad('sip88xx.14-2-1-0101-26', [])).toBeNull();
  });

  it('is the same with dots for dashes', () => {
    expect(sameLoad('sip8832.11-3-7MPP0001.272', 'sip8832.11-3-7MPP0001-272.loads')).toBe(true);
    expect(sameLoad('sip8845_65.12.0.1MPP0001.245', 'sip8845_65.12-0-1MPP0001-245')).toBe(true);
    expect(sameLoad('sip88xx-12-0-1', 'sip88xx.12-0-1')).toBe(false);
  });

  it('differs by build', () => {
    expect(sameLoad('sip88xx.14-2-1-0101-26', 'sip88xx.14-2-1-0101-27')).toBe(false);
  });

  it('is bare after one reading, whatever the text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const load = parseLoad(text, patterns);
        if (load) expect(parseLoad(load.name, patterns)).toEqual(load);
        expect(loadName(text)).not.toMatch(/[/?#]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is read in time that grows with its length only', () => {
    const began = performance.now();
    for (const piece of ['.', 'a.', 'sip88xx.', 'MPP', '.loads', '/', '-1']) {
      expect(parseLoad(`sip88xx.${piece.repeat(200_000)}x`, patterns)).toBeNull();
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
