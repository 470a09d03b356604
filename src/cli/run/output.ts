import type { Results } from '../../conduct/run/results.js';
import type { ResumeSettings } from '../../conduct/options/table.js';
import type { OutputFormat } from '../../report/formats/render-report.js';

/** Output and permissions of a run, from the command line that started or resumed it. */
export interface Output extends Results {
  format: OutputFormat;
  quiet: boolean;
  /** Without a terminal: how often a line says how far the run is (ms); `null`: never. */
  progressEveryMs: number | null;
  log: Pick<ResumeSettings, 'logLevel' | 'logFormat' | 'logFile'>;
  /** Writes without asking first. */
  confirmed: boolean;
  /** Nothing on standard output and no report: for a run that only finishes its phones under way. */
  silent: boolean;
}

/** Output and permissions of a run with these settings. */
export function outputOf(settings: ResumeSettings): Output {
  const { output, report, reportMode, csvFor, quiet, progressEvery, notify, yes } = settings;
  const { logLevel, logFormat, logFile } = settings;
  return {
    format: output,
    reports: report,
    log: { logLevel, logFormat, logFile },
    confirmed: yes,
    progressEveryMs: progressEvery === 0 ? null : progressEvery,
    ...{ reportMode, csvFor, quiet, notify },
    silent: false,
  };
}
