import { hostAddresses } from '../addresses.js';
import { type Behavior, behaviorWith } from '../behavior/behavior.js';
import { type FilesSpec, USUAL_FILES } from '../files/files-spec.js';
import { parseLoad, usualMultiplatformLoad } from '../firmware.js';
import { MODELS, modelNamed } from '../models.js';
import { type Random, hashText, mulberry32, pick, wholeNumber } from '../random.js';
import {
  type DeviceKind,
  type Dialect,
  type PhoneSpec,
  type Scenario,
  type Texts,
  type Timing,
  HTML_DIALECTS,
  USUAL_TEXTS,
  USUAL_TIMING,
} from './scenario.js';
import { buildUcm, refuseUcmOfNone, type UcmDraft } from '../ucm/build.js';
import { type PhoneInUcm, USUAL_PHONE_IN_UCM } from '../ucm/spec.js';

/** One line of a scenario: a device, or `count` of the same. What is left out is chosen by the seed. */
export interface DeviceGroup {
  count?: number | undefined;
  kind?: DeviceKind | undefined;
  model?: string | undefined;
  load?: string | undefined;
  address?: string | undefined;
  mac?: string | undefined;
  serial?: string | undefined;
  vid?: string | undefined;
  hardware?: string | undefined;
  name?: string | undefined;
  dialect?: Dialect | undefined;
  behavior?: Partial<Behavior> | undefined;
  /** Only where the scenario has a Unified CM. */
  ucm?: Partial<PhoneInUcm> | undefined;
}

/** A scenario as people write it. */
export interface ScenarioDraft {
  name: string;
  subnet: string;
  seed: number;
  phones: readonly DeviceGroup[];
  files?: Partial<FilesSpec> | undefined;
  timing?: Partial<Timing> | undefined;
  texts?: Partial<Texts> | undefined;
  ucm?: UcmDraft | undefined;
}

/** Prefixes that Cisco phones really have. */
const CISCO_PREFIXES = ['00562B', '00CCFC', 'E0899D', 'D4ADBD', '7C210D', 'A0F849', '70F096', 'F87B20'];
/** What the page of a non-phone says it is, and the prefix of its maker. */
const OTHERS: Readonly<Record<Exclude<DeviceKind, 'phone'>, { model: string; prefix: string }>> = {
  printer: { model: 'LaserJet M404dn', prefix: '3C52A1' },
  router: { model: 'ISR4331', prefix: '00D6FE' },
  camera: { model: 'P3245-LV', prefix: 'ACCC8E' },
  'spa-adapter': { model: 'SPA112', prefix: '0C2724' },
  'spa-phone': { model: 'SPA504G', prefix: '0C2724' },
  switch: { model: 'SG350-28P', prefix: '7069A5' },
  'web-app': { model: 'Facilities portal', prefix: '525400' },
};

/**
 * Fills in everything a draft leaves open, from its seed alone: the same draft gives the same scenario.
 * Throws a RangeError when the subnet has too few addresses, or when two devices share an address or MAC.
 */
export function buildScenario(draft: ScenarioDraft): Scenario {
  const random = mulberry32(draft.seed);
  const named = draft.phones.flatMap((group) => (group.address === undefined ? [] : [group.address]));
  const addresses = new Set(named);
  const macs = new Set(draft.phones.flatMap((group) => (group.mac === undefined ? [] : [group.mac])));
  const free = hostAddresses(draft.subnet);
  const nextFree = (): string => {
    // Not for-of: leaving that loop would end the generator for the next device.
    for (let next = free.next(); !next.done; next = free.next()) if (!addresses.has(next.value)) return next.value;
    throw new RangeError(`the subnet ${draft.subnet} has too few addresses for these devices`);
  };
  const phones: PhoneSpec[] = [];
  for (const group of draft.phones) {
    for (let index = 0; index < (group.count ?? 1); index += 1) {
      phones.push(deviceFrom(group, index, random, macs, group.address ?? nextFree(), draft.ucm !== undefined));
    }
  }
  refuseTwins(phones);
  if (draft.ucm === undefined) refuseUcmOfNone(draft.phones);
  return {
    name: draft.name,
    subnet: draft.subnet,
    seed: draft.seed,
    phones,
    files: { ...USUAL_FILES, ...draft.files },
    timing: { ...USUAL_TIMING, ...draft.timing },
    texts: { ...USUAL_TEXTS, ...draft.texts },
    ...(draft.ucm === undefined ? {} : { ucm: buildUcm(draft.ucm, phones) }),
  };
}

