import { countBeyondLimit } from '../../domain/report/totals.js';
import { formatDuration } from '../../domain/text/duration.js';
import { isDeclined } from '../../domain/progress/outcome.js';
import type { RunReport } from '../../domain/report/report.js';
import { notLookedAt } from '../../domain/report/unfinished.js';
import { printable } from '../../domain/text/printable.js';
import type { ProfileFor } from '../../domain/report/moves.js';
import { causeLines } from './causes.js';
import { commandLine, type CommandWords, noWords } from './commands.js';
import { failureGroups, outcomeCounts } from './failure-groups.js';
import { firmwareSentences } from './firmware.js';
import { type NextStep, nextSteps } from './next-steps.js';
import { proofSentences } from './proof.js';
import { remarks, warnings } from './remarks.js';
import { targetsText, wrap } from '../plain-text.js';

export interface SummaryOptions {
  /** Files with the full report, named at the end. */
  reportFiles?: readonly string[];
  /** For the commands that may be run next. Absent: only the run's id is known. */
  words?: CommandWords;
  /** Which shipped profile moves a phone. Absent or `null`: not known. */
  profileFor?: ProfileFor | null;
  /** Characters of a line, where there is less room than a mail has. */
  room?: number;
}

/** It must fit a mail, or a narrower terminal; causes and hints get what the rest leaves of it. What is next stands at its end, nearest to the prompt. */
const widest = 78;
export const mostLines = 96;

/**
 * The closing text of a run: what it was, totals by outcome, why addresses did not answer, failures by code, what to do about each, and what
 * to run next. Plain text of at most {@link mostLines} lines of 78 characters; only a command may be longer, as it is to be copied whole.
 */
export function renderSummary(
  report: RunReport,
  { reportFiles = [], words = noWords, profileFor = null, room = widest }: SummaryOptions = {},
): string {
  const width = Math.max(20, Math.min(widest, room));
  // The same texts take more lines where these are shorter.
  const most = Math.ceil((mostLines * widest) / width);
  const head = [
    ...runLines(report, width),
    ...totalLines(report, width),
    ...remarkLines(report, width),
    ...firmwareLines(report, width),
    ...proofLines(report, width),
  ];
  const groups = failureGroups(report);
  const steps = [...nextSteps(report, { words, profileFor }), lookAgain(report, words, groups.length > 0)];
  const next = stepLines(steps, width);
  const files = reportFiles.map((file) => printable(file)).join(', ');
  const end = ['', 'Next:', ...next, ...(files === '' ? [] : wrap(`Full report: ${files}`, width))];
  const lists = commandLine(['report', report.run.id, '--lists', ...words.where]);
  const causes = causeLines(groups, most - head.length - end.length, { width, lists });
  return `${[...head, ...causes, ...end].slice(0, most).join('\n')}\n`;
}

/** A command stands alone on its line, once. */
function stepLines(steps: readonly NextStep[], width: number): string[] {
  const said = new Set<string>();
  return steps.flatMap(({ text, commands }) => {
    const lines = commands.map(commandLine).filter((line) => !said.has(line));
    for (const line of lines) said.add(line);
    // A sentence that only leads to its commands says nothing without them.
    if (lines.length === 0 && text.endsWith(':')) return [];
    return [...wrap(text, width, '  - '), ...lines.map((line) => `      ${line}`)];
  });
}

/** How to see the run again, and what has changed since the one before. */
function lookAgain({ run }: RunReport, { where, compare }: CommandWords, hasLists: boolean): NextStep {
  return {
    text: `To see this again${compare === null ? '' : ', and what changed between runs'}:`,
    commands: [
      ['report', run.id, ...(hasLists ? ['--lists'] : []), ...where],
      ...(compare === null ? [] : [['report', '--diff', ...compare, ...where]]),
    ],
  };
}

