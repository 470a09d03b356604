import { parseWaves, type WaveSpec } from '../../../domain/pacing/waves.js';
import type { Pacing } from '../../../fleet/pacing/pacing.js';
import type { Pace, ReckonedNight } from './reckoned-night.js';

/** A limit of a run that more could be given to. */
interface Limit {
  now: number;
  /** `--max-upgrading 24`. */
  text: (most: number) => string;
  with: (pace: Pace, most: number) => Pace;
}

/** A pace at which a night might do better. */
export interface Change {
  /** What is changed, as it is written. */
  options: string[];
  pace: Pace;
  /** Phones that it would leave for want of time, as reckoned. */
  left: number;
  /** The same with somewhat more slots; `null`: it changes none. */
  more: (() => Change) | null;
}

/** So much more is given than is reckoned to be enough, and once more where that does not do. */
const spare = 1.05;

/** Limits are raised in such steps, all alike. */
const steps = 20;

/**
 * What is worth playing of a night that leaves phones for want of time: more slots here or there, or fewer waves, or both. The most promising
 * first, and of equals what changes least.
 */
export function changesFor(night: ReckonedNight, pace: Pace): Change[] {
  const before = night.at(pace).left;
  const limits = limitsOf(pace, night.places);
  const choices = [...limits.map((limit) => [limit]), ...(limits.length > 1 ? [limits] : [])];
  const fewer = fewerWaves(pace);
  const changes = [
    ...choices.map((chosen) => withMore(night, pace, chosen, [])),
    ...(fewer ? [[], ...choices].map((chosen) => withMore(night, fewer.pace, chosen, [fewer.text])) : []),
  ];
  return changes.filter(({ left }) => left < before).sort((a, b) => a.left - b.left);
}

/** The least of these limits that leaves as few phones as none there would: all raised alike, then each alone as far back as it may. */
function withMore(night: ReckonedNight, pace: Pace, limits: readonly Limit[], others: readonly string[]): Change {
  const at = (most: readonly number[]): Pace =>
    limits.reduce((paced, limit, index) => limit.with(paced, most[index] ?? limit.now), pace);
  const raised = (step: number): number[] => limits.map(({ now }) => Math.ceil(now * (1 + step / steps)));
  const enough = steps * night.size;
  const { left } = night.at(at(raised(enough)));
  const isEnough = (most: readonly number[]): boolean => night.at(at(most)).left <= left;
  const most = raised(least(0, enough, (step) => isEnough(raised(step))));
  for (const [index, { now }] of limits.entries())
    most[index] = least(now, most[index] ?? now, (one) => isEnough(most.with(index, one)));
  return changeTo(most.map((one, index) => more(one, limits[index])));

  function more(one: number, limit: Limit | undefined): number {
    return one === limit?.now ? one : Math.ceil(one * spare);
  }

  function changeTo(most: readonly number[]): Change {
    return {
      options: [
        ...others,
        ...limits.flatMap(({ now, text }, index) => (most[index] === now ? [] : [text(most[index] ?? now)])),
      ],
      ...{ pace: at(most), left },
      more: limits.length === 0 ? null : () => changeTo(most.map((one, index) => more(one, limits[index]))),
    };
  }
}

/** The least whole number for which something holds, where it holds for all above it, too. */
function least(from: number, to: number, holds: (number: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** The limits that hold for these places. */
function limitsOf({ pacing, concurrency }: Pace, places: ReadonlySet<string>): Limit[] {
  const { maxUpgrading, maxUpgradingPerSubnet, sites } = pacing;
  const ofSites = [...places].flatMap((place): Limit[] => {
    const now = sites.get(place)?.maxUpgrading ?? null;
    return now === null ? [] : [siteLimit(place, now)];
  });
  const limits: Limit[] = [
    paceLimit(maxUpgrading, '--max-upgrading', (maxUpgrading) => ({ maxUpgrading })),
    paceLimit(maxUpgradingPerSubnet, '--max-upgrading-per-subnet', (maxUpgradingPerSubnet) => ({
      maxUpgradingPerSubnet,
    })),
    ...ofSites,
    {
      now: concurrency,
      text: (most) => `--concurrency ${most}`,
      with: (pace, most) => ({ ...pace, concurrency: most }),
    },
  ];
  return limits.filter(({ now }) => Number.isFinite(now));
}

function paceLimit(now: number, option: string, as: (most: number) => Partial<Pacing>): Limit {
  return {
    now,
    text: (most) => `${option} ${most}`,
    with: (pace, most) => ({ ...pace, pacing: { ...pace.pacing, ...as(most) } }),
  };
}

function siteLimit(site: string, now: number): Limit {
  return {
    now,
    text: (most) => `limits.maxUpgrading ${most} of the site ${site}`,
    with: (pace, most) => {
      const { sites } = pace.pacing;
      const own = sites.get(site);
      if (!own) return pace;
      return { ...pace, pacing: { ...pace.pacing, sites: new Map(sites).set(site, { ...own, maxUpgrading: most }) } };
    },
  };
}

/** Canaries, then all: the waves between them cost the most time. */
function fewerWaves({ pacing, ...others }: Pace): { pace: Pace; text: string } | null {
  const { waves } = pacing;
  const [first] = waves?.text.split(',') ?? [];
  if (waves === null || first === undefined || waves.sizes.length < 3) return null;
  const fewer: WaveSpec = parseWaves(`${first},100%`);
  return { pace: { pacing: { ...pacing, waves: fewer }, ...others }, text: `--waves ${fewer.text}` };
}
