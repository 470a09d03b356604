import { describe, expect, it } from '@jest/globals';
import { hasSeveralPlatforms, sumOfSizes } from '../../../src/domain/firmware/images.js';

describe('the images of a load', () => {
  it.each([
    [
      'three platforms of MPP 12.0(7)',
      ['kern88xx.1.sbn', 'rootfs88xx.1.sbn', 'rootfs288xx.1.sbn', 'rootfs388xx.1.sbn'],
      true,
    ],
    // Enterprise 12.0(1): the 2 of sb2 and the 4 of vc4 are parts of their names.
    ['one platform', ['fbi88xx.BE-01-010.sbn', 'rootfs88xx.1.sbn', 'sb288xx.BE-01-020.sbn', 'vc488xx.1.sbn'], false],
    ['names of no known form', ['a.sbn', 'a2.sbn'], false],
    ['nothing', [], false],
  ])('%s', (_what, images, several) => {
    expect(hasSeveralPlatforms(images, 'sip88xx')).toBe(several);
  });

  it('belong to the load family that is asked about', () => {
    const images = ['ROOTFS8845_65.1.SBN', 'rootfs28845_65.1.sbn'];
    expect([hasSeveralPlatforms(images, 'sip8845_65'), hasSeveralPlatforms(images, 'sip88xx')]).toEqual([true, false]);
  });

  it('have sizes that add up, without those that are not known', () => {
    const files = [5, null, 7].map((bytes) => ({ name: 'a.sbn', bytes }));
    expect(sumOfSizes(files)).toEqual({ bytes: 12, unknown: 1 });
  });
});
