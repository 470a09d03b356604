import pc from 'picocolors';
import { countsOf, endedIn, type RunNow, wavesOf, type TimeLeft } from '../../../domain/progress/run-now.js';
import { sleep } from '../../../domain/ports/clock.js';
import { printable, safeJson } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { utcMinute } from '../../../report/plain-text.js';
import { runView } from '../../../report/progress/run-view.js';
import type { StatusDocument } from '../../../report/schemas/status.js';
import { commandLine } from '../../../report/summary/commands.js';
import type { Store } from '../../../store/store.js';
import { standingOf, type ToldStanding } from '../../../store/told.js';
import { isStoreAway } from '../../../store/store-error.js';
import type { RunRow } from '../../../store/store-rows.js';
import type { StatusWords } from '../../options/command-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore } from '../../../conduct/options/store-option.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { whereWords } from '../../next/command-words.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { onStandardError } from '../../terminal/aside.js';
import { isColored, isRedrawable } from '../../terminal/screen.js';
import { writeOut } from '../../terminal/write-out.js';
import { runNamed } from '../../../conduct/check/run-named.js';

/** So often (ms) a run that is watched is looked at: it tells its store no more often. */
const lookEveryMs = 2_000;

/** `status [RUN]`: how a run stands, by what it has told its store; with `--watch` until it ends. @throws UsageError */
export async function statusCommand(given: Given, { json, watch }: StatusWords, name: string | null): Promise<number> {
  if (watch && json) throw new UsageError('--watch cannot be combined with --json; leave one of them out.');
  return readStore(given.settings, async (store) => {
    const { id } = await chosen(store, name);
    let told = await standingOf(store, id);
    let code: number = exitCodes.ok;
    if (watch && told.state === 'running') ({ told, code } = await watchRun(store, id, told));
    await writeOut(process.stdout, [json ? statusJson(told) : statusText(told, whereWords(given))]);
    return code;
  });
}

/** The named run; else the one that is under way, else the latest. */
async function chosen(store: Store, name: string | null): Promise<RunRow> {
  if (name !== null) return runNamed(store, name);
  const running = (await store.runs({ limit: 30 })).filter(({ state }) => state === 'running');
  const cutOff = running.length === 0 ? new Set() : await store.cutOffRuns();
  return running.find(({ id }) => !cutOff.has(id)) ?? runNamed(store, 'latest');
}

/**
 * Shows the run until it has ended, or somebody has seen enough; on a terminal in its place, else at once and then a line a minute.
 * @returns how it stands then, and the exit code
 */
async function watchRun(store: Store, id: string, first: ToldStanding): Promise<{ told: ToldStanding; code: number }> {
  const { createLiveView } = await import('../../../report/progress/live-view.js');
  const { progressLines } = await import('../../../report/progress/progress-lines.js');
  const stream = process.stdout;
  const isDrawn = isRedrawable(stream);
  const view = isDrawn
    ? createLiveView({ stream, clock: systemClock, color: isColored(stream) })
    : progressLines(stream, systemClock, 60_000);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  // A second one ends it as it would any program.
  process.once('SIGINT', onInterrupt);
  let told = first;
  const lookAgain = lookingAgain();
  try {
    if (!isDrawn) await writeOut(stream, [`${viewLines(told).join('\n')}\n`]);
    while (told.state === 'running' && !stop.signal.aborted) {
      view.update({ ...told.standing, fetching: null });
      await sleep(systemClock, lookEveryMs, stop.signal);
      told = (await lookAgain(store, id)) ?? told;
    }
  } finally {
    view.stop();
    process.off('SIGINT', onInterrupt);
  }
  return { told, code: stop.signal.aborted ? exitCodes.SIGINT : exitCodes.ok };
}

/** How it stands now; `null`: its database does not answer for now, which is told once. */
function lookingAgain(): (store: Store, id: string) => Promise<ToldStanding | null> {
  let isTold = false;
  return async (store, id) => {
    try {
      const told = await standingOf(store, id);
      isTold = false;
      return told;
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      if (!isTold) onStandardError.tell(`${error.message} What is shown is as it was; it is looked at again.`);
      isTold = true;
      return null;
    }
  };
}

