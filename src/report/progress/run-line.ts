import { fitParts, keep, type Part } from './fit-parts.js';
import type { ToldRun } from './told-run.js';
import {
  type Colors,
  elapsedText,
  fetchedText,
  fetchLeftText,
  leftText,
  mainParts,
  pausedParts,
  stoppingParts,
} from './words.js';

/**
 * A run on one line: `done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 6m left · fetched 1.2 of about 3.5 GB`, before that
 * `looked at 120 of 254 · answered 12 · 20s`. Whole parts are left out until it fits into `columns`; `…` says so.
 */
export function runLine(told: ToldRun, columns: number, colors: Colors): string {
  const left = leftText(told.run) ?? fetchLeftText(told.fetching, told.run);
  const parts: Part[] = [
    ...mainParts(told, colors),
    ...stoppingParts(told.run, colors),
    ...pausedParts(told.run, colors),
    { text: elapsedText(told.run), paint: colors.dim, keep: keep.elapsed },
    ...(left === null ? [] : [{ text: left, paint: colors.dim, keep: keep.left }]),
    ...(told.fetching === null ? [] : [{ text: fetchedText(told.fetching), paint: colors.dim, keep: keep.fetched }]),
  ];
  return fitParts(parts, columns);
}
