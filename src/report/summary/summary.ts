import { countBeyondLimit } from '../../domain/report/totals.js';
import { formatDuration } from '../../domain/text/duration.js';
import { isDeclined } from '../../domain/progress/outcome.js';
import type { RunReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { isDisagreement } from '../../domain/phone/inventory-disagreement.js';
import { isNotInUcm } from '../../domain/unified-cm/not-in-ucm.js';
import type { ProfileFor } from '../../domain/report/moves.js';
import { causeLines, someAddresses } from './causes.js';
import { commandLine, type CommandWords, noWords } from './commands.js';
import { failureGroups, outcomeCounts } from './failure-groups.js';
import { firmwareSentences } from './firmware.js';
import { type NextStep, nextSteps } from './next-steps.js';
import { proofSentences } from './proof.js';
import { phonesText, targetsText, whereTo, wrap } from '../plain-text.js';

export interface SummaryOptions {
  /** Files with the full report, named at the end. */
  reportFiles?: readonly string[];
  /** For the commands that may be run next. Absent: only the run's id is known. */
  words?: CommandWords;
  /** Which shipped profile moves a phone. Absent or `null`: not known. */
  profileFor?: ProfileFor | null;
}

/** It must fit a mail; causes and hints get what the rest leaves of it. What is next stands at its end, nearest to the prompt. */
const width = 78;
export const mostLines = 96;

/**
 * The closing text of a run: what it was, totals by outcome, why addresses did not answer, failures by code, what to do about each, and what
 * to run next. Plain text of at most {@link mostLines} lines of 78 characters; only a command may be longer, as it is to be copied whole.
 */
export function renderSummary(
  report: RunReport,
  { reportFiles = [], words = noWords, profileFor = null }: SummaryOptions = {},
): string {
  const head = [
    ...runLines(report),
    ...totalLines(report),
    ...auditLines(report),
    ...webAccessLines(report),
    ...disagreementLines(report),
    ...notInUcmLines(report),
    ...firmwareLines(report),
    ...proofLines(report),
  ];
  const groups = failureGroups(report);
  const steps = [...nextSteps(report, { words, profileFor }), lookAgain(report, words, groups.length > 0)];
  const next = stepLines(steps);
  const files = reportFiles.map((file) => printable(file)).join(', ');
  const end = ['', 'Next:', ...next, ...(files === '' ? [] : wrap(`Full report: ${files}`, width))];
  const lists = commandLine(['report', report.run.id, '--lists', ...words.where]);
  const causes = causeLines(groups, mostLines - head.length - end.length, { width, lists });
  return `${[...head, ...causes, ...end].slice(0, mostLines).join('\n')}\n`;
}

/** A command stands alone on its line, once. */
function stepLines(steps: readonly NextStep[]): string[] {
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

function runLines({ run, totals }: RunReport): string[] {
  const took = formatDuration(run.workedMs ?? Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt)));
  const what = run.profile === null ? 'audit, no profile' : `profile ${printable(run.profile, 60)}`;
  const lines = [
    `fleet-migrate ${run.version}: ${what}${run.dryRun ? ', dry run' : ''}; ${targetsText(totals.targets)} in ${took}`,
  ];
  lines.push(`Run ${printable(run.id, 60)}`);
  if (run.interrupted !== null) lines.push(...wrap(interruptionText(run.interrupted), width));
  if (run.abortedBy !== null) lines.push(...wrap(`STOPPED ITSELF: ${printable(run.abortedBy, 600)}`, width));
  if (run.preflightSkipped) lines.push('WARNING: --skip-preflight: firmware and licenses were not checked first.');
  if (run.insecure) {
    // An audit asks no file server.
    const but = run.profile === null ? '' : ' (except by --files-ca)';
    lines.push(`WARNING: --insecure: certificates were not checked${but}.`);
  }
  if (run.tlsLegacy) lines.push('WARNING: --tls-legacy: TLS that is too old to be safe was offered to phones.');
  if (run.expiredMicAllowed)
    lines.push(
      "WARNING: --allow-expired-mic: a phone's certificate counts although it has expired, where all else fits.",
    );
  return [...lines, ''];
}

/** A signal interrupted by itself; anything else, such as a full disk, is the reason. */
function interruptionText(reason: string): string {
  const isSignal = /^SIG[A-Z]+$/.test(reason);
  return `INTERRUPTED${isSignal ? ' by' : ':'} ${printable(reason, 240)}${isSignal ? '' : ','} before all targets were done.`;
}

