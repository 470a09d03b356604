import { randomBytes } from 'node:crypto';
import type { Models } from '../../domain/phone/models.js';
import { silentLog } from '../../domain/ports/log.js';
import { assume, assumptionTexts, type Assumption } from '../../domain/rehearsal/assumptions.js';
import { type Rehearsal, rehearsalSchema } from '../../domain/rehearsal/rehearsal.js';
import { chosenBy } from '../../domain/unified-cm/choice.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import { shippedUnifiedCm } from '../../config/profiles/as-shipped.js';
import { openRunTargets, type Target } from '../../fleet/run/assemble.js';
import { ucmLoadsOf } from '../../fleet/unified-cm/of-run.js';
import type { RehearsalParts } from '../../rehearse/parts.js';
import { type PlayedNights, playNights } from '../../rehearse/play-nights.js';
import type { Store } from '../../store/store.js';
import { ownZone } from '../options/pacing.js';
import type { Given } from '../options/sources.js';
import { runSummary } from '../run/new-run.js';
import { systemClock } from '../system-clock.js';
import { packageVersion } from '../version.js';
import { adviceFor } from './advice/advice.js';
import type { Pace } from './advice/reckoned-night.js';
import { type CheckedRehearsal, checkRehearsal } from './check-rehearsal.js';
import { knownOfStore, readMsOf } from './known-of-store.js';
import { knownPhonesIfAny, lastKnownPhones } from './known-phones.js';
import { phonesOfLists } from './listed-phones.js';
import { refuseNobody } from './refuse-nobody.js';
import { spreadOf } from './spread.js';
import { leastTime, openHours } from './open-hours.js';
import { refuseInVain, saidTwice, type StartQuestion, startOf } from './start.js';

/** What a rehearsal is asked besides the options of its run. */
export interface RehearsalWords {
  /** When the night begins, as written; `null`: when its window opens next, else now. */
  at: string | null;
  assume: readonly Assumption[];
  seed: number;
  /** How often it is rehearsed, each time with other draws. */
  times: number;
  /** So many nights at most. */
  nights: number;
}

/** A rehearsal, and its first night phone by phone. */
export interface MadeRehearsal {
  rehearsal: Rehearsal;
  first: { report: PlayedNights['first']['report']; phones: readonly PhoneStory[] };
  warnings: string[];
}

/**
 * Rehearses a night: nothing is contacted and nothing is written.
 * @param store where the fleet is known from; `null`: there is none
 * @param onPlayed called after each night that was played, with how many so far
 * @throws UsageError with what is wrong
 */
