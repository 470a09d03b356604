import { formatDuration } from '../../domain/text/duration.js';
import { outcomes } from '../../domain/progress/outcome.js';
import type { RunListEntry } from '../../domain/report/report.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, utcMinute } from '../plain-text.js';

const columns = ['run', 'started', 'took', 'profile', 'state', 'targets', 'outcomes'];
const targetsColumn = columns.indexOf('targets');

/** The list of runs as a table for people, in the order given. */
export function renderRunsTable(runs: readonly RunListEntry[]): string {
  if (runs.length === 0) return 'There are no runs yet.\n';
  const lines = alignColumns([columns, ...runs.map(runRow)], new Set([targetsColumn]));
  return `${lines.join('\n')}\n`;
}

/** The list of runs as JSON, schema `fleet-migrate/runs@1`, in the order given. `durationMs` is `null` where there is no end. */
export function renderRunsJson(runs: readonly RunListEntry[]): string {
  const document = {
    schema: 'fleet-migrate/runs@1',
    runs: runs.map((run) => ({
      id: run.id,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      durationMs: durationOf(run),
      profile: run.profile,
      dryRun: run.dryRun,
      state: run.state,
      ...{ workedMs: run.workedMs, interrupted: run.interrupted, abortedBy: run.abortedBy, declined: run.declined },
      ...(run.phones ? { phones: run.phones } : {}),
      totals: { targets: run.totals.targets, byOutcome: Object.fromEntries(countsOf(run)) },
    })),
  };
  return `${safeJson(document, 2)}\n`;
}

function runRow(run: RunListEntry): string[] {
  const duration = run.finishedAt === null ? null : (run.workedMs ?? durationOf(run));
  const profile = run.profile === null ? 'audit' : printable(run.profile, 40);
  return [
    printable(run.id, 60),
    utcMinute(run.startedAt),
    duration === null ? '-' : formatDuration(duration),
    run.dryRun ? `${profile} (dry run)` : profile,
    printable(stateText(run), 40),
    String(run.totals.targets),
    [...stillIn(run), ...countsOf(run)].map(([word, count]) => `${count} ${word}`).join(', '),
  ];
}

/** What a person has to know of how it ended: an interrupted run is resumed, one that stopped itself is looked into first. */
function stateText({ state, abortedBy, declined }: RunListEntry): string {
  if (state !== 'finished' && state !== 'interrupted') return state;
  return abortedBy !== null ? 'stopped itself' : declined && state === 'finished' ? 'declined' : state;
}

function durationOf({ startedAt, finishedAt }: RunListEntry): number | null {
  const ms = finishedAt === null ? NaN : Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Phones of a run that has not ended. */
function stillIn({ phones }: RunListEntry): [word: string, count: number][] {
  if (!phones) return [];
  const all: [string, number][] = [
    ['upgrading', phones.underWay],
    ['waiting', phones.waiting],
  ];
  return all.filter(([, count]) => count > 0);
}

/** Outcomes that occurred, in their usual order. */
function countsOf({ totals }: RunListEntry): [outcome: string, count: number][] {
  return outcomes
    .map((outcome): [string, number] => [outcome, totals.byOutcome[outcome] ?? 0])
    .filter(([, count]) => count > 0);
}
