import { needsAttention, type Outcome } from '../progress/outcome.js';
import type { ListedPhone, RunReport } from './report.js';

/** How phones that have not ended are counted. */
export const unfinishedWords = ['upgrading', 'waiting'] as const;
export type UnfinishedWord = (typeof unfinishedWords)[number];

/** How a phone stands, in the word by which it is counted: its outcome, or whether it was written to before its end. */
export function standingWord(phone: ListedPhone): Outcome | UnfinishedWord {
  return phone.outcome ?? (phone.touched ? 'upgrading' : 'waiting');
}

/** All that a report lists. */
export function listedIn({ phones, unfinished = [] }: Pick<RunReport, 'phones' | 'unfinished'>): ListedPhone[] {
  return [...phones, ...unfinished];
}

/** Whether somebody has to look at it. @param isCutOff nobody works on its run: then one that has not ended is left to itself */
export function needsSomebody(phone: ListedPhone, isCutOff: boolean): boolean {
  return phone.outcome === null ? isCutOff : needsAttention(phone);
}

/** How many targets nobody looked at, or not to the end, and that are not listed: the run was stopped, or cut off, before. */
export function notLookedAt({ run, totals, phones, unfinished = [], only }: RunReport): number {
  if (only !== undefined) return 0;
  const ended = Object.values(totals.byOutcome).reduce((sum, count) => sum + count, 0);
  const aborted = (totals.byOutcome.aborted ?? 0) - phones.filter(({ outcome }) => outcome === 'aborted').length;
  return Math.max(0, aborted) + (run.state === undefined ? 0 : Math.max(0, totals.targets - ended - unfinished.length));
}
