import { needsAttention, outcomes, usuallyNeedsAttention } from '../../domain/progress/outcome.js';
import type { RunReport } from '../../domain/report/report.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';

/** A run in one line: `mpp-to-enterprise: 1 failed, 2 done of 14 targets · interrupted (SIGTERM)`; what needs somebody comes first. */
export function headline({ run, totals }: RunReport): string {
  const present = outcomes.filter((outcome) => (totals.byOutcome[outcome] ?? 0) > 0);
  const order = [
    ...present.filter((outcome) => usuallyNeedsAttention.has(outcome)),
    ...present.filter((outcome) => !usuallyNeedsAttention.has(outcome) && outcome !== 'no-answer'),
    ...present.filter((outcome) => outcome === 'no-answer'),
  ];
  const counts = order.map((outcome) => `${totals.byOutcome[outcome] ?? 0} ${outcome}`).join(', ');
  const what = run.profile === null ? 'audit' : printable(run.profile, 60);
  const ends = [
    ...(run.interrupted === null ? [] : [` · interrupted (${printable(run.interrupted, 40)})`]),
    ...(run.abortedBy === null ? [] : [' · stopped itself']),
    ...(run.declined === true ? [' · not confirmed'] : []),
  ];
  return `${what}${run.dryRun ? ' (dry run)' : ''}: ${counts === '' ? 'nothing' : counts} of ${totals.targets} targets${ends.join('')}`;
}

/** Whether nobody has to look at it. */
export function isQuietNight({ run, phones }: RunReport): boolean {
  return run.interrupted === null && run.abortedBy === null && !phones.some(needsAttention);
}

/** Name and value of what is told beside the counts; texts as plain text. */
export function factsOf({ run }: RunReport): [name: string, value: string][] {
  const tookMs = run.workedMs ?? Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  return [
    ['Run', run.id],
    ['Ended', `${run.finishedAt.slice(0, 16).replace('T', ' ')} UTC`],
    ['Took', formatDuration(tookMs)],
    ['Version', run.version],
  ];
}
