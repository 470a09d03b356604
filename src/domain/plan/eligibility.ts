import { atLeast, formatVersion, parseVersion, type FirmwareVersion } from '../firmware/version.js';
import { familyName, type FirmwareFamily } from '../firmware/load.js';
import {
  type Direction,
  type Minimum,
  type ModelRule,
  type Models,
  vidInRange,
  vidNumber,
  vidRangeText,
} from '../phone/models.js';
import type { PhoneFacts } from '../phone/facts.js';
import { type HardwareFacts, hardwareReadings } from '../phone/hardware.js';

export const verdicts = ['eligible', 'needs-upgrade', 'ineligible', 'unknown'] as const;

export type Verdict = (typeof verdicts)[number];

/** A statement about a phone and the rule (G1…, RN…) that makes it. */
export interface Reason {
  rule: string;
  text: string;
}

/** Whether something may be done with a phone, and what decided that. */
export interface Judgement {
  verdict: Verdict;
  reasons: Reason[];
  /** For `needs-upgrade`: which minimum it is below. Below `recommended` alone, the direct way exists. */
  below: 'absolute' | 'recommended' | null;
}

/** Whether a phone may move in a direction. */
export interface Eligibility extends Judgement {
  direction: Direction;
  warnings: Reason[];
}

/** Stricter minimums of a profile, on top of the models' own. */
export interface ExtraMinimums {
  absolute: FirmwareVersion | null;
  recommended: FirmwareVersion | null;
}

const sourceFamily: Record<Direction, FirmwareFamily> = { e2m: 'enterprise', m2e: 'multiplatform' };

/**
 * The direction a phone would move in if none is asked for: away from the family it runs. The transition loads that are known lead to
 * Multiplatform (docs/knowledge/firmware.md#load-names).
 */
export function naturalDirection(family: FirmwareFamily): Direction {
  return family === 'multiplatform' ? 'm2e' : 'e2m';
}

/**
 * Decides whether a phone may move in a direction (G1, G2, G5), naming the rule behind every statement. Anything not known for certain
 * makes the verdict `unknown`, never `eligible`.
 */
export function assess(facts: JudgedFacts, direction: Direction, models: Models, extra?: ExtraMinimums): Eligibility {
  const rule = facts.model === null ? undefined : models.models.get(facts.model);
  const verdict = firstVerdict([
    () => checkModel(facts, rule, direction),
    () => checkFamily(facts, direction),
    () => checkHardware(facts, rule?.[direction], direction),
    () => checkFirmware(facts, direction, rule?.loadFamily ?? null, models, extra),
  ]);
  return { direction, ...verdict, warnings: warningsFor(facts, direction, models) };
}

/**
 * Decides what a Multiplatform phone may do within its family: a license (`authorize`, which needs the fields to be there) or newer
 * firmware (`upgrade`). Both only need a model that has firmware of ours.
 */
export function assessInPlace(facts: PhoneFacts, goal: 'authorize' | 'upgrade', models: Models): Judgement {
  const rule = facts.model === null ? undefined : models.models.get(facts.model);
  return firstVerdict([
    () => checkKnownModel(facts, rule),
    () => checkFamily(facts, 'm2e'),
    () => (goal === 'authorize' ? checkAuthorizationFields(facts, models) : null),
  ]);
}

/** What of a phone tells whether it may move at all. */
export type JudgedFacts = HardwareFacts & Pick<PhoneFacts, 'softwareVersion'>;

/** Why a phone may not move in a direction whatever firmware it runs: its model, or its hardware; `null` where nothing known is against it. */
export function hardwareAgainst(facts: HardwareFacts, direction: Direction, models: Models): Reason | null {
  const rule = facts.model === null ? undefined : models.models.get(facts.model);
  const { verdict, reasons } = firstVerdict([
    () => checkModel(facts, rule, direction),
    () => checkHardware(facts, rule?.[direction], direction),
  ]);
  return verdict === 'ineligible' ? (reasons[0] ?? null) : null;
}

/** The first rule with something against the phone decides; if none has, the phone is eligible. */
function firstVerdict(checks: (() => Judgement | Reason | null)[]): Judgement {
  const reasons: Reason[] = [];
  for (const check of checks) {
    const found = check();
    if (found === null) continue;
    if ('verdict' in found) return { ...found, reasons: [...found.reasons] };
    reasons.push(found);
  }
  return { verdict: 'eligible', reasons, below: null };
}

function against(
  verdict: Exclude<Verdict, 'eligible'>,
  rule: string,
  text: string,
  below: Eligibility['below'] = null,
): Judgement {
  return { verdict, reasons: [{ rule, text }], below };
}

function checkKnownModel(facts: HardwareFacts, rule: ModelRule | undefined): Judgement | null {
  if (facts.model === null)
    return against('unknown', 'G3', `No model number in the product name ${shown(facts.productId)}.`);
  if (!rule) return against('ineligible', 'G2', `Model ${facts.model} is in no list of models that may move.`);
  return rule.loadFamily === null
    ? against('ineligible', rule.m2e.rule, rule.m2e.text ?? `There is no load for model ${facts.model}.`)
    : null;
}

