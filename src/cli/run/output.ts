import type { LogSettings } from '../../conduct/monitoring/open-log.js';
import type { ToTell } from '../../conduct/monitoring/tell.js';
import type { Results } from '../../conduct/run/results.js';
import type { ResumeSettings } from '../../conduct/options/table.js';
import type { MailServer } from '../../report/notify/mail.js';
import type { OutputFormat } from '../../report/formats/render-report.js';

/** Output and permissions of a run, from the command line that started or resumed it. */
export interface Output extends Results {
  format: OutputFormat;
  quiet: boolean;
  /** Without a terminal: how often a line says how far the run is (ms); `null`: never. */
  progressEveryMs: number | null;
  tell: ToTell;
  /** The file of `--metrics`. */
  metrics: string | null;
  log: LogSettings;
  /** Writes without asking first. */
  confirmed: boolean;
  /** Nothing on standard output and no report: for a run that only finishes its phones under way. */
  silent: boolean;
}

/** Output and permissions of a run with these settings. @param mail the server for its mails; `null`: none was named */
export function outputOf(settings: ResumeSettings, mail: MailServer | null): Output {
  const { output, report, reportMode, csvFor, quiet, progressEvery, metrics, yes } = settings;
  const { logLevel, logFormat, logFile, logTo } = settings;
  return {
    format: output,
    reports: report,
    log: { logLevel, logFormat, logFile, logTo, quiet, reportMode },
    confirmed: yes,
    progressEveryMs: progressEvery === 0 ? null : progressEvery,
    ...{ reportMode, csvFor, quiet, metrics },
    tell: { receivers: settings.notify, mail },
    silent: false,
  };
}
