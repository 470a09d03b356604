import { atLeast, formatVersion, parseVersion, type FirmwareVersion } from '../firmware/version.js';
import type { FirmwareFamily } from '../firmware/load.js';
import {
  type Direction,
  type Minimum,
  type ModelRule,
  type Models,
  vidInRange,
  vidNumber,
  vidRangeText,
  vidText,
} from '../phone/models.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { PhoneFields } from '../phone/fields.js';
import { type HardwareReading, hardwareReadings } from '../phone/hardware.js';

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
const familyName: Record<FirmwareFamily, string> = {
  enterprise: 'Enterprise',
  multiplatform: 'Multiplatform',
  transition: 'transition',
};

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

/** What of a phone tells whether its hardware may move. */
export type HardwareFacts = Pick<
  PhoneFacts,
  'model' | 'productId' | 'family' | 'vid' | 'vidSource' | 'hardwareVersion'
>;

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

/** G10: whether the phone may return to Enterprise without a license, as far as its web page can tell: only the types that are known say yes. */
export function returnWithoutLicense(facts: PhoneFacts, models: Models): PhoneFields['returnWithoutLicense'] {
  if (facts.family !== 'multiplatform' || facts.transitionAuthorizationType === null) return 'unknown';
  if (!tellsReturn(facts, models)) return 'unknown';
  if (facts.transitionAuthorizationType.trim() === '') return 'no';
  return isKnownType(facts.transitionAuthorizationType, models) ? 'yes' : 'unknown';
}

/** Whether the admin page of this firmware tells at all whether the phone may return without a license. */
export function tellsReturn({ family, softwareVersion }: PhoneFacts, models: Models): boolean {
  const version = family === 'multiplatform' ? parseVersion(softwareVersion ?? '') : null;
  return version !== null && atLeast(version, models.returnWithoutLicenseFrom.version);
}

/** Whether a text of *Transition Authorization Type* is one that is known to allow the way back (G10). */
export function isKnownType(text: string, { returnWithoutLicenseFrom: { types } }: Models): boolean {
  const shown = plain(text);
  return types.some((type) => plain(type) === shown);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

/**
 * The firmware floor of this hardware that a load would break, if any (G2: V15; RN1135, FN70546, FN72583). It holds where the VID or the
 * page's hardware version says so. A phone whose VID is not known is assumed to have it: a low number of its page is not the label's.
 */
export function brokenFloor(
  facts: HardwareFacts,
  load: { family: FirmwareFamily; version: FirmwareVersion },
  models: Models,
): Reason | null {
  const readings = hardwareReadings(facts);
  for (const { models: concerned, family, version, vidFrom, rule } of models.hardwareFloors) {
    if (facts.model === null || !concerned.includes(facts.model)) continue;
    if (!concerns({ family }, load) || atLeast(load.version, version)) continue;
    const reading = readings.find(({ number }) => number >= vidFrom);
    if (!reading && readings.some(({ isLabel }) => isLabel)) continue;
    const hardware = reading ? `of ${reading.text}` : vidRangeText(vidFrom);
    const guess = reading ? '' : vidUnknown(readings[0]);
    const text = `${facts.model} ${hardware} can run no ${familyName[family]} firmware below ${formatVersion(version)}${guess}; the load is ${formatVersion(load.version)}.`;
    const advice = reading
      ? ''
      : ` If the VID of the label is below ${vidText(vidFrom)}, give it in an inventory (column vid).`;
    return { rule, text: text + advice };
  }
  return null;
}

/**
 * Whether a hardware floor of one family holds for a load. A transition load is taken for Multiplatform firmware: it names itself -3PCC
 * (docs/knowledge/firmware.md#load-names), and a phone that cannot run it would not come back.
 */
function concerns(floor: { family: FirmwareFamily }, load: { family: FirmwareFamily }): boolean {
  return floor.family === (load.family === 'transition' ? 'multiplatform' : load.family);
}

function vidUnknown(page: HardwareReading | undefined): string {
  return page === undefined
    ? ', and the hardware version is not shown'
    : `, and its VID is not known: its ${page.text} need not be that of the label`;
}

function shown(text: string | null): string {
  return text === null ? '(not shown)' : JSON.stringify(text);
}
