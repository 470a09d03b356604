import { displayWidth } from '../table/cut.js';
import type { ToldRun } from './told-run.js';
import {
  type Colors,
  dot,
  elapsedText,
  fetchedText,
  fetchLeftText,
  leftText,
  mainParts,
  type Part,
  pausedParts,
  stoppingParts,
} from './words.js';

/**
 * A run on one line: `done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 6m left · fetched 1.2 of about 3.5 GB`, before that
 * `looked at 120 of 254 · answered 12 · 20s`. Whole parts are left out until it fits into `columns`.
 */
export function runLine(told: ToldRun, columns: number, colors: Colors): string {
  // What is left to fetch includes phones that a pause keeps waiting.
  const left =
    leftText(told.run) ?? (told.run.pausedSince === null ? fetchLeftText(told.fetching, told.run.now) : null);
  const parts: Part[] = [
    ...mainParts(told, colors),
    ...stoppingParts(told.run, colors),
    ...pausedParts(told.run, colors),
    { text: elapsedText(told.run), paint: colors.dim },
    ...(left === null ? [] : [{ text: left, paint: colors.dim }]),
    ...(told.fetching === null ? [] : [{ text: fetchedText(told.fetching), paint: colors.dim }]),
  ];
  return fitParts(parts, columns);
}

/** As many of the parts as fit: they are left out from the end, what went wrong last, and never the first. */
export function fitParts(parts: readonly Part[], columns: number): string {
  const shown = [...parts];
  const isTooLong = (): boolean => displayWidth(shown.map(({ text }) => text).join(dot)) > columns;
  while (shown.length > 1 && isTooLong()) {
    const last = shown.findLastIndex(({ isBad }, at) => at > 0 && isBad !== true);
    shown.splice(last === -1 ? -1 : last, 1);
  }
  const [first] = shown;
  return first && isTooLong()
    ? first.text.slice(0, Math.max(0, columns))
    : shown.map(({ text, paint }) => paint(text)).join(dot);
}
