import { randomBytes } from 'node:crypto';
import pc from 'picocolors';
import type { Log } from '../domain/log.js';
import type { PlanStep } from '../domain/plan.js';
import type { RunReport } from '../domain/report.js';
import { UsageError } from '../domain/usage-error.js';
import { loadModels } from '../config/models.js';
import { loadPhoneProfiles } from '../config/phone-profile.js';
import { shippedPhonesDir } from '../config/shipped.js';
import { assembleRun, openRunTargets, type RunSettings } from '../fleet/assemble.js';
import { runFleet } from '../fleet/migrate.js';
import { StopControl } from '../fleet/stop.js';
import { createLog } from '../log/create-log.js';
import { createLiveLine, type LiveLine } from '../report/live-line.js';
import { type OutputFormat, renderReport } from '../report/render-report.js';
import { renderSummary } from '../report/summary.js';
import { checkReportPath, writeReportFile } from '../report/write-report.js';
import { type Arguments, flagOf, listOf, textOf } from './arguments.js';
import { askOnTerminal, confirmationText } from './confirm.js';
import { eventOut } from './event-out.js';
import { exitCodeFor, exitCodes } from './exit-code.js';
import { progressView } from './live-progress.js';
import { logEvent } from './log-event.js';
import { runSettings } from './run-settings.js';
import { stopOnSignals } from './signals.js';
import { systemClock } from './system-clock.js';
import { packageVersion } from './version.js';
import { writeOut } from './write-out.js';

/** Runs `migrate` or `audit` and answers the exit code. @throws UsageError before anything is contacted */
export async function migrateCommand(args: Arguments): Promise<number> {
  const models = loadModels();
  const phoneProfiles = loadPhoneProfiles(shippedPhonesDir());
  const settings = runSettings(args, models);
  const output = outputOf(args);
  refuseUnconfirmed(settings, flagOf(args, 'yes'));
  const targets = await openRunTargets(settings);
  for (const path of output.reports) await checkReportPath(path);

  const onTerminal = process.stderr.isTTY && !output.quiet;
  const live = createLiveLine({
    stream: onTerminal ? process.stderr : hidden(process.stderr),
    clock: systemClock,
    color: pc.isColorSupported,
  });
  const log = openLog(args, output.quiet, live);
  const stop = new StopControl();
  const say = (text: string): void => live.withHidden(() => void process.stderr.write(`${text}\n`));
  const removeHandlers = stopOnSignals(stop, say, process);
  const events = output.format === 'ndjson' ? eventOut(process.stdout, stop.gently) : null;
  const context = assembleRun(settings, targets, {
    models,
    phoneProfiles,
    clock: systemClock,
    random: Math.random,
    log,
    notify: (event) => {
      events?.write(event);
      logEvent(log, event);
    },
    ...(events ? { listening: events.listening } : {}),
  });
  const view = progressView(onTerminal ? live : null, systemClock, targets.count);
  const confirm = (plans: PlanStep[][]): Promise<boolean> =>
    askOnTerminal(confirmationText(plans), process.stdin, process.stderr, stop.gently, () => stop.request('SIGINT'));
  try {
    const report = await runFleet(runSummary(settings), context, stop, {
      confirm: async (phones) => flagOf(args, 'yes') || view.without(() => confirm(phones.map(({ plan }) => plan))),
      onProgress: view.show,
    });
    view.end();
    const problems = await writeReports(report, output.reports);
    // From here on there is nothing to wind up any more: a ctrl-C on a reader that hangs just ends the program.
    removeHandlers();
    await printResults(report, output);
    for (const problem of problems) process.stderr.write(`fleet-migrate: ${problem}\n`);
    return problems.length > 0 ? exitCodes.internal : exitCodeFor(report, flagOf(args, 'detailed-exitcode'));
  } finally {
    view.end();
    removeHandlers();
    await log.close();
  }
}

interface Output {
  format: OutputFormat;
  reports: string[];
  quiet: boolean;
}

function outputOf(args: Arguments): Output {
  return {
    format: (textOf(args, 'output') ?? 'table') as OutputFormat,
    reports: listOf(args, 'report'),
    quiet: flagOf(args, 'quiet'),
  };
}

/** A run that would write asks on a terminal; where there is none it needs --yes (DESIGN §6). */
function refuseUnconfirmed({ profile, dryRun }: RunSettings, yes: boolean): void {
  if (!profile || dryRun || yes || (process.stdin.isTTY && process.stderr.isTTY)) return;
  throw new UsageError(
    'This run would write to phones and there is no terminal to ask on; add --yes to go ahead, or --dry-run to only plan.',
  );
}

function runSummary(settings: RunSettings): Parameters<typeof runFleet>[0] {
  const stamp = new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  return {
    id: `${stamp}-${randomBytes(3).toString('hex')}`,
    profile: settings.profile?.name ?? null,
    dryRun: settings.dryRun,
    version: packageVersion(),
    preflightSkipped: settings.skipPreflight,
    insecure: settings.tls.insecure,
  };
}

function openLog(args: Arguments, quiet: boolean, live: LiveLine): Log {
  const level = textOf(args, 'log-level') as 'debug' | 'info' | 'warn' | 'error' | null;
  const file = textOf(args, 'log-file');
  return createLog({
    level: level ?? (quiet ? 'error' : 'warn'),
    format: (textOf(args, 'log-format') ?? 'text') as 'text' | 'json',
    clock: systemClock,
    stream: live.above,
    ...(file === null ? {} : { file, fileLevel: level ?? 'info' }),
  });
}

/** Writes the report files; what could not be written costs neither the other files nor what goes to standard output. */
async function writeReports(report: RunReport, paths: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const path of paths) {
    try {
      await writeReportFile(report, path);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return problems;
}

/** Results go to standard output, everything else to standard error. */
async function printResults(report: RunReport, { format, reports, quiet }: Output): Promise<void> {
  // Of a pipe it is not false but missing, and a color that is missing is chosen by the environment.
  const terminal = Boolean(process.stdout.isTTY);
  const fullList = reports[0];
  // Events have been streamed already; of the whole there is no more to say in that format.
  if (format !== 'ndjson') {
    const table = {
      width: terminal ? process.stdout.columns : Number.POSITIVE_INFINITY,
      color: terminal && pc.isColorSupported,
      ...(fullList === undefined ? {} : { fullList }),
    };
    await writeOut(process.stdout, renderReport(report, format, table));
  }
  if (!quiet)
    await writeOut(format === 'table' ? process.stdout : process.stderr, [
      format === 'table' ? '\n' : '',
      renderSummary(report, { reportFiles: reports }),
    ]);
}

/** The same stream with nothing of a terminal about it: no live line is drawn there. */
function hidden(stream: NodeJS.WriteStream): NodeJS.WritableStream & { isTTY: boolean } {
  return Object.assign(Object.create(stream) as NodeJS.WriteStream, { isTTY: false });
}
