import type { createColors } from 'picocolors';
import { countsOf, type Counts, type RunNow, type TimeLeft } from '../../domain/progress/run-now.js';
import { progressText } from '../../domain/text/bytes.js';
import { formatDuration } from '../../domain/text/duration.js';
import { keep, type Part } from './fit-parts.js';
import type { Fetching, ToldRun } from './told-run.js';

export type Colors = ReturnType<typeof createColors>;

const plain = (text: string): string => text;

/** `done 12`, `upgrading 5` … : what is nought is left out where it usually is. */
export function countParts(counts: Counts, colors: Colors): Part[] {
  const { done, underWay, waiting, failed, unverified, leftAlone } = counts;
  return [
    { text: `done ${done}`, paint: done > 0 ? colors.green : plain, keep: keep.done },
    { text: `upgrading ${underWay}`, paint: plain, keep: keep.underWay },
    { text: `waiting ${waiting}`, paint: plain, keep: keep.waiting },
    { text: `failed ${failed}`, paint: failed > 0 ? colors.red : plain, keep: failed > 0 ? keep.bad : keep.none },
    ...(unverified > 0 ? [{ text: `unverified ${unverified}`, paint: colors.magenta, keep: keep.bad }] : []),
    ...(leftAlone > 0 ? [{ text: `left alone ${leftAlone}`, paint: colors.yellow, keep: keep.leftAlone }] : []),
  ];
}

/** `looked at 120 of 254`, `answered 12`. */
export function surveyParts({ survey: { targets, probed, found } }: RunNow): Part[] {
  const of = targets === null ? '' : ` of ${targets}`;
  return [
    { text: `looked at ${probed}${of}`, paint: plain, keep: keep.done },
    { text: `answered ${found}`, paint: plain, keep: keep.underWay },
  ];
}

/** That a run winds down, which somebody who has just asked for it wants to see. */
export function stoppingParts({ stopping, goesOn }: RunNow, colors: Colors): Part[] {
  return stopping && goesOn ? [{ text: 'stopping', paint: colors.yellow, keep: keep.bad }] : [];
}

/** That a run is paused, and for how long by now. */
export function pausedParts({ pausedSince, goesOn, now }: RunNow, colors: Colors): Part[] {
  if (pausedSince === null || !goesOn) return [];
  const ms = Math.max(1_000, Math.floor((now - pausedSince) / 1_000) * 1_000);
  return [{ text: `paused for ${formatDuration(ms)}`, paint: colors.yellow, keep: keep.bad }];
}

/** What matters most of a run in its phase. */
export function mainParts({ run }: ToldRun, colors: Colors): Part[] {
  return run.phase === 'survey' ? surveyParts(run) : countParts(countsOf(run.phones), colors);
}

/** For how long it has been worked on: `3m 20s`. */
export function elapsedText({ workedMs, goesOn }: Pick<RunNow, 'workedMs' | 'goesOn'>): string {
  if (!goesOn) return formatDuration(workedMs);
  return formatDuration(Math.max(1_000, Math.floor(workedMs / 1_000) * 1_000));
}

/** `about 6m left`, `2m to 7m left of this wave`, `at least 80s left`; `null` where nothing tells. */
export function leftText({ left, goesOn }: Pick<RunNow, 'left' | 'goesOn'>): string | null {
  if (left === null || !goesOn) return null;
  const until = { wave: ' of this wave', looked: ' to look', run: '' }[left.until];
  const time = timeText(left);
  return time === null ? null : `${time} left${until}`;
}

/** A most that is more times the least than this is no information: it is the deadline, not what is to be expected. */
const mostRange = 4;

/** Less than half a minute tells nothing as the least. */
const leastTold = 30_000;

/** Bounds less than twice each other are one time; of those too far apart only the least is told. `null`: nothing that says anything. */
function timeText({ atLeastMs, atMostMs }: TimeLeft): string | null {
  if (atMostMs > mostRange * atLeastMs)
    return atLeastMs < leastTold ? null : `at least ${roughly(atLeastMs, Math.floor)}`;
  if (atMostMs <= 2 * atLeastMs) return `about ${roughly(Math.sqrt(atLeastMs * atMostMs))}`;
  const most = roughly(atMostMs, Math.ceil);
  return atLeastMs < leastTold ? `at most ${most}` : `${roughly(atLeastMs, Math.floor)} to ${most}`;
}

/** `fetched 1.2 of about 3.5 GB`. */
export function fetchedText({ bytes, left }: Fetching): string {
  return `fetched ${progressText(bytes, bytes + left).replace(' of ', ' of about ')}`;
}

/** So long (ms) fetching must have been going on before it says how long the rest takes. */
const leastWorked = 10_000;

/** With no byte for so long (ms) it is not known when the rest is fetched: a phone that has gone silent fetches nothing. */
const mostIdle = 20_000;

/** `about 6m left to fetch`, at the pace so far; `null` where nothing tells, or where the run does not wait for it any more. */
export function fetchLeftText(
  fetching: Fetching | null,
  { now, stopping, pausedSince }: Pick<RunNow, 'now' | 'stopping' | 'pausedSince'>,
): string | null {
  // What is left to fetch includes phones that a pause keeps waiting.
  if (fetching === null || stopping || pausedSince !== null) return null;
  const { at, since, bytes, left, grewAt } = fetching;
  const worked = at - since;
  // From the bytes of that moment; since then it has become less.
  const ms = (worked / bytes) * left - (now - at);
  if (worked < leastWorked || now - grewAt > mostIdle || ms <= 0) return null;
  return `about ${roughly(ms)} left to fetch`;
}

/**
 * No more exact than it is: tens of seconds below two minutes, then minutes, then hours and tens of minutes.
 * @param round for a bound, so that it stays one
 */
function roughly(ms: number, round?: (value: number) => number): string {
  const [toSeconds, toMinutes] = [round ?? Math.ceil, round ?? Math.round];
  // A least of 119 s is not to become one minute, nor a most of 111 s 120 s.
  if (ms < (round === Math.floor ? 120_000 : 115_000)) return `${Math.max(10, toSeconds(ms / 10_000) * 10)}s`;
  const minutes = toMinutes(ms / 60_000);
  return minutes < 60 ? `${minutes}m` : formatDuration(toMinutes(ms / 600_000) * 600_000);
}