export async function rehearse(
  given: Given,
  words: RehearsalWords,
  store: Store | null,
  models: Models,
  onPlayed: (nights: number) => void = () => {},
): Promise<MadeRehearsal> {
  const { settings: said } = given;
  const hasLists = said.inventory.length > 0;
  const assumptions = assume(words.assume);
  // Only a list can stand in for an audit.
  const known =
    store !== null && !hasLists
      ? await lastKnownPhones(store, said.fromRun)
      : await knownPhonesIfAny(store, said.fromRun);
  const checked = await checkRehearsal(given, models, known?.of.run ?? null);
  const { settings, profile } = checked;
  const ofStore = await knownOfStore(store, profile, assumptions.size);
  const reports = known?.reports ?? [];
  const seen = new Set(reports.map(({ address }) => address));
  const listed = hasLists ? await phonesOfLists(checked.targets, (address) => seen.has(address), profile, models) : [];
  const zone = said.timeZone ?? ownZone();
  const phones = [
    ...reports.filter(({ family }) => family !== null),
    ...listed.map(({ address, facts: { family } }) => ({ address, family })),
  ];
  const { targets, asked, ofPhones } = await targetsOf(checked, reports, phones);
  const start: StartQuestion = {
    ...{ at: words.at, zone, now: systemClock.now() },
    hours: openHours(ofPhones, settings.pacing, settings.sites),
    leastMs: leastTime(
      phones.filter(({ address }) => asked.has(address)),
      profile,
      ofStore.durations.usually,
    ),
  };
  const startsAt = startOf(start);
  const { size, ...learned } = ofStore;
  refuseNobody(known, listed, asked, settings.targets.ofUcm !== undefined);
  const parts: RehearsalParts = {
    ...{ summary: runSummary(settings), profile, models, log: silentLog, reports, listed, assumptions, zone, startsAt },
    mayBegin: (at) => start.hours.isAlways || start.hours.windows.some((window) => window.fits(at, start.leastMs)),
    ...{ ...learned, readMs: readMsOf(reports), bytes: size.bytes, ucm: await ucmOf(settings) },
    options: { ...settings, ucmLoads: settings.ucm ? ucmLoadsOf(settings.ucm, settings.files) : null },
    ...{ targets, asked },
  };
  const { seed, times, nights: most } = words;
  let count = 0;
  const play = async (variation: { seed: number; nights: number } & Partial<Pace>): Promise<PlayedNights> => {
    const played = await playNights(parts, variation);
    onPlayed((count += played.nights.length));
    return played;
  };
  const all: PlayedNights[] = [];
  for (let time = 0; time < times; time += 1) all.push(await play({ seed: seed + time, nights: most }));
  const [played] = all;
  const first = played?.nights[0];
  if (!played || !first) throw new RangeError('no night was played');
  refuseInVain(start, startsAt, first);
  const rehearsal: Rehearsal = {
    schema: rehearsalSchema,
    id: `rehearsal-${stamp()}-${randomBytes(3).toString('hex')}`,
    madeAt: new Date(systemClock.now()).toISOString(),
    ...{ version: packageVersion(), profile: profile.name, of: known?.of ?? null },
    ...{ phones: played.phones, fromList: listed.length, unread: played.unread, seed, zone },
    assumed: assumptionTexts(assumptions),
    ...{ timesFrom: played.timesFrom, size, nights: played.nights },
    ...(played.licenses ? { licenses: played.licenses } : {}),
    ...(times > 1 ? { spread: spreadOf(all.map(({ nights }) => nights)) } : {}),
    advice: await adviceFor(played, paceOf(settings), (pace) => play({ seed, nights: 1, ...pace })),
  };
  const twice = saidTwice(start, startsAt);
  return { rehearsal, first: played.first, warnings: [...checked.warnings, ...(twice === null ? [] : [twice])] };
}

function paceOf({ pacing, concurrency, link }: CheckedRehearsal['settings']): Pace {
  return { pacing, concurrency, link: link ?? null };
}

function stamp(): string {
  return new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The modeled Unified CM of a run; `null`: the run has none. */
async function ucmOf({ ucm = null, files }: CheckedRehearsal['settings']): Promise<RehearsalParts['ucm']> {
  if (ucm === null) return null;
  const { webAccess, loadServer } = await shippedUnifiedCm();
  const [first = '', ...others] = loadServer.tags;
  const [filesUrl = ''] = ucmLoadsOf(ucm, files).urls;
  const { host, devicePools, match } = ucm;
  const choice = { devicePools, match };
  return { host, loadServerTags: [first, ...others], webAccessSetting: webAccess, filesUrl, choice };
}

/**
 * The targets, with those phones of the audit that Unified CM has and that are chosen there; which modeled phones are among them; and those at
 * which a phone is known.
 */
async function targetsOf(
  { settings: { targets: spec, ucm }, targets }: CheckedRehearsal,
  reports: readonly PhoneReport[],
  known: readonly { address: string }[],
): Promise<Pick<RehearsalParts, 'targets' | 'asked'> & { ofPhones: Target[] }> {
  const isChosen = ucm && chosenBy(ucm);
  const phones = reports.flatMap((report) => {
    const { address, mac, model, family } = report;
    const { devicePool = null, description = '' } = report.ucm ?? {};
    if (family !== 'enterprise' || mac === null || !isChosen?.({ name: `SEP${mac}`, devicePool, description }))
      return [];
    return [{ address, hint: { mac, ...(model === null ? {} : { model }) } }];
  });
  const all = spec.ofUcm
    ? await openRunTargets({ targets: { ...spec, ofUcm: { ...spec.ofUcm, phones } } }, systemClock, { looksUp: false })
    : targets;
  const asked = new Set<string>();
  const ofPhones: Target[] = [];
  const isKnown = new Set(known.map(({ address }) => address));
  for await (const { target } of all) {
    asked.add(target.address);
    if (isKnown.has(target.address)) ofPhones.push(target);
  }
  return { targets: all, asked, ofPhones };
}
