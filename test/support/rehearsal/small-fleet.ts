import { forEachName, shownNames } from '../../../src/domain/phone/fields.js';
import type { AcceptableGrade } from '../../../src/domain/pacing/grades.js';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { assume, parseAssumption } from '../../../src/domain/rehearsal/assumptions.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import type { Pacing, SitePace } from '../../../src/fleet/pacing/pacing.js';
import { parseInstant } from '../../../src/fleet/pacing/window/instant.js';
import { parseWindow } from '../../../src/fleet/pacing/window/window.js';
import type { TargetOutcome, TargetSource } from '../../../src/inventory/target.js';
import type { RehearsalParts } from '../../../src/rehearse/parts.js';
import type { Deferral } from '../../../src/store/store-rows.js';
import { files, mac, models, mpp, mppToEnterprise, targets } from '../../fleet/support/fleet.js';
import { samplePhone } from '../../report/support/sample.js';

/** One phone in a few words; without any it is an 8841 that moves in one step. */
export interface PhoneWords {
  model?: string;
  /** It takes newer firmware first, then moves: two steps. */
  isOld?: boolean;
  /** Absent: none. */
  site?: string;
  /** 10.0.SUBNET.0/24. */
  subnet?: number;
}

/** The pace of one site; what is absent is the run's. */
interface SiteWords {
  maxUpgrading?: number;
  /** As `--window` takes them; `zone` is the run's if absent. */
  window?: readonly string[];
  zone?: string;
}

/** A rehearsal in a few words: phones on Multiplatform firmware that move to Enterprise, unpaced, and nothing goes wrong. */
export interface RehearsalWords {
  phones: number | readonly PhoneWords[];
  /** On the clocks of `zone`, or ms since the epoch. */
  at?: string | number;
  zone?: string;
  /** As `--assume` takes them. */
  assume?: readonly string[];
  waves?: string;
  abortAfter?: readonly string[];
  accept?: readonly AcceptableGrade[];
  maxUpgrading?: number;
  maxUpgradingPerSubnet?: number;
  window?: readonly string[];
  sites?: Readonly<Record<string, SiteWords>>;
  concurrency?: number;
  /** Bits per second. Absent: it is never full. */
  link?: number;
  /** How long each step usually takes (ms), as the window is asked for. */
  usually?: number;
  /** Of the runs before, by MAC. */
  deferrals?: ReadonlyMap<string, Deferral>;
}

/** Firmware of the models of these fleets: in one step, and where it needs two. */
const loads: Readonly<Record<string, { now: string; old: string }>> = {
  '7841': { now: 'sip78xx.12-0-3MPP0001-87', old: 'sip78xx.11-3-1MPP0001-100' },
  '8841': { now: 'sip88xx.12-0-3MPP0001-87', old: 'sip88xx.11-3-1MPP0001-100' },
  '8865': { now: 'sip8845_65.12-0-3MPP0001-87', old: 'sip8845_65.11-3-1MPP0001-100' },
};

/** Those that these fleets may have. */
export const fleetModels = Object.keys(loads);

const minuteMs = 60_000;

/** The shipped profile, with less patience and fewer polls: so a whole night costs milliseconds. */
export const brisk: MigrationProfile = {
  ...mppToEnterprise,
  timing: {
    ...mppToEnterprise.timing,
    ...{ usual: 4 * minuteMs, upgradeDeadline: 10 * minuteMs, idleWait: 3 * minuteMs, pollInterval: 30_000 },
  },
};

/** What is assumed where nothing is to go wrong. */
const calm: Readonly<Record<string, string>> = {
  busy: '0%',
  ...{ deferred: '0%', failed: '0%', silent: '0%', 'no-answer': '0%' },
};

