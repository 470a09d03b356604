import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { mutatedPage } from '../support/mutated-page.js';
import { runs } from '../../support/depth.js';

/*
 * Broken pages by the thousand: the reader gives what is true or nothing, and never another row's value. `test/pages/support` says in how many
 * ways a page is broken and keeps what is true of it apart.
 */
const fields = [
  'productName',
  'serial',
  'softwareVersion',
  'hardwareVersion',
  'mac',
  'transitionAuthorizationType',
  'customization',
] as const;

/** What the page said wrongly, in words; empty when all it said is true. */
function lies(seed: number): { lies: string[]; read: boolean } {
  const { html, truth, how } = mutatedPage(seed, 5);
  const page = readAdminPage(html, multiplatform);
  if (!page) return { lies: [], read: false };
  const found: string[] = [];
  const say = (what: string, said: string): void => void found.push(`seed ${seed}: ${what} is "${said}"; ${how}`);
  for (const field of fields) {
    const said = page.productInformation[field];
    if (said !== null && said !== truth[field]) say(field, said);
  }
  if (page.upgradeStatus !== null && page.upgradeStatus !== truth.upgradeStatus)
    say('upgrade status', page.upgradeStatus);
  for (const row of page.firmwareUpgradeRows) if (!truth.firmwareUpgradeRows.includes(row)) say('firmware row', row);
  for (const { text } of page.authorizationRows) {
    if (!truth.authorizationRows.includes(text)) say('authorization row', text);
  }
  // Where two tags were lost a state may run into the next label. It never becomes one of another row, nor idle.
  for (const state of page.callStates)
    if (!truth.callStates.some((known) => state.startsWith(known))) say('call state', state);
  return { lies: found, read: true };
}

/** Pages of each series of seeds. */
const count = runs(200, 10_000);

describe.each([1, 10_001, 20_001])(`${count} broken admin pages from seed %d on`, (first) => {
  it('never throw, and never give a wrong value', () => {
    let read = 0;
    const found: string[] = [];
    for (let seed = first; seed < first + count; seed += 1) {
      const page = lies(seed);
      found.push(...page.lies);
      if (page.read) read += 1;
    }
    expect(found).toEqual([]);
    // A reader that always gives up would pass otherwise.
    expect(read).toBeGreaterThan(0.9 * count);
  });
});
