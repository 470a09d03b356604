import { brokenFloor, type Eligibility, isKnownType, minimumFor, returnWithoutLicense } from './eligibility.js';
import { failure } from '../failures/failure-codes.js';
import { atLeast, parseVersion } from '../firmware/version.js';
import { type FirmwareFamily, parseLoad, sameLoad } from '../firmware/load.js';
import type { MigrationProfile } from './migration-profile.js';
import type { Models } from '../phone/models.js';
import { type PhoneFacts, settingLabels, settingNames, type UpgradeSettings } from '../phone/facts.js';
import { didYouMean } from '../phone/near-label.js';
import { isUpgradeOnly, type PlanStep, type StepName } from './plan.js';
import type { Failure } from '../failures/failure.js';
import { retriggered } from './retrigger.js';
import { needsNoForm, usualWriteMethods, type WriteMethod } from './write-methods.js';

/** What the user decides about plans. */
export interface PlanOptions {
  /** The file server, without a slash at the end; `null` when none was named. */
  files: string | null;
  /** The user's own authorization rule, instead of the profile's. */
  authorizationRule: string | null;
  /** Convert directly between the absolute and the recommended minimum if stepping up is not possible. */
  allowBelowRecommended: boolean;
  /** Whether a phone may be upgraded on the way. */
  stepUp: boolean;
  /** How Enterprise phones get their loads; absent or `null`: no Unified CM was named. */
  ucmLoads?: UcmLoads | null;
}

/** From where Enterprise phones take the load that Unified CM names. */
export interface UcmLoads {
  /** *Load Server* to set on each phone; `null`: the phone asks Unified CM itself. */
  server: string | null;
  /** Where that is fetched from, as phones try it, without a slash at the end: `http://cucm.example.com:6970`, then over TFTP. */
  urls: readonly string[];
}

/** The route a phone would take, before the files are checked. */
export type Route =
  | { kind: 'already-there'; text: string }
  | { kind: 'not-allowed' }
  | { kind: 'blocked'; failure: Failure }
  | { kind: 'direct' }
  /** Two steps; `otherwise`: how the phone may move where the step-up load is not served. */
  | { kind: 'step-up'; otherwise: 'direct' | 'transition' | null };

/** Chooses the route of one phone by its verdict and the user's options (G5: the two minimums). */
export function chooseRoute(
  facts: PhoneFacts,
  eligibility: Eligibility,
  profile: MigrationProfile,
  options: PlanOptions,
  models: Models,
): Route {
  const reached = alreadyThere(facts, profile, models);
  if (reached) return { kind: 'already-there', text: reached };
  const reason = eligibility.reasons[0]?.text;
  if (eligibility.verdict === 'ineligible') return { kind: 'not-allowed' };
  if (eligibility.verdict === 'unknown') return { kind: 'blocked', failure: failure('eligibility-unknown', reason) };
  if (eligibility.verdict === 'eligible') return { kind: 'direct' };
  if (profile.goal !== 'convert') return { kind: 'blocked', failure: failure('firmware-too-old', reason) };
  const elseDirect = eligibility.below === 'recommended' && options.allowBelowRecommended;
  if (options.stepUp) {
    const otherwise = elseDirect
      ? 'direct'
      : mayTakeTransition(facts, eligibility, profile, models)
        ? 'transition'
        : null;
    return { kind: 'step-up', otherwise };
  }
  if (elseDirect) return { kind: 'direct' };
  const code = eligibility.below === 'recommended' ? 'below-recommended' : 'firmware-too-old';
  return {
    kind: 'blocked',
    failure: failure(code, `${reason ?? ''} Stepping up was not allowed (--no-step-up).`.trim()),
  };
}

const targetFamily: Record<MigrationProfile['direction'], FirmwareFamily> = {
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

/**
 * Whether a phone that is too old to move directly may go over a transition load: those take Enterprise firmware from the models' own minimum
 * on (docs/knowledge/conversion.md#minimums).
 */
function mayTakeTransition(
  facts: PhoneFacts,
  { below }: Eligibility,
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

function targetLoad(facts: PhoneFacts, loads: Readonly<Record<string, string>>, models: Models): string | null {
  const loadFamily = loadFamilyOf(facts, models);
  return loadFamily === null ? null : (loads[loadFamily] ?? null);
}

/** The loads that a phone's model takes. */
function loadFamilyOf({ model }: PhoneFacts, { models }: Models): string | null {
  return model === null ? null : (models.get(model)?.loadFamily ?? null);
}

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
  return { ...step, set: { ...step.set, ...authorization(rule, profile) } };
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
  return {
    authorizationRule: rule,
    ...(profile.authorizationType === null ? {} : { authorizationType: profile.authorizationType }),
  };
}

/** Fills a rule template: `{files}` the file server, `{load}` the load's name. */
export function ruleFrom(template: string | null, files: string | null, load: string | null): string | null {
  if (template === null) return null;
  const values: Record<string, string> = { '{files}': (files ?? '').replace(/\/+$/, ''), '{load}': load ?? '' };
  // In one pass and by a function, so that nothing in an address acts as a template or a replacement pattern.
  return template.replace(/\{files\}|\{load\}/g, (name) => values[name] ?? name);
}

/** The failure of a phone that cannot be given all fields of a step by any allowed write method; `null` if it can. */
export function missingFields(
  step: PlanStep,
  { settings, settingsProblem, nearLabels }: PhoneFacts,
  ways: readonly WriteMethod[] = usualWriteMethods,
): Failure | null {
  if (!settings)
    return (
      settingsProblem ??
      failure('fields-missing', `The Firmware Upgrade section was not found for certain.${didYouMean(nearLabels)}`)
    );
  const way = ways.find((one) => canTake(one, step, settings));
  if (way === undefined)
    return (
      (settings.withoutForm ? settingsProblem : null) ?? failure('fields-missing', noWriteMethodFor(step, settings))
    );
  for (const field of settingNames) {
    if (step.set[field] !== undefined && settings[field] === null)
      return failure(
        'fields-missing',
        `The page has no field for the ${settingLabels[field]}.${didYouMean(nearLabels)}`,
      );
  }
  const type = step.set.authorizationType;
  if (
    type === undefined ||
    (settings.withoutForm && settings.authorizationTypesOffered.length === 0) ||
    settings.authorizationTypesOffered.some((offered) => offered.trim().toLowerCase() === type.toLowerCase())
  )
    return null;
  return failure(
    'type-not-offered',
    `The page offers ${settings.authorizationTypesOffered.join(', ') || 'nothing'}, not ${type}.`,
  );
}

/** Whether a write method can set what a step sets: a form only what it has fields for, an upgrade action only firmware. */
function canTake(way: WriteMethod, { set }: PlanStep, { withoutForm }: UpgradeSettings): boolean {
  if (way === 'upgrade') return isUpgradeOnly(set);
  return needsNoForm(way) || withoutForm !== true;
}

function noWriteMethodFor({ set }: PlanStep, { withoutForm }: UpgradeSettings): string {
  if (withoutForm) return 'The page shows the settings, but no fields that could be posted.';
  return `None of the write methods that the profile allows can set ${Object.keys(set).length} fields at once.`;
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

/** Whether a phone runs exactly a step's load. */
export function runsLoad(facts: PhoneFacts, load: string): boolean {
  return facts.softwareVersion !== null && sameLoad(facts.softwareVersion, load);
}
