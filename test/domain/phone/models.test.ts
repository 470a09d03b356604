import { describe, expect, it } from '@jest/globals';
import { vidInRange, vidNumber, vidRangeText } from '../../../src/domain/phone/models.js';

describe('a hardware version (VID)', () => {
  it.each([
    ['V03', 3],
    ['V00', 0],
    ['v15', 15],
    [' V24 ', 24],
    ['V100', 100],
  ])('%j is number %d', (text, number) => {
    expect(vidNumber(text)).toBe(number);
  });

  it.each([null, '', 'V', '3', 'VO3', 'V03A', '= V02', 'V1000', '41', '0x0005 0x0000'])('%j is none', (text) => {
    expect(vidNumber(text)).toBeNull();
  });
});

describe('a range of hardware versions', () => {
  it.each([
    [2, 3, 24, false],
    [3, 3, 24, true],
    [24, 3, 24, true],
    [25, 3, 24, false],
    [3, 4, undefined, false],
    [99, 4, undefined, true],
    [14, undefined, 14, true],
    [15, undefined, 14, false],
    [0, undefined, undefined, true],
    [null, undefined, undefined, true],
    [null, 3, undefined, null],
    [null, undefined, 14, null],
  ])('%p in %p to %p: %p', (vid, from, to, expected) => {
    expect(vidInRange(vid, from, to)).toBe(expected);
  });

  it('is said in words', () => {
    expect(vidRangeText(3, 24)).toBe('V03 to V24');
    expect(vidRangeText(4)).toBe('V04 or later');
    expect(vidRangeText(undefined, 14)).toBe('V14 or earlier');
    expect(vidRangeText()).toBe('any');
  });
});
