import { describe, expect, it } from '@jest/globals';
import { type ReportedHardware, reportedLabelVid, withLabelVid } from '../../../src/domain/phone/hardware.js';
import { enterprise, mpp } from '../../fleet/support/fleet.js';

const labelVid = (said: Partial<ReportedHardware>): string | null =>
  reportedLabelVid({ vid: 'V31', family: 'multiplatform', ...said });

describe('the VID of the label that a report tells', () => {
  it('is what it says that it is', () => {
    expect(labelVid({ vidSource: 'udi' })).toBe('V31');
    // The list is to say it again.
    expect(labelVid({ vidSource: 'inventory' })).toBeNull();
    expect(labelVid({ vidSource: 'hardware-version', family: 'enterprise' })).toBeNull();
    expect(labelVid({ vidSource: 'a word of a later version', family: 'enterprise' })).toBeNull();
  });

  it('is, where an earlier version did not say, only an Enterprise phone’s', () => {
    expect(labelVid({})).toBeNull();
    expect(labelVid({ vidSource: null })).toBeNull();
    expect(labelVid({ vidSource: '', family: '' })).toBeNull();
    expect(labelVid({ family: 'enterprise' })).toBe('V31');
  });

  it('is none where none is known', () => {
    expect(labelVid({ vid: null, vidSource: null, family: 'enterprise' })).toBeNull();
  });
});

describe('the VID of a list', () => {
  const vidOf = (facts: Parameters<typeof withLabelVid>[0], vid: string) => withLabelVid(facts, { vid }).vid;

  it.each(['0', '00', 'V100', 'V004', '4.0', 'abc', 'V04/V05', '04a', '-4', ''])('%j is none', (vid) => {
    expect(vidOf(mpp(), vid)).toBeNull();
  });

  it('is not that of another phone than its row names', () => {
    const at = (mac: string) => withLabelVid(mpp({ mac: '00CCFC000001' }), { vid: 'V05', mac }).vid;
    expect([at('00CCFC000001'), at('00CCFC000002')]).toEqual(['V05', null]);
  });

  it('counts where the phone shows none, however it is written, and not before a UDI', () => {
    for (const vid of ['4', '04', 'v04', ' V 04 ']) expect(vidOf(mpp(), vid)).toBe('V04');
    expect(vidOf(enterprise({ vid: 'V16' }), 'V04')).toBe('V16');
    // An earlier run read it off the UDI.
    expect(vidOf(mpp(), 'V00')).toBe('V00');
  });
});
