import { expect, it } from '@jest/globals';
import { longerWindow } from '../../../../src/conduct/rehearsal/advice/longer-window.js';
import type { ReckonedNight } from '../../../../src/conduct/rehearsal/advice/reckoned-night.js';
import { type Pacing, unpaced } from '../../../../src/fleet/pacing/pacing.js';
import { parseWindow } from '../../../../src/fleet/pacing/window/window.js';

/** A night whose last phone could be written to after an hour, and would be so many minutes later. */
function longer(window: string | readonly string[], minutes: number, change: Partial<Pacing> = {}): string | null {
  const night = {
    places: new Set(['Bern']),
    at: () => ({ left: 0, lastWriteMs: 60 * 60_000 }),
    endless: () => ({ left: 0, lastWriteMs: (60 + minutes) * 60_000 }),
  } as unknown as ReckonedNight;
  const pacing = { ...unpaced, window: parseWindow(window, 'UTC'), ...change };
  return longerWindow(night, { pacing, concurrency: 64, link: null }, 0)?.text ?? null;
}

it.each<[string, number, string | null]>([
  ['22:00-05:00', 90, '22:00-06:30'],
  ['22:00-05:00', 91, '22:00-06:35'],
  ['22:00-23:30', 40, '22:00-00:10'],
  ['Mon-Fri 22:00-05:00', 60, 'Mon-Fri 22:00-06:00'],
  ['01:02-05:03', 60, '01:02-06:05'],
  ['22:00-05:00', 16 * 60 + 55, '22:00-21:55'],
  ['22:00-05:00', 17 * 60, null],
  // However they are written.
  ['9:00-17:00', 30, '9:00-17:30'],
  ['22:00 - 05:00', 30, '22:00-05:30'],
  ['Mon, Tue 22:00-05:00', 30, 'Mon, Tue 22:00-05:30'],
  // Never the same again.
  ['22:00-05:00', 0, '22:00-05:05'],
])('a window %s that lacks %i minutes: %s', (window, minutes, wanted) => {
  expect(longer(window, minutes)).toBe(wanted);
});

it('is none where there is not one for all phones', () => {
  expect(longer(['22:00-05:00', 'Sat 08:00-12:00'], 60)).toBeNull();
  expect(longer('22:00-05:00', 60, { window: null })).toBeNull();
  const own = { maxUpgrading: null, window: parseWindow('20:00-23:00', 'UTC'), files: null };
  expect(longer('22:00-05:00', 60, { sites: new Map([['Bern', own]]) })).toBeNull();
});
