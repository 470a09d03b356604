import { rank } from '../text/rank.js';
import type { Assumptions } from './assumptions.js';

/** How one modeled phone gets through a night. */
export type Fate = 'well' | 'no-answer' | 'deferred' | 'failed' | 'silent';

/**
 * A number 0 ≤ n < 1 for one thing about one phone. It depends on nothing but these: another pace, or another phone in the fleet, changes no
 * phone's draw, so that rehearsals can be compared.
 * @param key names the phone: its MAC, else its address
 */
export function drawOf(seed: number, key: string, what: string): number {
  return rank(`${seed}/${what}/${key}`) / 2 ** 32;
}

/** @param night from 1: what befalls a phone in one night need not in the next */
export function fateOf(seed: number, key: string, night: number, assumptions: Assumptions): Fate {
  let draw = drawOf(seed, key, `fate ${night}`);
  for (const fate of ['no-answer', 'deferred', 'failed', 'silent'] as const) {
    if (draw < assumptions[fate]) return fate;
    draw -= assumptions[fate];
  }
  return 'well';
}

/** Whether the web page of a phone is off once it runs Enterprise firmware. */
export function isPageOff(seed: number, key: string, assumptions: Pick<Assumptions, 'page-off'>): boolean {
  return drawOf(seed, key, 'page') < assumptions['page-off'];
}
