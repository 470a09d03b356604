import type { Pacing } from '../../../fleet/pacing/pacing.js';
import { type Pace, slotsIn } from './reckoned-night.js';

/** A limit of a run that more could be given to. */
export interface Limit {
  now: number;
  /** More than this is as good as none. */
  most: number;
  /** `--max-upgrading 24`. */
  text: (limit: number) => string;
  with: (pace: Pace, limit: number) => Pace;
}

/** Up to so many sites are named one by one. */
const mostNamed = 3;

/**
 * The limits that hold phones up.
 * @param places the sites and subnets of phones that are left
 * @param phones how many have their turn in the night
 */
export function limitsOf({ pacing, concurrency }: Pace, places: ReadonlySet<string>, phones: number): Limit[] {
  const { maxUpgradingPerSubnet, sites } = pacing;
  const own = new Map(
    [...places].flatMap((place): [string, number][] => {
      const slots = sites.get(place)?.maxUpgrading ?? null;
      return slots === null ? [] : [[place, slots]];
    }),
  );
  const limits: Limit[] = [
    ofPacing(slotsIn(pacing, phones), phones, '--max-upgrading', (slots) => ({ maxUpgrading: slots })),
    ofPacing(maxUpgradingPerSubnet, phones, '--max-upgrading-per-subnet', (slots) => ({
      maxUpgradingPerSubnet: slots,
    })),
    ...(own.size === 0 ? [] : [ofSites(own, phones)]),
    {
      ...{ now: concurrency, most: phones, text: (limit) => `--concurrency ${limit}` },
      with: (pace, limit) => ({ ...pace, concurrency: limit }),
    },
  ];
  return limits.filter(({ now }) => Number.isFinite(now));
}

function ofPacing(now: number, most: number, option: string, as: (slots: number) => Partial<Pacing>): Limit {
  return {
    ...{ now, most, text: (slots) => `${option} ${slots}` },
    with: (pace, slots) => ({ ...pace, pacing: { ...pace.pacing, ...as(slots) } }),
  };
}

/** Slots that sites have for themselves: all are given more alike, in percent of what each has. */
function ofSites(own: ReadonlyMap<string, number>, phones: number): Limit {
  const slotsOf = (now: number, percent: number): number => Math.ceil((now * percent) / 100);
  return {
    now: 100,
    most: 100 * phones,
    text: (percent) => {
      const all = [...own].map(([site, now]) => `${slotsOf(now, percent)} of ${site}`);
      if (all.length <= mostNamed) return `limits.maxUpgrading ${all.join(', ')}`;
      return `limits.maxUpgrading of ${all.length} sites ${Math.ceil(percent / 10) / 10} times as high`;
    },
    with: (pace, percent) => {
      const sites = new Map(pace.pacing.sites);
      for (const [site, now] of own) {
        const known = sites.get(site);
        if (known) sites.set(site, { ...known, maxUpgrading: slotsOf(now, percent) });
      }
      return { ...pace, pacing: { ...pace.pacing, sites } };
    },
  };
}
