import { expect } from '@jest/globals';
import { type NightCourse, turnsOf } from './played-nights.js';
import type { PlainWindow } from './plain-window.js';

/** How often a night was held against its windows. */
export interface Held {
  written: number;
  putOff: number;
}

/**
 * Holds a night against its windows: whoever was first written to can end within its own by what a step usually takes, and whoever was put
 * off because of it could not have, to the millisecond, and is told an instant at which it can.
 * @param windowOf of the phone at an address; `null`: it has none
 * @param usually how long each step takes (ms)
 */
export function holdWindows(
  night: NightCourse,
  windowOf: (address: string) => PlainWindow | null,
  usually: number,
): Held {
  const held: Held = { written: 0, putOff: 0 };
  for (const turn of turnsOf(night)) {
    if (turn.is === 'tripped') continue;
    const window = windowOf(turn.address);
    const isPutOff = turn.is === 'ended' && turn.event.failure === 'outside-window';
    if (window === null) expect(isPutOff).toBe(false);
    if (window === null || (turn.is === 'ended' && !isPutOff)) continue;
    const fits = window.isOpenFor(turn.at, turn.event.plan.length * usually);
    if (fits !== (turn.is === 'written'))
      throw new Error(
        `${turn.address} at ${turn.event.at} in ${window.texts.join(', ')} of ${window.zone}: ${turn.is}`,
      );
    if (!isPutOff) held.written += 1;
    else {
      held.putOff += 1;
      const next = /\(next at (\S+)\)/.exec(turn.event.message ?? '')?.[1];
      if (next !== undefined) expect(window.isOpenFor(Date.parse(next), turn.event.plan.length * usually)).toBe(true);
    }
  }
  return held;
}