function checkModel(facts: HardwareFacts, rule: ModelRule | undefined, direction: Direction): Judgement | null {
  const unknown = checkKnownModel(facts, rule);
  if (unknown || !rule) return unknown;
  const { allowed, rule: name, text } = rule[direction];
  return allowed ? null : against('ineligible', name, text ?? `Model ${rule.model} may not move in this direction.`);
}

function checkHardware(
  facts: HardwareFacts,
  rule: ModelRule['e2m'] | undefined,
  direction: Direction,
): Judgement | Reason | null {
  if (!rule || !facts.model) return null;
  const vid = vidNumber(facts.vid);
  const range = vidRangeText(rule.vidFrom, rule.vidTo);
  const fits = vidInRange(vid, rule.vidFrom, rule.vidTo);
  // G3: the hardware version must be known when migrating to MPP, also where every version may.
  if (fits === null || (vid === null && direction === 'e2m')) {
    return against(
      'unknown',
      'G3',
      `The hardware version (VID) is not shown; ${facts.model} may move as: ${range}. Read it off the label.`,
    );
  }
  if (!fits)
    return against('ineligible', rule.rule, `${facts.model} may move as ${range}; this one is ${hardwareText(facts)}.`);
  return {
    rule: rule.rule,
    text: `${facts.model}${vid === null ? '' : ` of ${hardwareText(facts)}`} may move (${range}).`,
  };
}

/** On what a decision about the hardware rests: what a page calls so need not be the label's VID. */
function hardwareText(facts: HardwareFacts): string {
  return hardwareReadings(facts)[0]?.text ?? `VID ${facts.vid}`;
}

function checkFamily(facts: HardwareFacts, direction: Direction): Judgement | null {
  if (facts.family === sourceFamily[direction]) return null;
  return facts.family === 'transition'
    ? against(
        'unknown',
        'G1',
        'It runs a transition load, on its way between the families: it waits for its firmware (failure code left-on-transition-load says how to give it that).',
      )
    : against(
        'ineligible',
        'G1',
        `It runs ${familyName[facts.family]} firmware, not ${familyName[sourceFamily[direction]]}.`,
      );
}

function checkFirmware(
  facts: JudgedFacts,
  direction: Direction,
  loadFamily: string | null,
  models: Models,
  extra: ExtraMinimums | undefined,
): Judgement | Reason | null {
  const version = parseVersion(facts.softwareVersion ?? '');
  if (!version) return against('unknown', 'G5', `The firmware version ${shown(facts.softwareVersion)} cannot be read.`);
  for (const kind of ['absolute', 'recommended'] as const) {
    const minimum = minimumFor(models.minimums, direction, kind, loadFamily, extra?.[kind] ?? null);
    if (minimum && !atLeast(version, minimum.version)) {
      const tail = kind === 'absolute' ? 'below it there is no direct way' : 'upgrade within the family first';
      return against(
        'needs-upgrade',
        minimum.rule,
        `It runs ${formatVersion(version)}; at least ${formatVersion(minimum.version)} is ${kind === 'absolute' ? 'required' : 'recommended'} (${tail}).`,
        kind,
      );
    }
  }
  return { rule: 'G5', text: `Its firmware ${formatVersion(version)} is new enough.` };
}

function checkAuthorizationFields(facts: PhoneFacts, models: Models): Judgement | null {
  const version = parseVersion(facts.softwareVersion ?? '');
  if (!version) return against('unknown', 'G5', `The firmware version ${shown(facts.softwareVersion)} cannot be read.`);
  const from = models.authorizationFieldsFrom;
  if (atLeast(version, from.version)) return null;
  const text = `It runs ${formatVersion(version)}; the Transition Authorization fields exist from ${formatVersion(from.version)}.`;
  return against('needs-upgrade', from.rule, text, 'absolute');
}

/** The minimum in force: the stricter of the models' and the profile's. */
export function minimumFor(
  minimums: readonly Minimum[],
  direction: Direction,
  kind: Minimum['kind'],
  loadFamily: string | null,
  extra: FirmwareVersion | null,
): { rule: string; version: FirmwareVersion } | null {
  const own = minimums.find((minimum) => minimum.direction === direction && minimum.kind === kind);
  const excepted = loadFamily === null ? undefined : own?.except[loadFamily];
  const version = own && (excepted ?? own.version);
  if (extra && (!version || !atLeast(version, extra))) return { rule: 'profile', version: extra };
  if (!own || !version) return null;
  return { rule: excepted && own.exceptRule !== undefined ? own.exceptRule : own.rule, version };
}

function warningsFor(facts: HardwareFacts, direction: Direction, models: Models): Reason[] {
  const vid = vidNumber(facts.vid);
  return models.warnings
    .filter(
      (warning) => warning.direction === direction && facts.model !== null && warning.models.includes(facts.model),
    )
    .filter((warning) => vidInRange(vid, warning.vidFrom, warning.vidTo) !== false)
    .map(({ rule, text }) => ({ rule, text }));
}

function shown(text: string | null): string {
  return text === null ? '(not shown)' : JSON.stringify(text);
}
