import { rank } from '../text/rank.js';

/** What may befall a phone in a night, one of them or none; their order decides which one is drawn. */
export const fates = ['no-answer', 'deferred', 'failed', 'silent'] as const;

/** How one modeled phone gets through a night. */
export type Fate = 'well' | (typeof fates)[number];

/**
 * A number 0 ≤ n < 1 for one thing about one phone. It depends on nothing but these: another pace, or another phone in the fleet, changes no
 * phone's draw, so that rehearsals can be compared.
 * @param key names the phone: its MAC, else its address
 */
export function drawOf(seed: number, key: string, what: string): number {
  return rank(`${seed}/${what}/${key}`) / 2 ** 32;
}

/**
 * @param night from 1: what befalls a phone in one night need not in the next
 * @param shares 0 to 1, 1 at most together
 */
export function fateOf(
  seed: number,
  key: string,
  night: number,
  shares: Readonly<Record<(typeof fates)[number], number>>,
): Fate {
  let draw = drawOf(seed, key, `fate ${night}`);
  for (const fate of fates) {
    if (draw < shares[fate]) return fate;
    draw -= shares[fate];
  }
  return 'well';
}

/** Whether the web page of a phone is off once it runs Enterprise firmware. */
export function isPageOff(seed: number, key: string, shares: { 'page-off': number }): boolean {
  return drawOf(seed, key, 'page') < shares['page-off'];
}
