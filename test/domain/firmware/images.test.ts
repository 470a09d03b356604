import { describe, expect, it } from '@jest/globals';
import { hasSeveralPlatforms, imagesFit, sumOfSizes } from '../../../src/domain/firmware/images.js';

describe('the images of a load', () => {
  it.each([
    [
      'three platforms of MPP 12.0(7)',
      ['kern88xx.1.sbn', 'rootfs88xx.1.sbn', 'rootfs288xx.1.sbn', 'rootfs388xx.1.sbn'],
      true,
    ],
    // Enterprise 12.0(1): the 2 of sb2 and the 4 of vc4 are parts of their names.
    ['one platform', ['fbi88xx.BE-01-010.sbn', 'rootfs88xx.1.sbn', 'sb288xx.BE-01-020.sbn', 'vc488xx.1.sbn'], false],
    ['two platforms of the 78xx, told with a dot', ['rootfs88xx.1.sbn', 'rootfs2.88xx.1.sbn'], true],
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

describe('the names of images against that of their load', () => {
  const known = ['sip78xx', 'sip7832', 'sip88xx', 'sip8832', 'sip8845_65'];
  const fit = (load: string, ...images: string[]): object => imagesFit(images, load, known);

  it.each([
    ['sip78xx.14-2-1-0101-26', ['kern78xx.14-2-1-0101-26.sbn', 'kern2.78xx.14-2-1-0101-26.sbn', 'sboot78xx.1.sbn']],
    [
      'sip88xx.12-0-7MPP0501-123',
      ['rootfs388xx.1.sbn', 'boot1288xx.1.sbn', 'preloader88xx.BE-01-008P.sbn', 'vc488xx.1.sbn'],
    ],
    [
      'sip8832.12-0-7MPP0501-123',
      ['key28832.1.sbn', 'trustzone28832.1.sbn', 'oemloader28832.1.sbn', 'rootfs8832.1.sbn'],
    ],
    ['sip8845_65.12-0-7MPP0201-66', ['fbi8845_65.BEV-01-006P.sbn', 'SB28845_65.BEV-01-020P.SBN', 'vc48845_65.1.sbn']],
    ['sip7832.14-2-1-0101-26', ['rootfs7832.1.sbn']],
  ])('fit in %s as it is shipped', (load, images) => {
    expect(fit(load, ...images)).toEqual({ kind: 'fit' });
  });

  it('are all of another family: it is not that load', () => {
    expect(fit('sip8845_65.14-2-1-0101-26', 'kern78xx.1.sbn', 'rootfs2.78xx.1.sbn', 'boot.sbn')).toEqual({
      kind: 'other-family',
      others: ['kern78xx.1.sbn', 'rootfs2.78xx.1.sbn'],
      loadFamily: 'sip78xx',
    });
  });

  it('are of two families: told, and no more, as nothing says that loads share none', () => {
    expect(fit('sip88xx.14-2-1-0101-26', 'rootfs88xx.1.sbn', 'm0patch28832.1.sbn')).toEqual({
      kind: 'mixed',
      others: ['m0patch28832.1.sbn'],
      loadFamily: 'sip8832',
    });
  });

  it.each([
    ['names without hardware', 'sip88xx.1-2-3', ['kern.sbn', 'rootfs.14-2-1.sbn', '78xx.sbn', '2.78xx.sbn']],
    ['names of hardware that is not known', 'sip88xx.1-2-3', ['rootfs8961.9-4-1-9.sebn', 'apps45sccp.9-4.sbn']],
    ['a version that looks like hardware', 'sip88xx.1-2-3', ['kern.14-2.78xx.sbn', 'kern.1-7832.sbn']],
    ['a load of a family that is not known', 'sip8821.11-0-5', ['rootfs78xx.1.sbn']],
  ])('say nothing: %s', (_what, load, images) => {
    expect(fit(load, ...images)).toEqual({ kind: 'fit' });
  });
});
