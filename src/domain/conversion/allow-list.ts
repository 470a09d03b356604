import { atLeast, formatVersion } from '../firmware/version.js';
import { parseLoad } from '../firmware/load.js';
import { judgedFacts, type LicensePhone } from '../licenses/need.js';
import type { Mac } from '../network/mac.js';
import type { Models } from '../phone/models.js';
import { assess, type ExtraMinimums, type JudgedFacts, type Reason } from '../plan/eligibility.js';
import { brokenFloor } from '../plan/hardware-floor.js';

/** Why a phone is not given a load, by kind: those that are decided here, and those that are found out at each request. */
export type RefusalKind =
  | 'no-mac'
  | 'unread'
  | 'doubtful'
  | 'moved'
  | 'ineligible'
  | 'old-firmware'
  | 'unknown'
  | 'no-load'
  | 'no-license'
  | 'load-not-whole'
  | 'license-not-served';

/** A phone that is not given a load. `why` is the end of a sentence. */
export interface RefusedPhone {
  kind: RefusalKind;
  mac: Mac | null;
  address: string | null;
  why: string;
}

/** A phone that may be given a load, if its license is held. */
export interface AllowedPhone {
  mac: Mac;
  model: string;
  loadFamily: string;
  /** Without `.loads`. */
  load: string;
  warnings: readonly Reason[];
}

/** Which phones may be given a load that makes them Multiplatform, and why the others may not. */
export interface AllowList {
  allowed: ReadonlyMap<Mac, AllowedPhone>;
  /** By MAC, where it is known. */
  refused: ReadonlyMap<Mac, RefusedPhone>;
  /** Those whose MAC is not known. */
  withoutMac: readonly RefusedPhone[];
}

/** What phones are moved to. */
export interface Conversion {
  /** Multiplatform loads by load family, without `.loads`. */
  loads: Readonly<Record<string, string>>;
  /** Minimums of a profile that are stricter than the models' own. */
  minimums?: ExtraMinimums;
}

/**
 * Judges phones for a move from Enterprise to Multiplatform in one step (G2, G3, G5). Only a phone of which everything that decides is known is
 * allowed; licenses and files are looked at later, since they may change.
 */
export function allowList(phones: readonly LicensePhone[], conversion: Conversion, models: Models): AllowList {
  const byMac = new Map<Mac, (AllowedPhone | RefusedPhone)[]>();
  const withoutMac: RefusedPhone[] = [];
  for (const phone of phones) {
    const { mac, address } = phone;
    if (mac === null) {
      const why = `its MAC is not known${phone.unread === null ? '' : ` (${phone.unread.replace(/\.$/, '')})`}`;
      withoutMac.push({ kind: 'no-mac', mac, address, why });
      continue;
    }
    byMac.set(mac, [...(byMac.get(mac) ?? []), judge(phone, mac, conversion, models)]);
  }
  const allowed = new Map<Mac, AllowedPhone>();
  const refused = new Map<Mac, RefusedPhone>();
  for (const [mac, judged] of byMac) {
    const one = agreed(judged);
    if ('kind' in one) refused.set(mac, one);
    else allowed.set(mac, one);
  }
  return { allowed, refused, withoutMac };
}

/** A phone that is there twice is allowed only if both say the same. */
function agreed(judged: readonly (AllowedPhone | RefusedPhone)[]): AllowedPhone | RefusedPhone {
  const against = judged.find((one): one is RefusedPhone => 'kind' in one);
  if (against) return against;
  const [first, ...others] = judged as readonly AllowedPhone[];
  if (first === undefined) throw new Error('A phone without a verdict.');
  const other = others.find(({ model }) => model !== first.model);
  if (other === undefined) return first;
  const why = `it is there twice, as ${first.model} and as ${other.model}`;
  return { kind: 'doubtful', mac: first.mac, address: null, why };
}

function judge(phone: LicensePhone, mac: Mac, conversion: Conversion, models: Models): AllowedPhone | RefusedPhone {
  const { address, family } = phone;
  const refuse = (kind: RefusalKind, why: string): RefusedPhone => ({ kind, mac, address, why });
  if (phone.unread !== null) return refuse('unread', `it was not read (${phone.unread.replace(/\.$/, '')})`);
  if (family === null) return refuse('unread', 'its firmware is not known');
  if (family !== 'enterprise')
    return refuse('moved', family === 'transition' ? 'it runs a transition load' : 'it runs Multiplatform firmware');
  if (phone.doubt !== undefined) return refuse('doubtful', phone.doubt.replace(/\.$/, ''));
  const facts = judgedFacts(phone, family);
  const { verdict, reasons, warnings } = assess(facts, 'e2m', models, conversion.minimums);
  if (verdict !== 'eligible')
    return refuse(
      { ineligible: 'ineligible', unknown: 'unknown', 'needs-upgrade': 'old-firmware' }[verdict] as RefusalKind,
      reasons.map(asEnd).join('; '),
    );
  const found = loadFor(facts, conversion, models);
  if (typeof found === 'string') return refuse('no-load', found);
  return { mac, ...found, warnings };
}

/** The load that a phone takes in one step, or why there is none, as the end of a sentence. */
function loadFor(
  facts: JudgedFacts,
  { loads }: Conversion,
  models: Models,
): Pick<AllowedPhone, 'model' | 'loadFamily' | 'load'> | string {
  const { model } = facts;
  const loadFamily = model === null ? null : (models.models.get(model)?.loadFamily ?? null);
  if (model === null || loadFamily === null) return 'its model takes no known load';
  const name = Object.hasOwn(loads, loadFamily) ? (loads[loadFamily] ?? null) : null;
  if (name === null) return `the profile names no load for ${loadFamily}`;
  const load = parseLoad(name, models.loadNames);
  if (load?.family !== 'multiplatform') return `${name} is not known to be Multiplatform firmware`;
  if (load.loadFamily !== loadFamily) return `${name} is for phones of ${load.loadFamily}`;
  const { version, except, rule } = models.multiplatformTargetFrom;
  const least = (Object.hasOwn(except, loadFamily) ? except[loadFamily] : undefined) ?? version;
  if (!atLeast(load.version, least)) return `${name} is below ${formatVersion(least)}, the least to move to (${rule})`;
  const floor = brokenFloor(facts, load, models);
  return floor ? asEnd(floor) : { model, loadFamily, load: load.name };
}

function asEnd({ rule, text }: Reason): string {
  return `${text.replace(/\.$/, '')} (${rule})`;
}
