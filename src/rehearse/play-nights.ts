import { parseWaves, waveSizes } from '../domain/pacing/waves.js';
import { sleep } from '../domain/ports/clock.js';
import { drawOf } from '../domain/rehearsal/fate.js';
import type { Rehearsal, RehearsedNight } from '../domain/rehearsal/rehearsal.js';
import { StepTimes, type TimeSource } from '../domain/rehearsal/step-times.js';
import type { RunOptions } from '../fleet/context.js';
import type { Pacing } from '../fleet/pacing/pacing.js';
import { nextDay } from '../fleet/pacing/window/instant.js';
import { licensesOf } from './answer/licenses.js';
import { nightAnswer } from './answer/night.js';
import { plansOf, stayingOf } from './answer/plans.js';
import { whereTheyAre } from './answer/where-phones-are.js';
import { modeledFiles } from './model/files.js';
import { modelFleet } from './model/fleet.js';
import { ModeledNetwork } from './model/network.js';
import { ModeledCluster } from './model/unified-cm.js';
import { NightMemory } from './night/memory.js';
import { playNight, type PlayedNight } from './night/play-night.js';
import type { RehearsalParts } from './parts.js';
import { grainFor, VirtualClock } from './virtual-clock.js';

/** What is varied from one rehearsal to the next. */
export interface Variation {
  seed: number;
  /** So many nights at most; fewer where nothing is left before. */
  nights: number;
  /** Absent: those of the options. */
  pacing?: Pacing;
  concurrency?: number;
  link?: number | null;
}

/** Nights that were played one after the other. */
export interface PlayedNights {
  nights: RehearsedNight[];
  /** The first one, whole. */
  first: PlayedNight;
  /** For how long it held connections to phones, from the first write on (ms). */
  heldMs: number;
  /** Its steps, by what their duration was taken from. */
  timesFrom: Partial<Record<TimeSource, number>>;
  /** How many phones are among the targets. */
  phones: number;
  /** Phones that could not be read, or not whole. */
  unread: number;
  /** `null`: none needs a license. */
  licenses: Required<Rehearsal>['licenses'] | null;
}

/** Plays the night, and those after it as long as phones are left: each is a run of its own with the same options, as a nightly job makes them. */
export async function playNights(
  parts: RehearsalParts,
  { seed, nights: most, ...otherwise }: Variation,
): Promise<PlayedNights> {
  const { profile, models, assumptions, bytes, licensed, summary, targets, log } = parts;
  const options = { ...parts.options, ...otherwise };
  const clock = new VirtualClock(parts.startsAt, grainFor(parts.readMs));
  const times = new StepTimes(parts.history, profile.timing.usual, assumptions.duration, seed);
  const fleet = modelFleet(parts, { clock, seed });
  const modeled = fleet.phones.filter(({ address }) => parts.asked.has(address));
  const asked = modeled.filter(({ facts }) => facts !== null);
  const known = new Set([...parts.reports, ...parts.listed].map(({ address }) => address));
  const network = new ModeledNetwork({
    ...{ phones: fleet.byAddress, clock, models, times, bytes },
    ...{ pollMs: profile.timing.pollInterval, settleMs: profile.timing.settle },
    ...{ timeoutMs: options.timeoutMs, link: options.link ?? null, readMs: parts.readMs },
  });
  const cluster = parts.ucm && new ModeledCluster(parts.ucm, fleet.inUcm, network, clock);
  const preflight = modeledFiles({ bytes, licensed });
  const planner = { options, models, preflight, phones: network, ucm: cluster?.atWork() ?? null };
  const plans = await plansOf(asked, planner);
  const licenses = licensesOf(plans, licensed !== null);
  const staying = stayingOf(plans);
  const memory = new NightMemory(parts.deferrals);
  const nights: RehearsedNight[] = [];
  let { moved } = whereTheyAre(asked, staying, [], profile, models);
  let first: PlayedNight | null = null;
  let of: Pick<PlayedNights, 'timesFrom' | 'heldMs'> = { timesFrom: {}, heldMs: 0 };
  for (let night = 1; night <= most; night += 1) {
    if (night > 1) {
      const startsAt = nextStart(parts, clock.now());
      if (startsAt === null) break;
      await clock.until(sleep(clock, startsAt - clock.now()));
      fleet.begin(night);
    }
    let draws = 0;
    const random = (): number => drawOf(seed, String((draws += 1)), `run ${night}`);
    const before = network.downloads.length;
    network.unheard.clear();
    const played = await playNight({
      ...{ summary, targets, phones: network, preflight, models, clock, random, log, memory, ...parts.durations },
      options: optionsOf(options, night, first),
      ucm: cluster?.atWork() ?? null,
      ...(parts.notify ? { notify: parts.notify } : {}),
    });
    const where = whereTheyAre(asked, staying, played.report.phones, profile, models);
    const answer = nightAnswer({
      ...{ night, played, link: options.link ?? null, pacing: options.pacing },
      downloads: network.downloads.slice(before),
      of: { modeled, known, unheard: network.unheard },
      ...{ ...where, movedTonight: where.moved - moved },
    });
    ({ moved } = where);
    nights.push(answer);
    if (first === null) of = { timesFrom: Object.fromEntries(times.used), heldMs: network.heldMs };
    first ??= played;
    if (answer.left === 0) break;
  }
  if (first === null) throw new RangeError('no night was to be played');
  return {
    nights,
    first,
    ...of,
    phones: asked.length,
    unread: modeled.filter(({ isUnread }) => isUnread).length,
    licenses,
  };
}

/** A job of so many days without an hour for a phone is given up. */
const mostDays = 30;

/** When the job begins again: at the same time of the next day on which a phone may be written to then. `null`: on none. */
function nextStart({ startsAt, zone, mayBegin }: RehearsalParts, after: number): number | null {
  let start = nextDay(startsAt, after, zone);
  for (let day = 0; day < mostDays; day += 1) {
    if (mayBegin(start)) return start;
    start = nextDay(startsAt, start, zone);
  }
  return null;
}

/** With `--pause-after-wave` each night takes the next wave, in the sizes that they had in the first one, as the resume of a job would. */
function optionsOf(options: RunOptions, night: number, first: PlayedNight | null): RunOptions {
  const { waves, pauseAfterWave } = options.pacing;
  if (!pauseAfterWave || waves === null || first === null) return options;
  const drawn = first.phones.filter(({ wave }) => wave !== null).length;
  const left = waveSizes(waves, drawn).slice(night - 1);
  return { ...options, pacing: { ...options.pacing, waves: left.length > 0 ? parseWaves(left.join(',')) : null } };
}
