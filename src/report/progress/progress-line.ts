import type { createColors } from 'picocolors';
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
  /** How many will be done or failed in the end, for the time left; `null` while that is not known. */
  total: number | null;
}

/**
 * `done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 6m left`, before that `probed 120 of 254 · found 12` while targets are
 * probed. Whole parts are left out from the end (those of probing first) until it fits into `columns`.
 */
export function progressLine(progress: Progress, now: number, columns: number, colors: Colors): string {
  const { targets, probed, found, done, upgrading, waiting, failed } = progress;
  const elapsed = Math.max(0, now - progress.startedAt);
  const left = timeLeft(progress, elapsed);
  const plain = (text: string): string => text;
  const main: Part[] = [
    { text: `done ${done}`, paint: done > 0 ? colors.green : plain },
    { text: `upgrading ${upgrading}`, paint: plain },
    { text: `waiting ${waiting}`, paint: plain },
    { text: `failed ${failed}`, paint: failed > 0 ? colors.red : plain },
    { text: formatDuration(Math.floor(elapsed / 1_000) * 1_000 || 1_000), paint: colors.dim },
    ...(left === null ? [] : [{ text: `about ${roughly(left)} left`, paint: colors.dim }]),
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

/**
 * Milliseconds until all are finished at the mean pace so far: elapsed ÷ finished × unfinished. Phones go in parallel and the first need
 * as long as the last, so it starts too high and gets better. `null` until something is finished.
 */
function timeLeft({ done, failed, total }: Progress, elapsed: number): number | null {
  const finished = done + failed;
  if (total === null || finished === 0 || finished >= total) return null;
  return (elapsed / finished) * (total - finished);
}

/** No more exact than it is: seconds below a minute, else minutes, else hours and minutes. */
function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.max(1, Math.ceil(ms / 1_000))}s`;
  return minutes < 60 ? `${minutes}m` : formatDuration(minutes * 60_000);
}
