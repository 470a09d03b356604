import {
  type Advice,
  leftForWantOfTime,
  type RehearsedNight,
  slowestLink,
  wantOfTime,
} from '../../../domain/rehearsal/rehearsal.js';
import { formatBitRate } from '../../../domain/text/bit-rate.js';
import { shellWord } from '../../../domain/text/shell-word.js';
import { changesFor } from './changes.js';
import { linkFor } from './link.js';
import { longerWindow } from './longer-window.js';
import { type Pace, type Played, ReckonedNight } from './reckoned-night.js';

/** So many nights are played for it at most, and so many of them with longer windows. */
const mostTries = { all: 4, windows: 2 };

/** A longer window gets so many minutes more each time. */
const spareMinutes = 10;

/**
 * What would make the first night fit, else what would help it most: reckoned, then found true by playing the night so. Nothing where it fits already.
 * @param pace at which it was played
 * @param play plays the first night at another one
 */
export async function adviceFor(played: Played, pace: Pace, play: (pace: Pace) => Promise<Played>): Promise<Advice[]> {
  const [first] = played.nights;
  if (!first || wantOfTime(first) === 0) return [];
  const trials = new Trials(first, pace, play);
  const wide = { ...pace, link: null };
  // On a slow link more slots make each phone slower.
  if (slowestLink(first)) await trials.moreOrLonger((await trials.one([], wide)) ?? played, wide);
  else if (needsMoreThan(pace.link, first)) await trials.moreOrLonger(played, wide);
  else {
    await trials.moreOrLonger(played, pace);
    if (trials.wasLinkSlow) await trials.moreOrLonger(played, wide);
  }
  return trials.advice();
}

/** Whether the phones that a night leaves would be too much for a link, as fast as those fetched that it has moved. */
function needsMoreThan(link: number | null, { waves, files, ...night }: RehearsedNight): boolean {
  const written = waves.reduce((sum, { phones }) => sum + phones, 0);
  const peak = Math.max(0, ...files.map(({ peakBitsPerSecond }) => peakBitsPerSecond));
  return link !== null && (peak * (written + leftForWantOfTime(night))) / Math.max(1, written) > 2 * link;
}

/** Nights that are played to find one that fits. */
class Trials {
  #best: { options: readonly string[]; pace: Pace; night: RehearsedNight } | null = null;
  /** Whether phones waited for the link in one of them. */
  wasLinkSlow = false;
  #short: number;
  #tries = 0;

  constructor(
    first: RehearsedNight,
    private readonly pace: Pace,
    private readonly play: (pace: Pace) => Promise<Played>,
  ) {
    this.#short = wantOfTime(first);
  }

  /** Plays it with more slots and connections, fewer waves, or a longer window; until one is too much for the link. */
  async moreOrLonger(played: Played, pace: Pace): Promise<void> {
    if (!this.#mayTry) return;
    const night = new ReckonedNight(played, pace);
    const isWide = pace.link === null;
    for (const change of changesFor(night, pace)) {
      let now: typeof change | undefined = change;
      while (now && this.#mayTry) {
        const helps: boolean = (await this.one(now.options, now.pace)) !== null;
        if (this.wasLinkSlow && !isWide) return;
        now = helps && now.left === 0 ? now.more?.() : undefined;
      }
      if (!this.#mayTry) return;
    }
    for (let longer = 0; this.#mayTry && longer < mostTries.windows; longer += 1) {
      const window = longerWindow(night, pace, longer * spareMinutes);
      if (window === null) return;
      await this.one([`--window ${shellWord(window.text)}`], { ...pace, pacing: { ...pace.pacing, window } });
    }
  }

  /** @returns the night, where it helps and does not fit yet */
  async one(options: readonly string[], tried: Pace): Promise<Played | null> {
    if (!this.#mayTry) return null;
    this.#tries += 1;
    const played = await this.play(tried);
    const [night] = played.nights;
    if (!night) return null;
    this.wasLinkSlow ||= slowestLink(night) !== null;
    // A night that stops itself is no advice.
    if (night.stopped !== null || wantOfTime(night) >= this.#short) return null;
    this.#short = wantOfTime(night);
    this.#best = { options, pace: tried, night };
    return this.#short > 0 ? played : null;
  }

  /** The best of them; with as fast a link as it asked for, as nobody has an endless one. */
  async advice(): Promise<Advice[]> {
    if (this.#best === null) return [];
    const { options, pace, night } = this.#best;
    if (pace.link === this.pace.link) return [told(options, night)];
    const link = linkFor(night);
    const [again] = (await this.play({ ...pace, link })).nights;
    return again?.stopped === null ? [told([...options, `a link of ${formatBitRate(link)}`], again)] : [];
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

/** Options can be copied together; a link, and what the configuration file says of a site, cannot. */
function asWritten(options: readonly string[]): string {
  const given = options.filter((option) => option.startsWith('-'));
  const others = options.filter((option) => !option.startsWith('-'));
  return [...(given.length === 0 ? [] : [given.join(' ')]), ...others].join(' and ');
}