/** Makes the parts of a rehearsal: the address and MAC of the `n`th phone (from 0) are those of {@link addressOf} and `mac(n + 1)`. */
export function rehearsalParts(words: RehearsalWords): RehearsalParts {
  const { zone = 'UTC', at = '2026-12-01 22:00', assume: assumed = [], usually = brisk.timing.usual } = words;
  const phones = typeof words.phones === 'number' ? Array.from({ length: words.phones }, () => ({})) : words.phones;
  const given = new Set(assumed.map((text) => text.split(':')[0]));
  const quiet = Object.entries(calm).flatMap(([name, value]) => (given.has(name) ? [] : [`${name}:${value}`]));
  return {
    summary: {
      ...{ id: 'rehearsal', profile: brisk.name, dryRun: false, version: '0.0.0' },
      ...{ preflightSkipped: false, insecure: false },
    },
    profile: brisk,
    options: {
      ...{ profile: brisk, files, authorizationRule: null, dryRun: false, stepUp: true },
      ...{ allowBelowRecommended: false, skipPreflight: false, probeConcurrency: 64, timeoutMs: 3_000, sites: [] },
      ...{ concurrency: words.concurrency ?? 64, pacing: pacingOf(words, zone), link: words.link ?? null },
    },
    targets: targetsOf(phones),
    asked: new Set(phones.map(addressOf)),
    ...{ models, log: silentLog, zone, listed: [], history: [], readMs: 700, bytes: 75e6, licensed: null, ucm: null },
    reports: phones.map((phone, index) => reportOf(phone, index)),
    assumptions: assume([...quiet, ...assumed].map((text) => parseAssumption(text))),
    mayBegin: () => true,
    startsAt: typeof at === 'number' ? at : parseInstant(at, zone, 0),
    durations: { usually: () => usually, soonest: () => null },
    deferrals: words.deferrals ?? new Map(),
  };
}

/** The address of a fleet's phone. @param index from 0 */
export function addressOf({ subnet = 0 }: PhoneWords, index: number): string {
  return `10.0.${subnet}.${index + 1}`;
}

function pacingOf(words: RehearsalWords, zone: string): Pacing {
  const { waves, abortAfter = [], accept = [], window, sites = {} } = words;
  const paceOf = (site: SiteWords): SitePace => ({
    maxUpgrading: site.maxUpgrading ?? null,
    window: site.window ? parseWindow(site.window, site.zone ?? zone) : null,
    files: null,
  });
  return {
    waves: waves === undefined ? null : parseWaves(waves),
    pauseAfterWave: false,
    thresholds: abortAfter.map((text) => parseThreshold(text)),
    accept,
    window: window ? parseWindow(window, zone) : null,
    maxUpgrading: words.maxUpgrading ?? Infinity,
    maxUpgradingPerSubnet: words.maxUpgradingPerSubnet ?? Infinity,
    sites: new Map(Object.entries(sites).map(([name, site]) => [name, paceOf(site)])),
  };
}

/** The phones as named targets, in their order. */
function targetsOf(phones: readonly PhoneWords[]): TargetSource {
  return {
    ...targets([]),
    ...{ count: phones.length, scanned: [], scopes: [] },
    async *[Symbol.asyncIterator](): AsyncGenerator<TargetOutcome, void, undefined> {
      for (const [index, phone] of phones.entries()) {
        const hint = phone.site === undefined ? {} : { site: phone.site };
        const scope = `10.0.${phone.subnet ?? 0}.0/24`;
        yield { target: { address: addressOf(phone, index), hint, scope, named: true, source: 'a test' } };
      }
    },
  };
}

/** The entry of a phone in the report of the last audit. */
function reportOf(phone: PhoneWords, index: number): PhoneReport {
  const facts = factsOf(phone, index);
  const shown = forEachName(shownNames, (name) => facts[name]);
  return samplePhone({ ...shown, address: addressOf(phone, index), mac: facts.mac, family: facts.family });
}

function factsOf({ model = '8841', isOld = false }: PhoneWords, index: number): PhoneFacts {
  const runs = loads[model];
  if (!runs) throw new RangeError(`no firmware for ${model}`);
  const softwareVersion = isOld ? runs.old : runs.now;
  return mpp({ mac: mac(index + 1), model, productId: `CP-${model}-3PCC`, softwareVersion });
}
