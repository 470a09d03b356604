import { expect, it } from '@jest/globals';
import { playAll } from '../../support/rehearsal/played-nights.js';
import { rehearsalParts } from '../../support/rehearsal/small-fleet.js';

// Each phone asks for 75 MB in about a minute: some 10 Mbit/s.
const fleet = { phones: 12, maxUpgrading: 6 };

it('tells of a full link when it is first full, at the start of the night', async () => {
  const [roomy, narrow] = [
    await playAll(rehearsalParts(fleet), { seed: 1, nights: 1 }),
    await playAll(rehearsalParts({ ...fleet, link: 20e6 }), { seed: 1, nights: 1 }),
  ].map(({ nights }) => nights[0]?.told.files[0]);
  expect(roomy?.peakBitsPerSecond).toBeGreaterThan(30e6);
  expect(narrow?.peakBitsPerSecond).toBe(20e6);
  const seconds = (at = ''): number => (Date.parse(at) - Date.parse('2026-12-01T22:00:00Z')) / 1_000;
  expect(seconds(narrow?.peakAt)).toBeLessThan(60);
});
