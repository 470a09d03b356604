import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RehearsedNight } from '../../src/domain/rehearsal/rehearsal.js';
import { playNights } from '../../src/rehearse/play-nights.js';
import { runs } from '../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../support/rehearsal/any-fleet.js';
import { asOfSubnet } from '../support/rehearsal/as-of-subnet.js';
import { rehearsalParts } from '../support/rehearsal/small-fleet.js';

/** What is told of the phones of each night. */
function ofPhones(nights: readonly RehearsedNight[]): unknown[] {
  return nights.map(({ byOutcome, failures, moved, left }) => ({ byOutcome, failures, moved, left }));
}

describe('nights over the same phones', () => {
  it('are told alike, whether a list names the phones, or a subnet or a range holds them; and what is moved stays moved', async () => {
    let away = 0;
    await fc.assert(
      fc.asyncProperty(anyFleet({ most: 30 }), anyLuck, anySeed, fc.nat(20), async (phones, assume, seed, empty) => {
        // Who is in a call differs from one minute to the next, and an empty address costs some seconds.
        const calm = assume.filter((text) => !text.startsWith('busy'));
        const parts = rehearsalParts({ phones, assume: calm });
        const listed = await playNights(parts, { seed, nights: 4 });
        const held = await playNights(asOfSubnet(parts, empty), { seed, nights: 4 });
        const ranged = await playNights(asOfSubnet(parts, empty, true), { seed, nights: 4 });
        expect(ofPhones(held.nights)).toEqual(ofPhones(listed.nights));
        expect(ofPhones(ranged.nights)).toEqual(ofPhones(listed.nights));
        expect(held.phones).toBe(phones.length);
        for (const [index, night] of held.nights.entries()) {
          expect(night.moved).toBeGreaterThanOrEqual(held.nights[index - 1]?.moved ?? 0);
          expect(night.moved + night.left).toBe(phones.length);
          away += night.byOutcome['no-answer'] ?? 0;
        }
      }),
      { seed: 20_261_130, numRuns: runs(20, 200), endOnFailure: true },
    );
    expect(away).toBeGreaterThan(0);
  });
});
