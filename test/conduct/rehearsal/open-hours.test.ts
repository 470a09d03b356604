import { describe, expect, it } from '@jest/globals';
import { leastTime, openHours } from '../../../src/conduct/rehearsal/open-hours.js';
import type { Target } from '../../../src/fleet/run/assemble.js';
import { unpaced, type SitePace } from '../../../src/fleet/pacing/pacing.js';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';
import { mppToEnterprise } from '../../fleet/support/fleet.js';

const phone = (site?: string): Target => ({
  ...{ address: '10.0.0.1', scope: '10.0.0.0/24', named: true, source: 'a test' },
  hint: site === undefined ? {} : { site },
});
const window = parseWindow('22:00-05:00', 'UTC');
const pace = (text: string | null): SitePace => ({
  ...{ maxUpgrading: null, files: null },
  window: text === null ? null : parseWindow(text, 'UTC'),
});
const sites = new Map([
  ['berlin', pace('20:00-04:00')],
  ['paris', pace('20:00-04:00')],
  ['rome', pace(null)],
]);
const texts = (phones: readonly Target[], pacing = { window: null as typeof window | null, sites }): unknown => {
  const { windows, isAlways } = openHours(phones, { ...unpaced, ...pacing }, []);
  return [windows.map(({ text }) => text), isAlways];
};

describe('the hours in which phones may be written to', () => {
  it('are those of their sites, else those of the run', () => {
    expect(texts([phone('berlin'), phone('paris')])).toEqual([['20:00-04:00'], false]);
    expect(texts([phone('berlin'), phone('rome')])).toEqual([['20:00-04:00'], true]);
    expect(texts([phone('berlin'), phone()], { window, sites })).toEqual([['20:00-04:00', '22:00-05:00'], false]);
    expect(texts([phone('rome')], { window, sites })).toEqual([['22:00-05:00'], false]);
  });

  it('are those of the run where no phone is known, and all without a window', () => {
    expect(texts([], { window, sites })).toEqual([['22:00-05:00'], false]);
    expect(texts([])).toEqual([[], true]);
  });
});

describe('the least time that a phone usually takes', () => {
  const usually = (step: string): number => ({ convert: 15, load: 12, authorize: 2 })[step] ?? 99;

  it('is that of the step to where the profile leads', () => {
    expect(leastTime([{ family: 'multiplatform' }, { family: null }], mppToEnterprise, usually)).toBe(15);
    expect(leastTime([], mppToEnterprise, usually)).toBe(15);
  });

  it('is that of the license alone, where a phone has come so far on its way from Enterprise', () => {
    const back = { ...mppToEnterprise, direction: 'e2m' as const };
    expect(leastTime([{ family: 'enterprise' }], back, usually)).toBe(14);
    expect(leastTime([{ family: 'enterprise' }, { family: 'multiplatform' }], back, usually)).toBe(2);
  });
});
