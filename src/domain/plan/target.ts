import { type FirmwareFamily, sameLoad } from '../firmware/load.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { Models } from '../phone/models.js';
import type { MigrationProfile } from './migration-profile.js';
import type { PlanStep } from './plan.js';

/** The family that a direction leads to. */
export const targetFamily: Record<MigrationProfile['direction'], FirmwareFamily> = {
  m2e: 'enterprise',
  e2m: 'multiplatform',
  none: 'multiplatform',
};

/** The family that a phone runs after a step. */
export function familyAfter(profile: MigrationProfile, { step, load }: PlanStep): FirmwareFamily {
  // Of a move from Enterprise, Unified CM may name a load on the way first: of the same family, or a transition load.
  const isOneOf = (loads: Readonly<Record<string, string>>): boolean =>
    step === 'load' && Object.values(loads).some((name) => name === load);
  if (isOneOf(profile.transitionLoads)) return 'transition';
  const isMove = step === 'convert' || step === 'load' || (step === 'authorize' && profile.direction === 'e2m');
  return isMove && !isOneOf(profile.stepUpLoads) ? targetFamily[profile.direction] : profile.requires.family;
}

/** Whether a profile moves Enterprise phones, which is done on Unified CM. */
export function movesThroughUcm({ goal, direction }: Pick<MigrationProfile, 'goal' | 'direction'>): boolean {
  return goal === 'convert' && direction === 'e2m';
}

/**
 * What of a profile is for a phone of that family: one that runs Multiplatform firmware already needs of a move from Enterprise only its
 * end, the license (guide G8).
 */
export function partFor(family: FirmwareFamily, profile: MigrationProfile): MigrationProfile {
  if (!movesThroughUcm(profile) || family !== 'multiplatform') return profile;
  return {
    ...profile,
    goal: 'authorize',
    requires: { family, absolute: null, recommended: null },
    ...{ loads: {}, stepUpLoads: {}, transitionLoads: {}, upgradeRule: null },
  };
}

/** What a profile names for a phone's model, without `.loads`; `null`: nothing. */
export function targetLoad(facts: PhoneFacts, loads: Readonly<Record<string, string>>, models: Models): string | null {
  const loadFamily = loadFamilyOf(facts, models);
  return loadFamily === null ? null : (loads[loadFamily] ?? null);
}

/** The loads that a phone's model takes. */
export function loadFamilyOf({ model }: Pick<PhoneFacts, 'model'>, { models }: Models): string | null {
  return model === null ? null : (models.get(model)?.loadFamily ?? null);
}

/** Whether a phone runs exactly a step's load. */
export function runsLoad(facts: PhoneFacts, load: string): boolean {
  return facts.softwareVersion !== null && sameLoad(facts.softwareVersion, load);
}
