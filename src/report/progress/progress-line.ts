import type { createColors } from 'picocolors';
import { progressText } from '../../domain/text/bytes.js';
import { formatDuration } from '../../domain/text/duration.js';

type Colors = ReturnType<typeof createColors>;

/** A run's progress. Phones are counted once: done, failed, upgrading or waiting. */
export interface Progress {
  /** Total number of targets; `null` while it is not known. */
  targets: number | null;
  /** Targets that answered or timed out. */
  probed: number;
  /** Phones found. */
  found: number;
  /** Phones that ended well, or with nothing to do. */
  done: number;
  /** Phones written to and under way. */
  upgrading: number;
  /** Phones waiting for their turn. */
  waiting: number;
  /** Phones that ended any other way. */
  failed: number;
  /** By `Clock.monotonic`, as is the `now` it is drawn at. */
  startedAt: number;
  /** When the first phone was written to, by the same clock; `null`: none has been. */
  writingSince: number | null;
  /** How many will be done or failed in the end, for the time left; `null` while that is not known. */
  total: number | null;
  /** How far phones are with their firmware; `null` where no file server tells. */
  fetching: Fetching | null;
}

/** How far the phones of a run are with fetching their firmware. */
export interface Fetching {
  /** When it was so, by `Clock.monotonic`. */
  at: number;
  /** Fetched so far, in bytes. */
  bytes: number;
  /** About so many bytes are left. */
  left: number;
  /** How long (ms) it takes beyond that, from a phone's last byte to its end; `null` until one is done. */
  afterwards: number | null;
}

/**
 * `done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 6m left · fetched 1.2 of about 3.5 GB`, before that `probed 120 of 254 · found 12` while targets are
 * probed. Whole parts are left out from the end (those of probing first) until it fits into `columns`.
 */
export function progressLine(progress: Progress, now: number, columns: number, colors: Colors): string {
  const { targets, probed, found, done, upgrading, waiting, failed, fetching } = progress;
  const elapsed = Math.max(0, now - progress.startedAt);
  const left = timeLeft(progress, now);
  const plain = (text: string): string => text;
  const main: Part[] = [
    { text: `done ${done}`, paint: done > 0 ? colors.green : plain },
    { text: `upgrading ${upgrading}`, paint: plain },
    { text: `waiting ${waiting}`, paint: plain },
    { text: `failed ${failed}`, paint: failed > 0 ? colors.red : plain },
    { text: formatDuration(Math.floor(elapsed / 1_000) * 1_000 || 1_000), paint: colors.dim },
    ...(left === null ? [] : [{ text: left, paint: colors.dim }]),
    ...(fetching === null ? [] : [{ text: fetchedText(fetching), paint: colors.dim }]),
  ];
  const probing: Part[] = [
    { text: targets === null ? `probed ${probed}` : `probed ${probed} of ${targets}`, paint: plain },
    { text: `found ${found}`, paint: plain },
  ];
  const all = targets === null || probed < targets ? [...probing, ...main] : main;
  return fitting(all, columns) ?? fitting(main, columns) ?? cutToFit(main, columns);
}

interface Part {
  text: string;
  paint(text: string): string;
}

const dot = ' · ';

function fitting(parts: readonly Part[], columns: number): string | null {
  const length = parts.reduce((sum, { text }) => sum + text.length, dot.length * (parts.length - 1));
  return length <= columns ? parts.map(({ text, paint }) => paint(text)).join(dot) : null;
}

function cutToFit(parts: readonly Part[], columns: number): string {
  for (let count = parts.length - 1; count > 0; count -= 1) {
    const line = fitting(parts.slice(0, count), columns);
    if (line !== null) return line;
  }
  return (parts[0]?.text ?? '').slice(0, Math.max(0, columns));
}

function fetchedText({ bytes, left }: Fetching): string {
  return `fetched ${progressText(bytes, bytes + left).replace(' of ', ' of about ')}`;
}

/** So long (ms) something must have been going on before it says how long the rest takes. */
const leastWorked = 10_000;

/**
 * How long until all are finished; `null` while nothing tells. What phones have fetched tells first, and best: at the pace so far, and what
 * comes after it. Else the phones that are finished: as they go in parallel and the first need as long as the last, that starts too high
 * and gets better.
 */
function timeLeft({ done, failed, total, writingSince, fetching }: Progress, now: number): string | null {
  const finished = done + failed;
  if (total === null || writingSince === null || finished >= total) return null;
  if (fetching !== null) {
    const { at, bytes, left, afterwards } = fetching;
    const worked = at - writingSince;
    // From the bytes of that moment; since then it has become less.
    const ms = (worked / bytes) * left + (afterwards ?? 0) - (now - at);
    return worked < leastWorked || ms <= 0
      ? null
      : `about ${roughly(ms)} left${afterwards === null ? ' to fetch' : ''}`;
  }
  const worked = now - writingSince;
  return finished === 0 ? null : `about ${roughly((worked / finished) * (total - finished))} left`;
}

/** No more exact than it is: seconds below a minute, else minutes, else hours and minutes. */
function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.max(1, Math.ceil(ms / 1_000))}s`;
  return minutes < 60 ? `${minutes}m` : formatDuration(minutes * 60_000);
}
