import type { Models } from '../../domain/phone/models.js';
import type { RunReport } from '../../domain/report/report.js';
import { type Conduct, carryOut } from '../../conduct/run/carry-out.js';
import { askText, questionText } from '../../conduct/run/question.js';
import { concludeRun } from '../../conduct/run/conclude.js';
import { backgroundOf } from '../../conduct/run/background.js';
import { exitCodeFor } from '../../conduct/exit-code.js';
import { systemClock } from '../../conduct/system-clock.js';
import { StopControl } from '../../fleet/stop-control.js';
import type { LiveView } from '../../report/progress/live-view.js';
import { progressLines } from '../../report/progress/progress-lines.js';
import type { SummaryOptions } from '../../report/summary/summary.js';
import type { Store } from '../../store/store.js';
import { keepMetrics } from '../../conduct/monitoring/keep-metrics.js';
import { openLog } from '../../conduct/monitoring/open-log.js';
import { isColored, isRedrawable } from '../terminal/screen.js';
import { askOnTerminal } from './asking/confirm.js';
import { progressView } from './live/progress-view.js';
import { eventOut } from './live/run-events.js';
import type { Output } from './output.js';
import { printResults } from './print-results.js';
import { leaveOnSignals, stopOnSignals } from './signals.js';

/** What the command line adds to a run. */
interface Closing {
  /** For the commands that may be run next. */
  next: SummaryOptions;
  /** Exit code 5 when a dry run finds work to do. */
  detailedExitcode: boolean;
}

/**
 * Conducts a run at the command line, from its first event to its report, its notification and its exit code.
 * @throws UsageError before anything is contacted, when this machine lacks what it needs
 */
export async function conductRun(
  run: Conduct & Closing,
  models: Models,
  store: Store,
  output: Output,
): Promise<number> {
  const live = await viewFor(output);
  const log = await openLog(output.log, live.above);
  const stop = new StopControl();
  const say = (text: string): void => live.withHidden(() => void process.stderr.write(`${text}\n`));
  let removeHandlers = stopOnSignals(stop, say, process);
  const events = output.format === 'ndjson' && !output.silent ? eventOut(process.stdout, stop.gently) : null;
  const view = progressView(isSilent(output) ? null : live, systemClock, (at) => store.firmwareFetchedSince(at));
  const terminal = { input: process.stdin, output: process.stderr };
  // What an earlier run left is no night of its own.
  const metrics = await keepMetrics(output.silent ? null : output.metrics, run.summary.id, store, log);
  let isStoppedAtQuestion = false;
  const exitCodeOf = (report: RunReport): number => exitCodeFor(report, run.detailedExitcode);
  try {
    const report = await carryOut(run, models, store, {
      ...{ log, stop, exitCodeOf },
      onProgress: (progress) => {
        metrics.begin();
        view.show(progress);
      },
      notify: (event) => events?.write(event),
      ...(events ? { listening: events.listening } : {}),
      confirm: async (question, asked) => {
        const text = questionText(question, asked, process.stderr.columns || 80);
        const ask = (): Promise<boolean> =>
          askOnTerminal(text, askText(question), terminal, stop.gently, (signal) => stop.request(signal));
        const isConfirmed = output.confirmed || (await view.without(ask));
        isStoppedAtQuestion = !isConfirmed && stop.gently.aborted;
        return isConfirmed;
      },
    });
    view.end();
    if (output.silent) return exitCodeOf(report);
    const background = backgroundOf(store, run.next);
    const exitCode = exitCodeOf(report);
    removeHandlers();
    const { left, remove } = leaveOnSignals(say, process);
    removeHandlers = remove;
    const concluding = { results: output, background, metrics, tell: output.tell, exitCode, left };
    const { reports, problems, code } = await concludeRun(report, concluding, log);
    // If a reader hangs, ctrl-C just ends the program.
    removeHandlers();
    const atQuestion = { isStopped: isStoppedAtQuestion, isResumed: run.resumes !== null };
    await printResults(report, { ...output, reports }, background, atQuestion);
    for (const problem of problems) process.stderr.write(`fleet-migrate: ${problem}\n`);
    return code;
  } catch (error) {
    await metrics.fail(error);
    throw error;
  } finally {
    view.end();
    removeHandlers();
    await log.close();
  }
}

/** Whether nobody is to be told how far the run is. */
function isSilent({ quiet, progressEveryMs }: Output): boolean {
  return quiet || (!process.stderr.isTTY && progressEveryMs === null);
}

/** A view on a terminal that can show one; else lines. */
async function viewFor({ quiet, progressEveryMs }: Output): Promise<LiveView> {
  const stream = process.stderr;
  if (quiet || !isRedrawable(stream)) return progressLines(stream, systemClock, progressEveryMs);
  const { createLiveView } = await import('../../report/progress/live-view.js');
  return createLiveView({ stream, clock: systemClock, color: isColored(stream) });
}
