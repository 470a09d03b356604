import { isOutOfFiles } from '../../domain/failures/system-errors.js';
import { sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { Models } from '../../domain/phone/models.js';
import type { RunReport } from '../../domain/report/report.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { assembleRun, type FleetSettings, openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import type { BegunUcm } from '../../fleet/unified-cm/begin.js';
import { phoneProfiles, shippedUnifiedCm } from '../../config/profiles/as-shipped.js';
import { runStored, type StoredRun } from '../../fleet/run/run-with-store.js';
import type { Question } from '../../fleet/run/question.js';
import { StopControl } from '../../fleet/stop-control.js';
import { storedMethods } from '../../fleet/memory/write-methods.js';
import type { LiveView } from '../../report/progress/live-view.js';
import { progressLines } from '../../report/progress/progress-lines.js';
import type { MailServer } from '../../report/notify/mail.js';
import { type OutputFormat } from '../../report/formats/render-report.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { writeReportFile } from '../../report/formats/write-report.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import type { KeptSettings } from '../../config/settings/kept.js';
import type { OptionName, ResumeSettings } from '../options/table.js';
import { askOnTerminal } from './asking/confirm.js';
import { type AskedRun, askText, questionText } from './asking/question.js';
import { eventOut, logEvent } from './live/run-events.js';
import { exitCodeFor, exitCodes } from '../terminal/exit-code.js';
import { printResults } from './print-results.js';
import { progressView } from './live/progress-view.js';
import { fitToFiles, openFilesLimit, tellLowered } from './open-files.js';
import { fetchedFrom } from '../serving/fetched.js';
import type { Serving } from '../serving/for-run.js';
import { proofOf } from '../options/pacing.js';
import { settingsServerFor } from '../options/serve-at.js';
import { type LogSettings, openLog } from './monitoring/open-log.js';
import { keepMetrics } from './monitoring/keep-metrics.js';
import { tell, type ToTell } from './monitoring/tell.js';
import { stopOnSignals } from './signals.js';
import { systemClock } from '../system-clock.js';
import { isColored, isRedrawable } from '../terminal/screen.js';

/** Output and permissions of a run, from the command line that started or resumed it. */
export interface Output {
  format: OutputFormat;
  reports: readonly string[];
  /** The mode of report files. */
  reportMode: number;
  quiet: boolean;
  /** Without a terminal: how often a line says how far the run is (ms); `null`: never. */
  progressEveryMs: number | null;
  tell: ToTell;
  /** The file of `--metrics`. */
  metrics: string | null;
  log: LogSettings;
  /** Writes without asking first. */
  confirmed: boolean;
  /** The folder of the phone locks; `null`: the usual one of this machine. */
  lockFolder: string | null;
  /** Nothing on standard output and no report: for a run that only finishes its phones under way. */
  silent: boolean;
}

/** A run to conduct. */
export interface Conduct {
  summary: StoredRun['summary'];
  settings: FleetSettings;
  /** Stored for a resume; null for a run that is in the store already. */
  kept: KeptSettings | null;
  resumes: RunRow | null;
  targets: TargetSource;
  /** Whether the user set an option. Absent: unknown. */
  isAskedFor?: (name: OptionName) => boolean;
  /** Skips untouched phones of the interrupted run. */
  abandonUntouched: boolean;
  /** The run's own file server. Absent: none. */
  serving?: Pick<Serving, 'tellTo' | 'openFiles' | 'unstored' | 'sawNothingOf'> | null;
  /** For the commands that may be run next. */
  next: SummaryOptions;
  /** Exit code 5 when a dry run finds work to do. */
  detailedExitcode: boolean;
}

/** Output and permissions of a run with these settings. @param mail the server for its mails; `null`: none was named */
export function outputOf(settings: ResumeSettings, mail: MailServer | null): Output {
  const { output, report, reportMode, quiet, progressEvery, metrics, yes, lockFolder } = settings;
  const { logLevel, logFormat, logFile, logTo } = settings;
  return {
    format: output,
    reports: report,
    log: { logLevel, logFormat, logFile, logTo, quiet, reportMode },
    confirmed: yes,
    progressEveryMs: progressEvery === 0 ? null : progressEvery,
    ...{ reportMode, quiet, metrics, lockFolder },
    tell: { receivers: settings.notify, mail },
    silent: false,
  };
}

/**
 * Conducts a run from its first event to its report, its notification and its exit code.
 * @throws UsageError before anything is contacted, when this machine lacks what it needs
 */
export async function conductRun(run: Conduct, models: Models, store: Store, output: Output): Promise<number> {
  const pages = await phoneProfiles(run.settings.phoneProfiles);
  const limit = openFilesLimit();
  const ownServer = run.serving ?? null;
  const { fetching, ...fitting } = fitToFiles(
    run.settings,
    limit === null ? null : limit - (ownServer?.openFiles ?? 0),
  );
  const settings = { ...run.settings, ...fitting };
  const live = await viewFor(output);
  const log = await openLog(output.log, live.above);
  ownServer?.tellTo(log);
  for (const { path, text } of run.targets.warnings) log.info('part of a list is not read', { path, text });
  tellLowered(run.settings, fitting, limit, run.isAskedFor ?? (() => false), log);
  const offers = await settingsServerFor(settings, fetching, log).catch(async (error: unknown) => {
    ownServer?.tellTo(null);
    await log.close();
    throw error;
  });
  const stop = new StopControl();
  const say = (text: string): void => live.withHidden(() => void process.stderr.write(`${text}\n`));
  const removeHandlers = stopOnSignals(stop, say, process);
  const events = output.format === 'ndjson' && !output.silent ? eventOut(process.stdout, stop.gently) : null;
  const methods = await storedMethods(store, log);
  const begun = await beginAtUcm(settings, log).catch(async (error: unknown) => {
    removeHandlers();
    ownServer?.tellTo(null);
    await offers?.close();
    await log.close();
    throw error;
  });
  const targets =
    begun === null || run.abandonUntouched
      ? run.targets
      : await openRunTargets(withPhones(settings, begun), systemClock);
  const context = assembleRun(settings, targets, {
    models,
    phoneProfiles: pages,
    clock: systemClock,
    random: Math.random,
    ...{ log, offers, methodMemory: methods, fetched: fetchedFrom(store, ownServer), ucm: begun?.ucm ?? null },
    ...(ownServer ? { fetchedNothing: ownServer.sawNothingOf } : {}),
    notify: (event) => {
      events?.write(event);
      logEvent(log, event);
    },
    ...(events ? { listening: events.listening } : {}),
  });
  const view = progressView(isSilent(output) ? null : live, systemClock, (at) => store.firmwareFetchedSince(at));
  const confirm = (question: Question): Promise<boolean> => {
    const text = questionText(question, askedRun(settings), process.stderr.columns || 80);
    const terminal = { input: process.stdin, output: process.stderr };
    return askOnTerminal(text, askText(question), terminal, stop.gently, (signal) => stop.request(signal));
  };
  // What an earlier run left is no night of its own.
  const metrics = await keepMetrics(output.silent ? null : output.metrics, run.summary.id, store, log);
  let isStoppedAtQuestion = false;
  const exitCodeOf = (report: RunReport): number => exitCodeFor(report, run.detailedExitcode);
  try {
    const report = await runStored({
      ...{ store, context, stop, exitCodeOf, summary: run.summary, settings: run.kept, resumes: run.resumes },
      abandonUntouched: run.abandonUntouched,
      lockFolder: output.lockFolder,
      hooks: {
        confirm: async (question) => {
          const isConfirmed = output.confirmed || (await view.without(() => confirm(question)));
          isStoppedAtQuestion = !isConfirmed && stop.gently.aborted;
          return isConfirmed;
        },
        onProgress: (progress) => {
          metrics.begin();
          view.show(progress);
        },
      },
    });
    view.end();
    if (output.silent) return exitCodeOf(report);
    const problems = await writeReports(report, output);
    const code = problems.length > 0 ? exitCodes.internal : exitCodeOf(report);
    await metrics.end(report, code);
    await tell(output.tell, report, () => renderSummary(report, { ...run.next, reportFiles: output.reports }), log);
    // Nothing is left to wind down: if a reader hangs, ctrl-C just ends the program.
    removeHandlers();
    await printResults(report, output, run.next, { isStoppedAtQuestion, isResumed: run.resumes !== null });
    for (const problem of problems) process.stderr.write(`fleet-migrate: ${problem}\n`);
    return code;
  } catch (error) {
    await metrics.fail(error);
    throw error;
  } finally {
    view.end();
    removeHandlers();
    await offers?.close();
    await methods.settled();
    ownServer?.tellTo(null);
    await log.close();
  }
}

/** Asks the Unified CM of a run for its phones; `null`: it has none. @throws UsageError */
async function beginAtUcm(settings: FleetSettings, log: Log): Promise<BegunUcm | null> {
  const { ucm: access = null, profile, dryRun, timeoutMs } = settings;
  if (access === null) return null;
  const knowledge = await shippedUnifiedCm();
  const { beginUcm } = await import('../../fleet/unified-cm/begin.js');
  return beginUcm({ access, profile, dryRun, timeoutMs, knowledge }, systemClock, log);
}

/** The settings with the phones of their Unified CM among the targets. */
function withPhones({ targets }: FleetSettings, { ucm: { host }, phones }: BegunUcm): Pick<FleetSettings, 'targets'> {
  return { targets: { ...targets, ...(targets.ofUcm ? { ofUcm: { host, phones } } : {}) } };
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

/** What the question tells of a run besides its phones. */
function askedRun(settings: FleetSettings): AskedRun {
  const { profile, files, pacing, tls, skipPreflight } = settings;
  const ofSites = [...pacing.sites.values()].map((site) => site.files);
  const servers = [files, ...ofSites].filter((url) => url !== null);
  return {
    profile: profile?.name ?? '',
    files: [...new Set(servers)],
    insecure: tls.insecure,
    skipPreflight,
    proof: proofOf(settings),
  };
}

/** Writes the report files; a failure affects neither the other files nor standard output. */
async function writeReports(report: RunReport, { reports, reportMode }: Output): Promise<string[]> {
  const problems: string[] = [];
  for (const path of reports) {
    try {
      await onceFilesCanBeOpened(() => writeReportFile(report, path, reportMode));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  return problems;
}

/** How long a report waits for a free file descriptor, retrying each second (ms). */
const filesPatienceMs = 60_000;
const filesPauseMs = 1_000;

async function onceFilesCanBeOpened(write: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += filesPauseMs) {
    try {
      return await write();
    } catch (error) {
      if (!isOutOfFiles(codeOf((error as { cause?: unknown }).cause)) || waitedMs >= filesPatienceMs) throw error;
    }
    await sleep(systemClock, filesPauseMs);
  }
}