function runLines(report: RunReport, width: number): string[] {
  const { run, totals } = report;
  const took = formatDuration(run.workedMs ?? Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt)));
  const what = run.profile === null ? 'audit, no profile' : `profile ${printable(run.profile, 60)}`;
  const dry = run.dryRun ? ', dry run' : '';
  const sentences = [
    `fleet-migrate ${run.version}: ${what}${dry}; ${targetsText(totals.targets)} in ${took}`,
    `Run ${printable(run.id, 60)}`,
    ...warnings(report),
  ];
  return [...sentences.flatMap((sentence) => wrap(sentence, width)), ''];
}

/** Most frequent codes shown behind `no-answer`; the rest is in the report. */
const mostSilentCodes = 6;

/** Phones that have not ended, then outcomes in their order with counts; behind `no-answer` the codes. */
function totalLines(report: RunReport, width: number): string[] {
  const counts = outcomeCounts(report);
  const digits = Math.max(4, ...counts.map(({ count }) => String(count).length));
  const silent = silentText(report);
  const notChosen = report.phones.filter(({ failure }) => failure?.code === 'ucm-not-chosen').length;
  const beyond = countBeyondLimit(report) - notChosen;
  const left = [
    ...(beyond > 0 ? [`${beyond} of them beyond --limit`] : []),
    ...(notChosen > 0 ? [`${notChosen} of them not chosen on Unified CM`] : []),
  ].join(', ');
  const unseen = notLookedAt(report);
  const lineOf = (count: number, word: string): string => `  ${String(count).padStart(digits)}  ${word}`;
  const { underWay = 0, waiting = 0 } = report.run.notEnded ?? {};
  const notEnded = [
    ...(underWay > 0 ? [lineOf(underWay, 'upgrading')] : []),
    ...(waiting > 0 ? [lineOf(waiting, 'waiting')] : []),
    ...(report.run.state === 'cut off' && unseen > 0 ? [lineOf(unseen, 'not looked at, or not to the end')] : []),
  ];
  const ended = counts.flatMap(({ outcome, count }) => {
    const line = lineOf(count, outcome);
    if (outcome === 'aborted' && report.phones.some(isDeclined)) return [`${line}: somebody said no`];
    if (outcome === 'aborted' && report.run.state === undefined && unseen > 0)
      return [`${line}: ${unseen} of them were not looked at`];
    if (outcome === 'deferred' && left !== '') return [`${line}: ${left}`];
    return outcome === 'no-answer' && silent !== '' ? wrap(silent, width, `${line}: `) : [line];
  });
  return [...notEnded, ...ended];
}

/** Why addresses did not answer: the numbers add up to the outcome's. */
function silentText({ totals }: RunReport): string {
  const told = Object.entries(totals.noAnswerByCode)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, mostSilentCodes);
  const rest = (totals.byOutcome['no-answer'] ?? 0) - told.reduce((sum, [, count]) => sum + count, 0);
  const texts = told.map(([code, count]) => `${count} ${printable(code, 40)}`);
  return [...texts, ...(told.length > 0 && rest > 0 ? [`${rest} otherwise`] : [])].join(', ');
}

/** What is to be known of its phones as a whole: parts that a blank line keeps apart. */
function remarkLines(report: RunReport, width: number): string[] {
  return remarks(report).flatMap((part) => ['', ...part.flatMap((sentence) => wrap(sentence, width))]);
}

/** What the plan makes phones fetch. After a run that wrote it is past, and in the report. */
function firmwareLines({ run }: RunReport, width: number): string[] {
  if (!(run.dryRun || run.declined) || !run.firmware) return [];
  return ['', ...firmwareSentences(run.firmware.slice(0, mostServers)).flatMap((sentence) => wrap(sentence, width))];
}

/** File servers told of; the rest is in the report. */
const mostServers = 4;

/** What will prove the plan. */
function proofLines({ run, totals }: RunReport, width: number): string[] {
  const planned = totals.byOutcome.planned ?? 0;
  if (!run.proof || planned === 0) return [];
  return ['', ...proofSentences(run.proof, planned).flatMap((sentence) => wrap(sentence, width))];
}