function statusText(told: ToldStanding, where: readonly string[]): string {
  return [...viewLines(told), ...whatNow(told, where), ''].join('\n');
}

function viewLines({ standing }: ToldStanding): string[] {
  const columns = process.stdout.isTTY ? (process.stdout.columns || 80) - 1 : 100;
  const colors = pc.createColors(isColored(process.stdout));
  return runView({ ...standing, fetching: null }, { columns, rows: 40 }, colors);
}

function whatNow({ state, end, standing: { run }, toldAt }: ToldStanding, where: readonly string[]): string[] {
  const { id } = run;
  const ageMs = toldAt === null ? null : run.now - toldAt;
  const { interrupted, abortedBy, declined } = end;
  const resume = `Continue it: ${commandLine(['resume', id, ...where])}`;
  const report = commandLine(['report', id, ...where]);
  switch (state) {
    case 'running':
      return [
        ageMs === null
          ? 'It is going on.'
          : `It ${goingText(run)}; it told so ${Math.max(0, Math.round(ageMs / 1_000))} s ago.`,
        `Look on: ${commandLine(['status', id, '--watch', ...where])}`,
      ];
    case 'cut off':
      return ['Its process is dead.', resume];
    case 'interrupted':
      return abortedBy === null
        ? [interruptionText(interrupted, declined), resume, `What there is so far: ${report}`]
        : [
            `It stopped itself: ${printable(abortedBy, 600)}`,
            `What came of it: ${report}`,
            `Once the cause is fixed, continue it: ${commandLine(['resume', id, ...where])}`,
          ];
    case 'finished':
      if (abortedBy !== null) return [`It stopped itself: ${printable(abortedBy, 600)}`, `What came of it: ${report}`];
      return [
        declined ? 'Its question was answered with no: nothing was written.' : 'It has finished.',
        `What came of it: ${report}`,
      ];
  }
}

function goingText({ stopping, pausedSince }: RunNow): string {
  if (stopping) return 'is stopping';
  return pausedSince === null
    ? 'is going on'
    : `has been paused since ${utcMinute(new Date(pausedSince).toISOString())}: no further phone is written to until it is continued`;
}

function interruptionText(reason: string | null, declined: boolean): string {
  if (declined) return 'The question of its resume was answered with no.';
  return reason === null ? 'It waits to be continued.' : `It was interrupted: ${printable(reason, 240)}.`;
}

function statusJson({ state, end, standing, toldAt }: ToldStanding): string {
  const { run, longest, problems, byOutcome } = standing;
  const left = state === 'running' ? run.left : null;
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const document: StatusDocument = {
    schema: 'fleet-migrate/status@1',
    run: {
      id: run.id,
      startedAt: iso(run.startedAt),
      profile: run.profile,
      dryRun: run.dryRun,
      state,
      phase: run.phase,
      stopping: state === 'running' && run.stopping,
      pausedSince: state === 'running' ? iso(run.pausedSince) : null,
      ...end,
      workedMs: Math.round(run.workedMs),
    },
    toldAt: iso(toldAt),
    targets: run.survey.targets,
    probed: run.survey.probed,
    byOutcome,
    phones: { total: run.phones.length, ended: endedIn(countsOf(run.phones)), ...countsOf(run.phones) },
    waves: wavesJson(run),
    timeLeft: left === null ? null : leftJson(left),
    longest: longest.map(({ phone, says }) => ({
      ...{ address: phone.address, mac: phone.mac, model: phone.model, state: phone.state },
      writtenAt: iso(phone.writtenAt),
      says,
    })),
    problems: problems.map((problem) => ({ ...problem, at: iso(problem.at) })),
  };
  return `${safeJson(document, 2)}\n`;
}

function leftJson({ atLeastMs, atMostMs, until }: TimeLeft): StatusDocument['timeLeft'] {
  return { atLeastMs: Math.round(atLeastMs), atMostMs: Math.round(atMostMs), until };
}

function wavesJson({ phones }: RunNow): StatusDocument['waves'] {
  return wavesOf(phones).map(({ number, phones: members, counts }) => ({ number, total: members.length, ...counts }));
}
