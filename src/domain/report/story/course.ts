import type { Outcome } from '../../progress/outcome.js';
import { standingWord, type UnfinishedWord } from '../unfinished.js';
import type { PhoneStory } from './story.js';

/** One wave of a run, or all its phones where it had none. */
export interface WaveStory {
  /** From 1; `null`: phones that were in no wave. */
  wave: number | null;
  /** Phones that were written to. */
  phones: number;
  /** Those that have not ended among them. */
  byOutcome: Partial<Record<Outcome | UnfinishedWord, number>>;
  /** ISO 8601. */
  firstWriteAt: string;
  /** When the last of them ended; `null`: not all have. */
  lastEndAt: string | null;
}

/** The waves that were opened, in their order. */
export function wavesOf(phones: readonly PhoneStory[]): WaveStory[] {
  const waves = new Map<number | null, (PhoneStory & { writtenAt: string })[]>();
  for (const phone of phones) {
    const { wave, writtenAt } = phone;
    if (writtenAt === null) continue;
    const those = waves.get(wave);
    if (those) those.push({ ...phone, writtenAt });
    else waves.set(wave, [{ ...phone, writtenAt }]);
  }
  const told = [...waves].map(([wave, those]): WaveStory => {
    const byOutcome: WaveStory['byOutcome'] = {};
    for (const { phone } of those) {
      const word = standingWord(phone);
      byOutcome[word] = (byOutcome[word] ?? 0) + 1;
    }
    const ends = those.map(({ endedAt }) => endedAt);
    return {
      ...{ wave, phones: those.length, byOutcome },
      firstWriteAt: those.map(({ writtenAt }) => writtenAt).reduce((a, b) => (b < a ? b : a)),
      lastEndAt: ends.reduce((a, b) => (a === null || b === null ? null : b > a ? b : a)),
    };
  });
  return told.sort((a, b) => (a.wave ?? Infinity) - (b.wave ?? Infinity));
}

/** How many phones stood how, at moments of a run: one array for each, all of the same length. */
export interface Course {
  /** Seconds since the epoch, rising. */
  at: number[];
  /** Proven by then. */
  done: number[];
  /** Ended by then in another way, after they were written to. */
  notDone: number[];
  /** Written to by then, and not ended. */
  underWay: number[];
}

/** So many moments are told at most: more than a chart has points. */
const mostMoments = 600;

/** The course of the phones that were written to; `null`: there is none. */
export function courseOf(phones: readonly PhoneStory[]): Course | null {
  const steps = phones.flatMap(({ writtenAt, endedAt, phone: { outcome } }) => {
    if (writtenAt === null) return [];
    const began = { at: Date.parse(writtenAt), done: 0, notDone: 0, underWay: 1 };
    if (endedAt === null) return [began];
    const isDone = outcome === 'done';
    return [began, { at: Date.parse(endedAt), done: isDone ? 1 : 0, notDone: isDone ? 0 : 1, underWay: -1 }];
  });
  const [first] = steps.sort((a, b) => a.at - b.at);
  const last = steps.at(-1);
  if (!first || !last) return null;
  const course: Course = { at: [], done: [], notDone: [], underWay: [] };
  const apart = (last.at - first.at) / mostMoments;
  const sum = { done: 0, notDone: 0, underWay: 0 };
  const tell = (at: number): void => {
    course.at.push(at / 1_000);
    for (const name of ['done', 'notDone', 'underWay'] as const) course[name].push(sum[name]);
  };
  tell(first.at);
  let told = first.at;
  for (const [index, step] of steps.entries()) {
    for (const name of ['done', 'notDone', 'underWay'] as const) sum[name] += step[name];
    const next = steps[index + 1];
    // What happens within a point of the chart is one point.
    if (next && (next.at === step.at || next.at - told < apart)) continue;
    tell(step.at);
    told = step.at;
  }
  return course;
}
