import { type WaveStory, wavesOf } from '../../domain/report/story/course.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import type { RehearsedNight, RehearsedWave } from '../../domain/rehearsal/rehearsal.js';
import type { Window } from '../../fleet/pacing/window/window.js';
import type { PlayedNight } from '../night/play-night.js';
import type { Download } from '../model/network.js';
import { mostAtOnce } from './at-once.js';
import { fetchedFiles } from './files.js';
import { howTheyEnd, type KnownTargets } from './how-they-end.js';

/** What is asked of a played night. */
export interface NightQuestion {
  night: number;
  played: PlayedNight;
  /** Of this night. */
  downloads: readonly Download[];
  of: KnownTargets;
  link: number | null;
  window: Window | null;
  /** Phones that are where the profile leads by its end, and those that are to be moved and are not yet. */
  moved: number;
  left: number;
}

/** A played night as it is told. */
export function nightAnswer(question: NightQuestion): RehearsedNight {
  const { night, played, window, downloads, of, link, moved, left } = question;
  const { report, phones, places } = played;
  const { run, totals } = report;
  const endsAt = Date.parse(run.finishedAt);
  const written = phones.filter(({ writtenAt }) => writtenAt !== null);
  return {
    ...{ night, startsAt: run.startedAt, endsAt: run.finishedAt },
    window: window && windowOf(window, Date.parse(run.startedAt), endsAt),
    ...{ targets: totals.targets, ...howTheyEnd(report, of), moved, left },
    waves: wavesOf(phones).map(ended),
    stopped:
      run.abortedBy === null
        ? null
        : { text: run.abortedBy, written: written.length, notProven: written.filter(isNotProven).length },
    mostAtOnce: mostAtOnce(
      written.map(({ phone, writtenAt, endedAt }) => ({
        place: places.get(phone.address) ?? '',
        from: Date.parse(writtenAt ?? ''),
        to: endedAt === null ? endsAt : Date.parse(endedAt),
      })),
    ),
    files: fetchedFiles(downloads, endsAt, link),
  };
}

function ended({
  byOutcome: { upgrading: _upgrading, waiting: _waiting, ...byOutcome },
  ...wave
}: WaveStory): RehearsedWave {
  return { ...wave, byOutcome };
}

function isNotProven({ phone }: PhoneStory): boolean {
  return phone.outcome === 'failed' || phone.outcome === 'unverified';
}

function windowOf(window: Window, startsAt: number, endsAt: number): RehearsedNight['window'] {
  const opens = window.opensAt(startsAt);
  const closes = window.closesAt(opens);
  // One that never closes leaves no end to be told.
  if (!Number.isFinite(closes)) return null;
  const { text, zone } = window;
  return { text, zone, closesAt: new Date(closes).toISOString(), leftMs: closes - endsAt };
}
