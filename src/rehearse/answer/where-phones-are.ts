import type { Models } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { alreadyThere } from '../../domain/plan/route.js';
import { partFor } from '../../domain/plan/target.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { ModeledPhone } from '../model/modeled-phone.js';

/** Outcomes with which nothing is left to be done: what stands in the way stays in the way. */
const stays: ReadonlySet<Outcome> = new Set(['ineligible', 'blocked', 'not-a-phone'] as const);

/** Outcomes that tell nothing of whether a phone may be moved. */
const notPlanned: ReadonlySet<Outcome> = new Set(['no-answer', 'deferred', 'aborted'] as const);

/**
 * How many phones are where the profile leads by the end of a night, and how many are to be moved and are not yet. A phone that is in no entry of
 * the report did not answer, or was beyond `--limit`: it is left, too, unless it would stay as it is in any night.
 * @param asked the phones among the targets
 * @param staying those that the planner would leave as they are
 */
export function whereTheyAre(
  asked: readonly ModeledPhone[],
  staying: ReadonlySet<ModeledPhone>,
  entries: readonly PhoneReport[],
  profile: MigrationProfile,
  models: Models,
): { moved: number; left: number } {
  const outcomes = new Map(entries.map(({ address, outcome }) => [address, outcome]));
  let [moved, left] = [0, 0];
  for (const phone of asked) {
    const { facts, address } = phone;
    if (facts === null) continue;
    const part = partFor(facts.family, profile);
    if (alreadyThere(facts, part, models) !== null) moved += 1;
    else {
      const outcome = outcomes.get(address) ?? 'no-answer';
      const isStaying = stays.has(outcome) || (notPlanned.has(outcome) && staying.has(phone));
      if (facts.family === part.requires.family && !isStaying) left += 1;
    }
  }
  return { moved, left };
}
