import { isNamedAndNotRead, needsAttention, type Outcome, usuallyNeedsAttention } from '../domain/progress/outcome.js';
import { loadFailures } from '../domain/failures/failure-codes.js';
import { wasAskedToStop } from '../domain/report/asked-to-stop.js';
import type { RunReport } from '../domain/report/report.js';
import { countBeyondLimit } from '../domain/report/totals.js';

/** How the command ends (docs/reports.md#exit-codes). */
export const exitCodes = {
  ok: 0,
  attention: 1,
  usage: 2,
  threshold: 3,
  noAnswer: 4,
  workToDo: 5,
  internal: 70,
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Signals that stop a run: a lost terminal or connection, ctrl-C, and a service manager. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type StopSignal = (typeof stopSignals)[number];

/** Whether a command that ended with this code was stopped by a signal. */
export function isStopCode(code: number): boolean {
  return stopSignals.some((signal) => exitCodes[signal] === code);
}

/** The loads that phones of Unified CM need are served nowhere, or where they should be nobody is: like a file server that is not there, said before anything was written. */
function nothingCouldGo({ run, phones }: RunReport): boolean {
  if (run.profile === null || phones.some(({ touched, outcome }) => touched || outcome === 'planned')) return false;
  const wanting = phones.filter(({ plan }) => plan.some(({ set }) => set.phoneLoad !== undefined));
  return wanting.length > 0 && wanting.every(({ failure }) => failure !== null && isMissing(failure.code));
}

function isMissing(code: string): boolean {
  return loadFailures.has(code) || code === 'files-unreachable';
}

/** The exit code of a finished run. */
export function exitCodeFor(report: RunReport, detailed: boolean): number {
  const { run, totals, phones } = report;
  // Somebody else than the job's own machine wanted it so: neither a signal, nor a fault. What stopped itself before stays so.
  if (wasAskedToStop(run.interrupted)) return run.abortedBy === null ? exitCodes.attention : exitCodes.threshold;
  if (run.interrupted !== null) {
    const signal = stopSignals.find((name) => name === run.interrupted);
    return signal === undefined ? exitCodes.internal : exitCodes[signal];
  }
  if (run.abortedBy !== null) return exitCodes.threshold;
  // Nothing was asked for in the end; only what an interrupted run has written to may still want somebody.
  const isNotPutBack = (run.webAccess?.notPutBack ?? 0) > 0;
  if (run.declined === true)
    return isNotPutBack || phones.some((phone) => phone.touched && needsAttention(phone))
      ? exitCodes.attention
      : exitCodes.ok;
  const count = (outcome: Outcome): number => totals.byOutcome[outcome] ?? 0;
  if (count('no-answer') === totals.targets) return exitCodes.noAnswer;
  if (nothingCouldGo(report)) return exitCodes.usage;
  // A named phone that was not read is missing from the plan: that comes first.
  const isWhole = !phones.some(isNamedAndNotRead);
  if (detailed && run.dryRun && count('planned') > 0 && isWhole) return exitCodes.workToDo;
  // Targets that were not probed because of a stop are only in the totals. Those beyond --limit were asked to be left.
  const attention =
    [...usuallyNeedsAttention].reduce((sum, outcome) => sum + count(outcome), 0) - countBeyondLimit(report);
  const unfinished = attention > 0 || phones.some(needsAttention) || isNotPutBack;
  return unfinished ? exitCodes.attention : exitCodes.ok;
}
