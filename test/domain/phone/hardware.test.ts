import { describe, expect, it } from '@jest/globals';
import { type ReportedHardware, reportedLabelVid } from '../../../src/domain/phone/hardware.js';

const labelVid = (said: Partial<ReportedHardware>): string | null =>
  reportedLabelVid({ vid: 'V31', family: 'multiplatform', hardwareVersion: 'V31', ...said });

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
    expect(labelVid({ hardwareVersion: null })).toBeNull();
    expect(labelVid({ hardwareVersion: 'V30' })).toBeNull();
    expect(labelVid({ family: 'enterprise' })).toBe('V31');
  });

  it('is none where none is known', () => {
    expect(labelVid({ vid: null, vidSource: null, family: 'enterprise' })).toBeNull();
  });
});
