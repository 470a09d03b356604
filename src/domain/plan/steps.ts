import { failure } from '../failures/failure-codes.js';
import type { Failure } from '../failures/failure.js';
import { parseLoad } from '../firmware/load.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { Models } from '../phone/models.js';
import { returnWithoutLicense } from '../licenses/way-back.js';
import { brokenFloor } from './hardware-floor.js';
import type { MigrationProfile } from './migration-profile.js';
import type { PlanOptions } from './plan-options.js';
import type { PlanStep, StepName } from './plan.js';
import { retriggered } from './retrigger.js';
import { ruleFrom } from './rule.js';
import { familyAfter, loadFamilyOf, movesThroughUcm, runsLoad, targetLoad } from './target.js';

/** The steps of a route, or why there can be none. Deterministic: the dry run and the real run get the same. */
export function buildSteps(
  facts: PhoneFacts,
  route: 'direct' | 'step-up' | 'transition',
  profile: MigrationProfile,
  options: PlanOptions,
  models: Models,
): PlanStep[] | Failure {
  const steps: PlanStep[] = [];
  if (route !== 'direct') {
    const loads = route === 'step-up' ? profile.stepUpLoads : profile.transitionLoads;
    const step = loadStep('upgrade', facts, loads, profile, options, models);
    if ('code' in step) return step;
    steps.push({ ...step, note: onTheWay[route] });
  }
  const last =
    profile.goal === 'authorize'
      ? authorizeStep(profile, options)
      : goalStep(facts, route === 'transition' ? 'phone' : whoIsTold(profile), profile, options, models);
  if ('code' in last) return last;
  steps.push(last);
  if (movesThroughUcm(profile)) {
    const license = authorizeStep(profile, options);
    if ('code' in license) return license;
    steps.push(license);
  }
  const [first, ...rest] = steps as [PlanStep, ...PlanStep[]];
  const again = facts.settings ? retriggered(first, facts.settings, profile.retrigger) : first;
  return 'code' in again ? again : [again, ...rest];
}

/** The steps that no phone is spared which is to go where the profile leads. */
export function leastSteps(profile: Pick<MigrationProfile, 'goal' | 'direction'>): readonly StepName[] {
  return movesThroughUcm(profile) ? ['load', 'authorize'] : [profile.goal];
}

const onTheWay = {
  'step-up': 'Steps up to the recommended firmware of its own family first.',
  transition: 'Takes the transition load, as the firmware to step up to is not served.',
} as const;

/** Who is told of a load: Unified CM for an Enterprise phone, else the phone itself, on its page. */
type Told = 'ucm' | 'phone';

function whoIsTold(profile: MigrationProfile): Told {
  return movesThroughUcm(profile) ? 'ucm' : 'phone';
}

function goalStep(
  facts: PhoneFacts,
  told: Told,
  profile: MigrationProfile,
  options: PlanOptions,
  models: Models,
): PlanStep | Failure {
  const step = loadStep(
    profile.goal === 'convert' ? 'convert' : 'upgrade',
    facts,
    profile.loads,
    profile,
    options,
    models,
    told,
  );
  if ('code' in step || profile.goal !== 'convert' || told === 'ucm') return step;
  const rule = ruleFrom(options.authorizationRule ?? profile.authorizationRule, options.files, null);
  if (rule === null) return step;
  // G10: such a phone needs no license, so nothing is asked of the license server on its behalf.
  if (returnWithoutLicense(facts, models) === 'yes') {
    return { ...step, note: `Needs no license: it is authorized (${facts.transitionAuthorizationType}).` };
  }
  // Assigned, not spread: V8 would keep a shape of its own for each phone.
  return { ...step, set: Object.assign({}, step.set, authorization(rule, profile)) };
}

function loadStep(
  step: StepName,
  facts: PhoneFacts,
  loads: Readonly<Record<string, string>>,
  profile: MigrationProfile,
  options: PlanOptions,
  models: Models,
  told: Told = whoIsTold(profile),
): PlanStep | Failure {
  const name = targetLoad(facts, loads, models);
  const load = name === null ? null : parseLoad(name, models.loadNames);
  if (name === null || load === null)
    return failure('no-load', `The profile ${profile.name} names no load for model ${facts.model ?? '?'}.`);
  const wanted = loadFamilyOf(facts, models);
  if (load.loadFamily !== wanted) {
    const text = `${name} is for phones of ${load.loadFamily}; model ${facts.model ?? '?'} takes loads of ${wanted ?? 'no known family'}.`;
    return failure('load-other-model', text);
  }
  const floor = brokenFloor(facts, load, models);
  if (floor) return failure('hardware-floor', `${floor.text} (${floor.rule})`);
  if (told === 'ucm') {
    const server = options.ucmLoads?.server ?? null;
    return { step: 'load', load: name, set: { phoneLoad: name, ...(server === null ? {} : { loadServer: server }) } };
  }
  const rule = ruleFrom(profile.upgradeRule, options.files, name);
  if (rule === null) return failure('no-load', `The profile ${profile.name} has no upgrade rule.`);
  return { step, load: name, set: { upgradeRule: rule } };
}

/** Where a step makes the phone fetch its load, one place after the other, as rules that only the phone can expand whole; none: it loads no firmware. */
export function loadRulesOf({ load, set }: PlanStep, { ucmLoads }: Pick<PlanOptions, 'ucmLoads'>): string[] {
  if (load === null) return [];
  if (set.phoneLoad === undefined) return set.upgradeRule === undefined ? [] : [set.upgradeRule];
  return (ucmLoads?.urls ?? []).map((url) => `${url}/${load}.loads`);
}

function authorizeStep(profile: MigrationProfile, options: PlanOptions): PlanStep | Failure {
  const rule = ruleFrom(options.authorizationRule ?? profile.authorizationRule, options.files, null);
  if (rule === null) return failure('files-bad-url', `The profile ${profile.name} needs an authorization rule.`);
  return { step: 'authorize', load: null, set: authorization(rule, profile) };
}

/** The type goes with every rule: the conversion guide asks for it each time the rule is set. */
function authorization(rule: string, profile: MigrationProfile): PlanStep['set'] {
  const { authorizationType: type } = profile;
  return type === null ? { authorizationRule: rule } : { authorizationRule: rule, authorizationType: type };
}

/** Which step of a plan comes next for a phone that was given the one before `from`: those whose firmware it runs already are done. */
export function nextStepOf(
  plan: readonly PlanStep[],
  from: number,
  facts: PhoneFacts | null,
  profile: MigrationProfile,
): number {
  const isDone = (step: PlanStep): boolean =>
    step.load !== null && facts?.family === familyAfter(profile, step) && runsLoad(facts, step.load);
  const last = plan.findLastIndex((step, index) => index >= from && isDone(step));
  return Math.max(from, last + 1);
}