/** What was changed on Unified CM only to read phones. */
function webAccessLines({ run: { webAccess } }: RunReport): string[] {
  if (!webAccess) return [];
  const { switched, notPutBack } = webAccess;
  const said =
    switched === 0
      ? 'Web access that an earlier run switched on is'
      : `Web access was switched on for ${phonesText(switched)} to read their hardware, and is`;
  const back =
    notPutBack === 0
      ? 'put back'
      : `NOT PUT BACK for ${phonesText(notPutBack)}: do that with fleet-migrate ucm restore`;
  return ['', ...wrap(`${said} ${back}.`, width)];
}

/** Most frequent codes shown behind `no-answer`; the rest is in the report. */
const mostSilentCodes = 6;

/** Phones that have not ended, then outcomes in their order with counts; behind `no-answer` the codes. */
function totalLines(report: RunReport): string[] {
  const counts = outcomeCounts(report);
  const digits = Math.max(4, ...counts.map(({ count }) => String(count).length));
  const silent = silentText(report);
  const notChosen = report.phones.filter(({ failure }) => failure?.code === 'ucm-not-chosen').length;
  const beyond = countBeyondLimit(report) - notChosen;
  const left = [
    ...(beyond > 0 ? [`${beyond} of them beyond --limit`] : []),
    ...(notChosen > 0 ? [`${notChosen} of them not chosen on Unified CM`] : []),
  ].join(', ');
  const aborted = report.phones.filter(({ outcome }) => outcome === 'aborted').length;
  const notLookedAt = (report.totals.byOutcome.aborted ?? 0) - aborted;
  const lineOf = (count: number, word: string): string => `  ${String(count).padStart(digits)}  ${word}`;
  const { underWay = 0, waiting = 0 } = report.run.notEnded ?? {};
  const notEnded = [
    ...(underWay > 0 ? [lineOf(underWay, 'upgrading')] : []),
    ...(waiting > 0 ? [lineOf(waiting, 'waiting')] : []),
  ];
  const ended = counts.flatMap(({ outcome, count }) => {
    const line = lineOf(count, outcome);
    if (outcome === 'aborted' && report.phones.some(isDeclined)) return [`${line}: somebody said no`];
    if (outcome === 'aborted' && notLookedAt > 0) return [`${line}: ${notLookedAt} of them were not looked at`];
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

/** The result of an audit: the verdicts of each way, whether or not a profile leads there, and how many may return without a license (G10). */
function auditLines({ run, phones }: RunReport): string[] {
  if (run.profile !== null) return [];
  const ways = (['m2e', 'e2m'] as const).flatMap((direction) => {
    const verdicts = tally(
      phones.flatMap(({ eligibility }) => (eligibility?.direction === direction ? eligibility.verdict : [])),
    );
    return verdicts === '' ? [] : [`By the rules, ${whereTo(direction)}: ${verdicts}`];
  });
  const returns = tally(
    phones.filter(({ family }) => family === 'multiplatform').map(({ returnWithoutLicense }) => returnWithoutLicense),
  );
  return [
    ...(ways.length === 0 ? [] : ['', ...ways]),
    ...(returns === '' ? [] : [`May return to Enterprise without a license: ${returns}`]),
  ];
}

/** How many phones are not as their list says; which ones and how is in the report. */
function disagreementLines({ phones }: RunReport): string[] {
  const others = phones.filter(({ failure }) => failure?.code === 'inventory-mismatch').length;
  const warned = phones.filter(({ eligibility }) => eligibility?.warnings.some(isDisagreement)).length;
  const parts = [
    ...(others > 0 ? [`${others} with another MAC or model`] : []),
    ...(warned > 0 ? [`${warned} with another hardware version or serial number`] : []),
  ];
  return parts.length === 0 ? [] : ['', `Inventory and phone disagree: ${parts.join(', ')}`];
}

/** Phones on the network that Unified CM should have and does not. */
function notInUcmLines({ phones }: RunReport): string[] {
  const absent = phones.filter(({ evidence }) => evidence.some(isNotInUcm));
  if (absent.length === 0) return [];
  return [
    '',
    ...wrap(`On the network, but not in Unified CM: ${phonesText(absent.length)}, at ${someAddresses(absent)}`, width),
  ];
}

/** What the plan makes phones fetch. After a run that wrote it is past, and in the report. */
function firmwareLines({ run }: RunReport): string[] {
  if (!(run.dryRun || run.declined) || !run.firmware) return [];
  return ['', ...firmwareSentences(run.firmware.slice(0, mostServers)).flatMap((sentence) => wrap(sentence, width))];
}

/** File servers told of; the rest is in the report. */
const mostServers = 4;

/** What will prove the plan. */
function proofLines({ run, totals }: RunReport): string[] {
  const planned = totals.byOutcome.planned ?? 0;
  if (!run.proof || planned === 0) return [];
  return ['', ...proofSentences(run.proof, planned).flatMap((sentence) => wrap(sentence, width))];
}

function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');
}
