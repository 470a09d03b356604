import { waveSizes } from '../../../domain/pacing/waves.js';
import type { FailureCodeName } from '../../../domain/failures/failure-codes.js';
import { mostUnderWay } from '../../../domain/pacing/judge-thresholds.js';
import { newTally } from '../../../domain/pacing/run-tally.js';
import type { Pacing } from '../../../fleet/pacing/pacing.js';
import { isLimitedByThresholds } from '../../../fleet/pacing/slots.js';
import type { PlayedNights } from '../../../rehearse/play-nights.js';
import { type Scheduled, type ScheduledPhone, schedule, type SchedulePace } from './schedule.js';

const tooLate: FailureCodeName = 'outside-window';

/** What is taken from nights that were played. */
export type Played = Pick<PlayedNights, 'nights' | 'heldMs'> & {
  first: Pick<PlayedNights['first'], 'phones' | 'places'>;
};

/** How fast a night goes. */
export interface Pace {
  pacing: Pacing;
  /** Phones that are connected to at once. */
  concurrency: number;
  /** Speed of the link from each file server (bits per second); `null`: it is never full. */
  link: number | null;
}

/** A night that was played, to be reckoned anew at another pace. */
export class ReckonedNight {
  /** Sites and subnets of all phones, and of those that are left though others with the same hours had their turn. */
  readonly places: ReadonlySet<string>;
  readonly latePlaces: ReadonlySet<string>;
  readonly #phones: readonly ScheduledPhone[];
  readonly #sites: Pacing['sites'];
  /** So many phones under way keep one connection busy. */
  readonly #perConnection: number;

  /** @param pace at which it was played */
  constructor({ first: { phones, places }, heldMs }: Played, pace: Pace) {
    this.#sites = pace.pacing.sites;
    const turns = turnsOf(phones, places);
    const known = turns.flatMap(({ tookMs }) => tookMs ?? []);
    // Where phones were left, the last write of those with the same hours was about the last one possible.
    const [latest, isFull] = [new Map<string, number>(), new Set<string>()];
    for (const { place, writtenMs, isLate } of turns) {
      const hours = this.#hoursOf(place);
      if (isLate) isFull.add(hours);
      if (writtenMs !== null) latest.set(hours, Math.max(latest.get(hours) ?? 0, writtenMs));
    }
    const phonesAt = (slower: number): ScheduledPhone[] =>
      turns.map(({ place, tookMs }, index) => {
        const hours = this.#hoursOf(place);
        return {
          // Those that were left take as long as others did.
          ...{ place, takesMs: slower * (tookMs ?? known[index % Math.max(1, known.length)] ?? 0) },
          latestMs: isFull.has(hours) ? (latest.get(hours) ?? -1) : Number.POSITIVE_INFINITY,
        };
      });
    this.places = new Set(turns.map(({ place }) => place));
    const wasOpen = (place: string): boolean => latest.has(this.#hoursOf(place));
    this.latePlaces = new Set(turns.flatMap(({ isLate, place }) => (isLate && wasOpen(place) ? [place] : [])));
    const late = turns.filter(({ isLate }) => isLate).length;
    this.#perConnection = heldMs === 0 ? Number.POSITIVE_INFINITY : known.reduce((sum, ms) => sum + ms, 0) / heldMs;
    const reckoned = schedule(phonesAt(1), this.#paceOf(pace, turns.length));
    // A slot is not taken again in the moment in which it is free.
    this.#phones = phonesAt(Math.max(1, (turns.length - reckoned.left) / Math.max(1, turns.length - late)));
  }

  /** How many phones have their turn in it, or would have. */
  get size(): number {
    return this.#phones.length;
  }

  /** @param within in such a part of the time that there is, from 0 to 1 */
  at(pace: Pace, within = 1): Scheduled {
    return schedule(this.#phones, { ...this.#paceOf(pace, this.size), within });
  }

  /** The same without an end, until all phones have had their turn. */
  endless(pace: Pace): Scheduled {
    const phones = this.#phones.map((phone) => ({ ...phone, latestMs: Number.POSITIVE_INFINITY }));
    return schedule(phones, this.#paceOf(pace, this.size));
  }

  /** Names the window that holds for a place: its own, or the run's. */
  #hoursOf(place: string): string {
    return this.#sites.get(place)?.window ? place : '';
  }

  #paceOf({ pacing, concurrency }: Pace, all: number): SchedulePace {
    const { waves, pauseAfterWave, maxUpgradingPerSubnet, sites } = pacing;
    const watched = Math.max(1, Math.floor(concurrency * this.#perConnection));
    return {
      waves: waves === null || pauseAfterWave ? [all] : waveSizes(waves, all),
      slots: Math.min(slotsIn(pacing, all), watched),
      slotsOf: (place) => sites.get(place)?.maxUpgrading ?? maxUpgradingPerSubnet,
      within: 1,
    };
  }
}

/** A phone that had its turn in a night, or was left as that came too late. */
interface Turn {
  wave: number;
  place: string;
  isLate: boolean;
  /** When it was first written to (ms after the first phone of the night); `null`: it was not. */
  writtenMs: number | null;
  /** From then to its end; `null`: it did not come to its end by itself. */
  tookMs: number | null;
}

/** In the order in which they had their turn, those that were left last in each wave. */
function turnsOf(phones: Played['first']['phones'], places: Played['first']['places']): Turn[] {
  const written = phones.flatMap(({ writtenAt }) => (writtenAt === null ? [] : [writtenAt]));
  const begun = written.reduce((first, at) => (at < first ? at : first), written[0] ?? '');
  return phones
    .filter(({ phone, writtenAt }) => writtenAt !== null || phone.failure?.code === tooLate)
    .map(({ phone, wave, writtenAt, endedAt }) => {
      const isLate = phone.failure?.code === tooLate;
      const tookMs =
        isLate || writtenAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(writtenAt);
      const writtenMs = writtenAt === null ? null : Date.parse(writtenAt) - Date.parse(begun);
      return { wave: wave ?? 0, place: places.get(phone.address) ?? '', isLate, writtenMs, tookMs };
    })
    .sort((a, b) => a.wave - b.wave || (a.writtenMs ?? Infinity) - (b.writtenMs ?? Infinity) || 0);
}

/** How many phones are under way at once at most in a night of so many: as is said, else as the thresholds allow when it begins. */
export function slotsIn(pacing: Pacing, phones: number): number {
  const { thresholds, maxUpgrading } = pacing;
  return isLimitedByThresholds(pacing) ? mostUnderWay(thresholds, newTally(phones)) : maxUpgrading;
}
