import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { type WaveStory, wavesOf } from '../../domain/report/story/course.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import type { RehearsedNight, RehearsedWave } from '../../domain/rehearsal/rehearsal.js';
import type { Pacing } from '../../fleet/pacing/pacing.js';
import type { PlayedNight } from '../night/play-night.js';
import type { ModeledPhone } from '../model/modeled-phone.js';
import type { Download } from '../model/network.js';
import { windowEnds } from './window-ends.js';
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
  pacing: Pick<Pacing, 'window' | 'sites'>;
  /** Phones that are where the profile leads by its end, and those that are to be moved and are not yet. */
  moved: number;
  movedTonight: number;
  left: number;
}

/** A played night as it is told. */
export function nightAnswer(question: NightQuestion): RehearsedNight {
  const { night, played, pacing, downloads, of, link, moved, movedTonight, left } = question;
  const { report, phones, places } = played;
  const { run, totals } = report;
  const endsAt = Date.parse(run.finishedAt);
  const written = phones.filter(({ writtenAt }) => writtenAt !== null);
  return {
    ...{ night, startsAt: run.startedAt, endsAt: run.finishedAt },
    ...windowEnds(played, pacing),
    ...{ targets: totals.targets, ...howTheyEnd(report, of), moved, movedTonight, left },
    tooSlow: tooSlow(written, of.modeled),
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

/** With these the run, or a call, has ended a phone that had time left. */
const endedEarly: ReadonlySet<string> = new Set<FailureCodeName>(['stopped-between-steps', 'stopped-watching']);

function tooSlow(written: readonly PhoneStory[], modeled: readonly ModeledPhone[]): number {
  const well = new Set(modeled.filter(({ isWell }) => isWell).map(({ address }) => address));
  return written.filter(
    (story) => isNotProven(story) && well.has(story.phone.address) && !endedEarly.has(story.phone.failure?.code ?? ''),
  ).length;
}

function isNotProven({ phone }: PhoneStory): boolean {
  return phone.outcome === 'failed' || phone.outcome === 'unverified';
}
