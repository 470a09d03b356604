import type { createColors } from 'picocolors';
import { countsOf, type Counts, type RunNow } from '../../domain/progress/run-now.js';
import { timeLeft } from '../../domain/progress/time-left.js';
import { progressText } from '../../domain/text/bytes.js';
import { formatDuration } from '../../domain/text/duration.js';
import type { Fetching, ToldRun } from './told-run.js';

export type Colors = ReturnType<typeof createColors>;

/** A text as it is counted, and its color. */
export interface Part {
  text: string;
  paint: (text: string) => string;
  /** Something went wrong: where there is no room, all else goes first. */
  isBad?: boolean;
}

export const dot = ' · ';

const plain = (text: string): string => text;

/** `done 12`, `upgrading 5` … : what is nought is left out where it usually is. */
export function countParts(counts: Counts, colors: Colors): Part[] {
  const { done, underWay, waiting, failed, unverified, leftAlone } = counts;
  return [
    { text: `done ${done}`, paint: done > 0 ? colors.green : plain },
    { text: `upgrading ${underWay}`, paint: plain },
    { text: `waiting ${waiting}`, paint: plain },
    { text: `failed ${failed}`, paint: failed > 0 ? colors.red : plain, isBad: failed > 0 },
    ...(unverified > 0 ? [{ text: `unverified ${unverified}`, paint: colors.magenta, isBad: true }] : []),
    ...(leftAlone > 0 ? [{ text: `left alone ${leftAlone}`, paint: colors.yellow }] : []),
  ];
}

/** `looked at 120 of 254`, `found 12`. */
export function surveyParts({ survey: { targets, probed, found } }: RunNow): Part[] {
  const of = targets === null ? '' : ` of ${targets}`;
  return [
    { text: `looked at ${probed}${of}`, paint: plain },
    { text: `found ${found}`, paint: plain },
  ];
}

/** What matters most of a run in its phase. */
export function mainParts({ run }: ToldRun, colors: Colors): Part[] {
  return run.phase === 'survey' ? surveyParts(run) : countParts(countsOf(run.phones), colors);
}

/** Since it began: `3m 20s`. */
export function elapsedText({ now, startedAt }: Pick<RunNow, 'now' | 'startedAt'>): string {
  return formatDuration(Math.max(1_000, Math.floor((now - startedAt) / 1_000) * 1_000));
}

/** `about 6m left`, or what else ends then; `null` where nothing tells. */
export function leftText({ run, fetching }: ToldRun): string | null {
  const fetched = fetching === null ? null : fetchLeft(fetching, run.now);
  if (fetched !== null) return fetched;
  const left = timeLeft(run);
  if (left === null) return null;
  const text = `about ${roughly(left.ms)} left`;
  return left.until === 'wave' ? `${text} of this wave` : left.until === 'looked' ? `${text} to look` : text;
}

/** `fetched 1.2 of about 3.5 GB`. */
export function fetchedText({ bytes, left }: Fetching): string {
  return `fetched ${progressText(bytes, bytes + left).replace(' of ', ' of about ')}`;
}

/** So long (ms) fetching must have been going on before it says how long the rest takes. */
const leastWorked = 10_000;

/** At the pace so far, and what comes after the last byte. */
function fetchLeft({ at, since, bytes, left, afterwards }: Fetching, now: number): string | null {
  const worked = at - since;
  // From the bytes of that moment; since then it has become less.
  const ms = (worked / bytes) * left + (afterwards ?? 0) - (now - at);
  if (worked < leastWorked || ms <= 0) return null;
  return `about ${roughly(ms)} left${afterwards === null ? ' to fetch' : ''}`;
}

/** No more exact than it is: tens of seconds below two minutes, then minutes, then hours and tens of minutes. */
function roughly(ms: number): string {
  if (ms < 115_000) return `${Math.max(10, Math.ceil(ms / 10_000) * 10)}s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes}m` : formatDuration(Math.round(minutes / 10) * 600_000);
}
