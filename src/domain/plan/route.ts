import { failure } from '../failures/failure-codes.js';
import type { Failure } from '../failures/failure.js';
import { parseLoad } from '../firmware/load.js';
import { atLeast, parseVersion } from '../firmware/version.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { Models } from '../phone/models.js';
import { type Judgement, minimumFor } from './eligibility.js';
import { isKnownType } from '../licenses/way-back.js';
import type { MigrationProfile } from './migration-profile.js';
import type { PlanOptions } from './plan-options.js';
import { loadFamilyOf, targetFamily, targetLoad } from './target.js';

/** The route a phone would take, before the files are checked. */
export type Route =
  | { kind: 'not-allowed' }
  | { kind: 'blocked'; failure: Failure }
  | { kind: 'direct' }
  /** Two steps; `otherwise`: how the phone may move where the step-up load is not served. */
  | { kind: 'step-up'; otherwise: 'direct' | 'transition' | null };

/** Chooses the route of a phone that is not there yet, by its verdict and the user's options (G5: the two minimums). */
export function chooseRoute(
  facts: PhoneFacts,
  judgement: Judgement,
  profile: MigrationProfile,
  options: PlanOptions,
  models: Models,
): Route {
  const reason = judgement.reasons[0]?.text;
  if (judgement.verdict === 'ineligible') return { kind: 'not-allowed' };
  if (judgement.verdict === 'unknown') return { kind: 'blocked', failure: failure('eligibility-unknown', reason) };
  if (judgement.verdict === 'eligible') return { kind: 'direct' };
  if (profile.goal !== 'convert') return { kind: 'blocked', failure: failure('firmware-too-old', reason) };
  const elseDirect = judgement.below === 'recommended' && options.allowBelowRecommended;
  if (options.stepUp) {
    const otherwise = elseDirect
      ? 'direct'
      : mayTakeTransition(facts, judgement, profile, models)
        ? 'transition'
        : null;
    return { kind: 'step-up', otherwise };
  }
  if (elseDirect) return { kind: 'direct' };
  const code = judgement.below === 'recommended' ? 'below-recommended' : 'firmware-too-old';
  return {
    kind: 'blocked',
    failure: failure(code, `${reason ?? ''} Stepping up was not allowed (--no-step-up).`.trim()),
  };
}

/**
 * Whether a phone that is too old to move directly may go over a transition load: those take Enterprise firmware from the models' own minimum
 * on (docs/knowledge/conversion.md#minimums).
 */
function mayTakeTransition(
  facts: PhoneFacts,
  { below }: Judgement,
  profile: MigrationProfile,
  models: Models,
): boolean {
  const version = parseVersion(facts.softwareVersion ?? '');
  if (profile.direction !== 'e2m' || below !== 'absolute' || version === null) return false;
  const least = minimumFor(models.minimums, 'e2m', 'absolute', loadFamilyOf(facts, models), null);
  return (
    targetLoad(facts, profile.transitionLoads, models) !== null && least !== null && atLeast(version, least.version)
  );
}

/** Why a phone needs nothing of a profile; `null`: it does. */
export function alreadyThere(facts: PhoneFacts, profile: MigrationProfile, models: Models): string | null {
  if (profile.goal === 'convert') {
    return facts.family === targetFamily[profile.direction]
      ? `It already runs ${facts.softwareVersion ?? 'that family'}.`
      : null;
  }
  if (facts.family !== profile.requires.family) return null;
  if (profile.goal === 'authorize') {
    const shown = facts.transitionAuthorizationType?.trim() ?? '';
    const isWanted = shown.toLowerCase() === profile.authorizationType?.toLowerCase();
    return isWanted && isKnownType(shown, models) ? `It is already authorized: ${shown}.` : null;
  }
  const target = targetLoad(facts, profile.loads, models);
  const wanted = target && parseLoad(target, models.loadNames);
  const version = parseVersion(facts.softwareVersion ?? '');
  return wanted && version && atLeast(version, wanted.version) ? `It already runs ${facts.softwareVersion}.` : null;
}