function deviceFrom(
  group: DeviceGroup,
  index: number,
  random: Random,
  macs: Set<string>,
  address: string,
  hasUcm: boolean,
): PhoneSpec {
  const kind = group.kind ?? 'phone';
  const mac = group.mac ?? freshMac(kind, random, macs);
  const name = group.name ?? `${kind}-${address.split('.').slice(2).join('-')}`;
  const common = {
    kind,
    address,
    mac,
    serial: group.serial ?? madeUpSerial(random),
    name: (group.count ?? 1) > 1 ? `${name} ${index + 1}` : name,
    behavior: behaviorWith(group.behavior),
  };
  if (kind !== 'phone') {
    const model = group.model ?? OTHERS[kind].model;
    return {
      ...common,
      model,
      load: '',
      vid: 'V01',
      hardware: group.hardware ?? '1.0',
      dialect: group.dialect ?? 'legacy',
    };
  }
  const model = modelNamed(group.model ?? pick(random, [...MODELS.keys()]));
  const load = group.load ?? usualMultiplatformLoad(model.loadFamily);
  const vid = group.vid ?? pick(random, model.vids);
  const hardware = group.hardware ?? (parseLoad(load)?.family === 'multiplatform' ? vid : otherThan(vid));
  return {
    ...{ ...common, model: model.model, load, vid, hardware, dialect: group.dialect ?? usualDialect(load) },
    ...(hasUcm ? { ucm: { ...USUAL_PHONE_IN_UCM, ...group.ucm } } : {}),
  };
}

/** Older firmware writes older markup. Which load writes which is unknown; a scenario may say. */
function usualDialect(load: string): Dialect {
  const version = parseLoad(load)?.version ?? [11, 0, 0];
  if (version[0] < 11 || (version[0] === 11 && version[1] < 3)) return 'legacy';
  if (version[0] === 11) return 'bcisco';
  return HTML_DIALECTS[2 + (hashText(load) % 2)] ?? 'modern';
}

/** A hardware revision that is not the VID, as on real phones (docs/knowledge/hardware.md#vid-and-hardware-revision). */
function otherThan(vid: string): string {
  return vid === 'V01' ? 'V00' : 'V01';
}

function freshMac(kind: DeviceKind, random: Random, taken: Set<string>): string {
  for (;;) {
    const prefix = kind === 'phone' ? pick(random, CISCO_PREFIXES) : OTHERS[kind].prefix;
    const mac = prefix + wholeNumber(random, 0, 0xffffff).toString(16).toUpperCase().padStart(6, '0');
    if (!taken.has(mac)) {
      taken.add(mac);
      return mac;
    }
  }
}

/** `FCH2012ABCD`: plant, year, week, four letters or digits. */
function madeUpSerial(random: Random): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
  const year = wholeNumber(random, 17, 26);
  const week = String(wholeNumber(random, 1, 52)).padStart(2, '0');
  const tail = Array.from({ length: 4 }, () => letters[wholeNumber(random, 0, letters.length - 1)]).join('');
  return `FCH${year}${week}${tail}`;
}

function refuseTwins(phones: readonly PhoneSpec[]): void {
  for (const key of ['address', 'mac'] as const) {
    const seen = new Set<string>();
    for (const phone of phones) {
      if (seen.has(phone[key])) throw new RangeError(`two devices have the ${key} ${phone[key]}`);
      seen.add(phone[key]);
    }
  }
}

/** What a built-in scenario is made from. */
export interface BuiltinOptions {
  /** A CIDR in 127.0.0.0/8, large enough for the devices. */
  subnet: string;
  seed: number;
  /** How many devices, where the scenario leaves that open. */
  phones?: number;
}
