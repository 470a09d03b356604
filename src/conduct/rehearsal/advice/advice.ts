import {
  type Advice,
  leftForWantOfTime,
  type RehearsedNight,
  wantOfTime,
} from '../../../domain/rehearsal/rehearsal.js';
import type { PlayedNights } from '../../../rehearse/play-nights.js';
import { changesFor } from './changes.js';
import { isSlowed, linkOption } from './link.js';
import { longerWindow } from './longer-window.js';
import { type Pace, ReckonedNight } from './reckoned-night.js';

/** So many nights are played for it at most, and so many of them with longer windows. */
const mostTries = { all: 4, windows: 2 };

/** A longer window gets so many minutes more each time. */
const spareMinutes = 10;

/** What a night needs of the nights that were played. */
type First = Pick<PlayedNights, 'nights' | 'first' | 'heldMs'>;

/**
 * What would make the first night fit, else what would help it most: reckoned, then found true by playing the night so. Nothing where it fits already.
 * @param pace at which it was played
 * @param play plays the first night at another one
 */
export async function adviceFor(played: First, pace: Pace, play: (pace: Pace) => Promise<First>): Promise<Advice[]> {
  const [first] = played.nights;
  if (!first || wantOfTime(first) === 0) return [];
  const trials = new Trials(first, pace, play);
  // On a slow link more slots make each phone slower.
  const wide = { ...pace, link: null };
  if (isSlowed(first)) await trials.moreOrLonger((await trials.one([], wide)) ?? played, wide);
  else if (await trials.moreOrLonger(played, pace)) await trials.moreOrLonger(played, wide);
  return trials.best === null ? [] : [trials.best];
}

/** Nights that are played to find one that fits. */
class Trials {
  best: Advice | null = null;
  #short: number;
  #tries = 0;

  constructor(
    first: RehearsedNight,
    private readonly pace: Pace,
    private readonly play: (pace: Pace) => Promise<First>,
  ) {
    this.#short = wantOfTime(first);
  }

  /** Plays it with more slots, fewer waves, or a longer window. @returns whether the link was too slow for one of them */
  async moreOrLonger(played: First, pace: Pace): Promise<boolean> {
    const night = new ReckonedNight(played, pace);
    for (const change of changesFor(night, pace))
      for (
        let now: typeof change | undefined = change;
        now && this.#mayTry;
        now = now.left === 0 ? now.more?.() : undefined
      ) {
        const other = await this.one(now.options, now.pace);
        if (other === null) break;
        if (pace.link !== null && other.nights.some(isSlowed)) return true;
      }
    for (let longer = 0; this.#mayTry && longer < mostTries.windows; longer += 1) {
      const window = longerWindow(night, pace, longer * spareMinutes);
      if (window === null) break;
      await this.one([`--window ${window.text}`], { ...pace, pacing: { ...pace.pacing, window } });
    }
    return false;
  }

  /** @returns the night, where it helps and does not fit yet */
  async one(options: readonly string[], tried: Pace): Promise<First | null> {
    if (!this.#mayTry) return null;
    this.#tries += 1;
    const played = await this.play(tried);
    const [night] = played.nights;
    // A night that stops itself is no advice.
    if (!night || night.stopped !== null || wantOfTime(night) >= this.#short) return null;
    this.#short = wantOfTime(night);
    const link = tried.link === this.pace.link ? [] : [linkOption(night)];
    this.best = told([...link, ...options], night);
    return this.#short > 0 ? played : null;
  }

  get #mayTry(): boolean {
    return this.#short > 0 && this.#tries < mostTries.all;
  }
}

function told(options: readonly string[], night: RehearsedNight): Advice {
  return {
    ...{ option: asWritten(options), endsAt: night.endsAt, outsideWindow: leftForWantOfTime(night) },
    ...{ windowLeftMs: night.window?.leftMs ?? null, fits: wantOfTime(night) === 0 },
  };
}

/** Options can be copied together; what the configuration file says of a site cannot. */
function asWritten(options: readonly string[]): string {
  const given = options.filter((option) => option.startsWith('-'));
  const others = options.filter((option) => !option.startsWith('-'));
  return [...(given.length === 0 ? [] : [given.join(' ')]), ...others].join(' and ');
}
