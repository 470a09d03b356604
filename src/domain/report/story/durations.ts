import type { PhoneStory } from './story.js';

/** How long phones took, in equal classes. */
export interface Durations {
  /** What was measured: from the first write to the proof, or, where nothing was written, the reading of a phone. */
  of: 'moved' | 'read';
  phones: number;
  /** Half of them took no longer (ms). */
  medianMs: number;
  /** 95 of 100 took no longer (ms). */
  p95Ms: number;
  longestMs: number;
  /** The width of a class (ms); the first begins at {@link Durations.fromMs}. */
  widthMs: number;
  fromMs: number;
  /** How many phones are in each class. */
  classes: number[];
}

/** Widths that read well: so many seconds, minutes, hours. */
const widths = [
  ...[10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000],
  ...[1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1_440].map((minutes) => minutes * 60_000),
];

/** More classes than this are no picture any more. */
const mostClasses = 24;

/** How long the phones took that were moved; where none was, how long it took to read those that were read; `null`: neither. */
export function durationsOf(phones: readonly PhoneStory[]): Durations | null {
  const moved = phones.flatMap(({ writtenAt, endedAt, phone: { outcome } }) =>
    writtenAt === null || endedAt === null || outcome !== 'done' ? [] : [Date.parse(endedAt) - Date.parse(writtenAt)],
  );
  if (moved.length > 0) return classed('moved', moved);
  const isWritten = phones.some(({ writtenAt }) => writtenAt !== null);
  const read = isWritten ? [] : phones.flatMap(({ phone }) => (phone.family === null ? [] : (phone.durationMs ?? [])));
  return read.length > 0 ? classed('read', read) : null;
}

function classed(of: Durations['of'], all: readonly number[]): Durations {
  const sorted = all.map((ms) => Math.max(0, ms)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const [shortest, longest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const fits = (width: number): boolean =>
    // From a second on, durations are told in whole seconds.
    (longest < 1_000 || width >= 1_000) && Math.floor(longest / width) - Math.floor(shortest / width) < mostClasses;
  // A night that a resume ended a week later has no width of its own.
  const widthMs = widths.find(fits) ?? Math.ceil((longest - shortest + 1) / (mostClasses - 1));
  const first = Math.floor(shortest / widthMs);
  const classes = new Array<number>(Math.floor(longest / widthMs) - first + 1).fill(0);
  for (const ms of sorted) {
    const index = Math.floor(ms / widthMs) - first;
    classes[index] = (classes[index] ?? 0) + 1;
  }
  return {
    ...{ of, phones: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), longestMs: longest },
    ...{ widthMs, fromMs: first * widthMs, classes },
  };
}
