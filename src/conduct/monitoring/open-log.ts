import type { Log } from '../../domain/ports/log.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { createLog } from '../../log/create-log.js';
import { isJournal } from '../../log/journal.js';
import type { LogTarget } from '../../log/log-target.js';
import type { LineSink } from '../../log/outputs.js';
import type { ResumeSettings } from '../options/table.js';
import { systemClock } from '../system-clock.js';

/** What the log of a run is opened with. */
export interface LogSettings extends Pick<ResumeSettings, 'logLevel' | 'logFormat' | 'logFile' | 'logTo'> {
  quiet: boolean;
  /** The mode of a new log file. */
  reportMode: number;
}

/**
 * Opens the log of a run: standard error, its file, and each syslog.
 * @param stream standard error, as the view of the run leaves it; `null`: nothing goes there
 */
export async function openLog(settings: LogSettings, stream: NodeJS.WritableStream | null): Promise<Log> {
  const { logLevel, logFormat, logFile, logTo, quiet, reportMode } = settings;
  const told: { log: Log | null } = { log: null };
  const sinks = await sinksFor(logTo, (target, error) =>
    told.log?.warn('the syslog cannot be reached; lines for it wait and may be lost', {
      to: target,
      why: messageOf(error),
    }),
  );
  told.log = createLog({
    level: logLevel ?? (quiet ? 'error' : 'warn'),
    format: logFormat,
    clock: systemClock,
    stream,
    isJournal: logTo.some(({ kind }) => kind === 'journald') || isJournal(2, process.env['JOURNAL_STREAM']),
    fileLevel: logLevel ?? 'info',
    sinks,
    ...(logFile === null ? {} : { file: logFile, fileMode: reportMode }),
  });
  return told.log;
}

async function sinksFor(
  targets: readonly LogTarget[],
  onTrouble: (target: string, error: unknown) => void,
): Promise<LineSink[]> {
  const servers = targets.flatMap((target) => (target.kind === 'syslog' ? [target] : []));
  if (servers.length === 0) return [];
  const { openSyslog } = await import('../../log/syslog/open-syslog.js');
  return servers.map((target) => {
    const name = target.over === 'local' ? 'syslog of this machine' : `${target.host}:${target.port}`;
    return openSyslog(target, systemClock, (error) => onTrouble(name, error));
  });
}
