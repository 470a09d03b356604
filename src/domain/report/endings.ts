import type { Outcome } from '../progress/outcome.js';
import type { RunReport } from './report.js';

/** How a target ended, in one word or two: its outcome, and the code of its failure. */
export interface Ending {
  outcome: Outcome | null;
  failure: { code: string } | null;
}

/** The words that choose it: its outcome, and its failure code if it has one. */
export function endingsOf({ outcome, failure }: Ending): string[] {
  // One word may be both: not-a-phone.
  return [...new Set([...(outcome === null ? [] : [outcome]), ...(failure === null ? [] : [failure.code])])];
}

/** Whether it ended in one of these ways. */
export function endedSo(ending: Ending, only: readonly string[]): boolean {
  return endingsOf(ending).some((word) => only.includes(word));
}

/** The report with only the phones that ended so; its totals are still those of the whole run. Without words it is as it was. */
export function onlyThose(report: RunReport, only: readonly string[]): RunReport {
  if (only.length === 0) return report;
  // What has not ended has not ended so.
  const { unfinished: _unfinished, ...ended } = report;
  return { ...ended, only: [...only], phones: report.phones.filter((phone) => endedSo(phone, only)) };
}
