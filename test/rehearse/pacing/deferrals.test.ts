import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longestDeferralMs } from '../../../src/domain/pacing/backoff.js';
import type { Deferral } from '../../../src/store/store-rows.js';
import { mac } from '../../fleet/support/fleet.js';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { rehearsalParts } from '../../support/rehearsal/small-fleet.js';

const startsAt = Date.parse('2026-12-01T22:00Z');
const hourMs = 3_600_000;

/** Deferred by earlier runs, for a call or for the pace of those runs, until about now or for many hours. */
const anyDeferral = fc.option(
  fc.record({
    attempts: fc.integer({ min: 1, max: 12 }),
    code: fc.constantFrom('busy', 'busy', 'outside-window'),
    inMs: fc.oneof(fc.integer({ min: -hourMs, max: hourMs }), fc.integer({ min: 0, max: 30 * hourMs })),
  }),
  { nil: null, freq: 3 },
);

describe('a phone that an earlier night deferred', () => {
  it('is not taken before its time, and then it is', async () => {
    const seen = { notYet: 0, taken: 0, again: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyFleet({ most: 25 }).chain((phones) =>
          fc.tuple(fc.constant(phones), fc.array(anyDeferral, { minLength: phones.length, maxLength: phones.length })),
        ),
        anyLuck,
        anySeed,
        async ([phones, earlier], assume, seed) => {
          const deferrals = new Map<string, Deferral>();
          for (const [index, one] of earlier.entries()) {
            if (one === null) continue;
            const { attempts, code, inMs } = one;
            deferrals.set(mac(index + 1), { attempts, code, nextAttemptAt: new Date(startsAt + inMs).toISOString() });
          }
          const parts = rehearsalParts({ phones, assume, at: startsAt, deferrals });
          const { nights, first } = await playAll(parts, { seed, nights: 3 });
          const known = new Map(deferrals);
          for (const [index, night] of nights.entries()) {
            const readAt = new Map<string, number>();
            for (const { event, mac: of, at } of night.events)
              if (event === 'phone' && of !== null) readAt.set(of, Date.parse(at));
            for (const turn of turnsOf(night)) {
              const of = turn.event.mac;
              if (turn.is === 'tripped' || of === null) continue;
              const before = known.get(of);
              const until = before && before.code !== 'outside-window' ? Date.parse(before.nextAttemptAt) : -Infinity;
              const read = readAt.get(of)!;
              // No deferral is as long as that: a clock has been set since.
              const holds = until > read && until <= read + longestDeferralMs;
              if (turn.is === 'written') expect(holds).toBe(false);
              else if (turn.event.failure === 'not-yet') expect(holds).toBe(true);
              if (turn.is === 'written' && before) seen.taken += 1;
              if (turn.is === 'ended' && turn.event.failure === 'not-yet') seen.notYet += 1;
              if (turn.is === 'written') known.delete(of);
            }
            if (index > 0) continue;
            // What this night defers counts for the next one.
            for (const { mac: of, outcome, nextAttemptAt, failure } of first.report.phones) {
              if (outcome !== 'deferred' || of === null) continue;
              if (failure?.code === 'not-yet') expect(nextAttemptAt).toBe(deferrals.get(of)?.nextAttemptAt);
              else if (failure?.code === 'busy') {
                expect(Date.parse(nextAttemptAt!)).toBeGreaterThan(startsAt);
                known.set(of, { attempts: 1, code: 'busy', nextAttemptAt: nextAttemptAt! });
                seen.again += 1;
              }
            }
          }
        },
      ),
      { seed: 20_261_207, numRuns: runs(25, 300) },
    );
    for (const [what, times] of Object.entries(seen)) expect([what, times > 5]).toEqual([what, true]);
  });
});
