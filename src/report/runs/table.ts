import { formatDuration } from '../../domain/text/duration.js';
import { outcomes } from '../../domain/progress/outcome.js';
import type { RunListEntry } from '../../domain/report/report.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, utcMinute, wrapList } from '../plain-text.js';
import type { RunsDocument } from '../schemas/runs.js';

type Column = 'run' | 'started' | 'took' | 'profile' | 'state' | 'targets' | 'outcomes';
type Row = Record<Column, string>;

const columns: readonly Column[] = ['run', 'started', 'took', 'profile', 'state', 'targets', 'outcomes'];
/** Where there is less room, what a run was and what came of it stand below it. */
const narrower: readonly (readonly Column[])[] = [
  ['run', 'started', 'took', 'state', 'targets'],
  ['run', 'state'],
];

/** What came of a run is shown in its own row if it has so much room there. */
const leastOutcomes = 24;

/** The list of runs as a table for people, in the order given. @param width of the terminal, in characters */
export function renderRunsTable(runs: readonly RunListEntry[], width = Number.POSITIVE_INFINITY): string {
  if (runs.length === 0) return 'There are no runs yet.\n';
  const head = Object.fromEntries(columns.map((column) => [column, column])) as Row;
  const rows = [head, ...runs.map(runRow)];
  const table = (shown: readonly Column[], room = Number.POSITIVE_INFINITY): string[] =>
    alignColumns(
      rows.map((row) => shown.map((column) => row[column])),
      new Set([shown.indexOf('targets')]),
      room,
    );
  const widthOf = (shown: readonly Column[]): number => Math.max(...table(shown).map((line) => line.length));
  if (widthOf(columns.slice(0, -1)) + 2 + leastOutcomes <= width) return `${table(columns, width).join('\n')}\n`;
  const shown = narrower.find((few) => widthOf(few) <= width) ?? ['run', 'state'];
  const lines = table(shown).flatMap((line, at) => {
    const row = at === 0 ? undefined : rows[at];
    if (row === undefined) return [line];
    return [line, ...wrapList([row.profile, row.outcomes].filter((text) => text !== '').join(': '), width, '    ')];
  });
  return `${lines.join('\n')}\n`;
}

/** The list of runs as JSON, schema `fleet-migrate/runs@1`, in the order given. `durationMs` is `null` where there is no end. */
export function renderRunsJson(runs: readonly RunListEntry[]): string {
  const document: RunsDocument = {
    schema: 'fleet-migrate/runs@1',
    runs: runs.map((run) => ({
      id: run.id,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      durationMs: durationOf(run),
      profile: run.profile,
      dryRun: run.dryRun,
      state: run.state,
      pausedSince: run.pausedSince,
      ...{
        workedMs: run.workedMs === null ? null : Math.round(run.workedMs),
        interrupted: run.interrupted,
        abortedBy: run.abortedBy,
        declined: run.declined,
      },
      ...(run.phones ? { phones: run.phones } : {}),
      totals: { targets: run.totals.targets, byOutcome: Object.fromEntries(countsOf(run)) },
    })),
  };
  return `${safeJson(document, 2)}\n`;
}

/** A run as one row; all texts are printable. */
export function runRow(run: RunListEntry): Row {
  const duration = run.finishedAt === null ? null : (run.workedMs ?? durationOf(run));
  const profile = run.profile === null ? 'audit' : printable(run.profile, 40);
  return {
    run: printable(run.id, 60),
    started: utcMinute(run.startedAt),
    took: duration === null ? '-' : formatDuration(duration),
    profile: run.dryRun ? `${profile} (dry run)` : profile,
    state: printable(stateText(run), 40),
    targets: String(run.totals.targets),
    outcomes: [...stillIn(run), ...countsOf(run)].map(([word, count]) => `${count} ${word}`).join(', '),
  };
}

/** What a person has to know of how it ended: an interrupted run is resumed, one that stopped itself is looked into first. */
function stateText({ state, abortedBy, declined, pausedSince }: RunListEntry): string {
  if (state === 'running' && pausedSince !== null) return 'paused';
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
