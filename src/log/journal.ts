import { fstatSync } from 'node:fs';
import type { LogLevel } from '../domain/ports/log.js';
import { severities } from './syslog/message.js';

/**
 * Whether what is written to a descriptor goes to systemd's journal: it names device and inode of the stream (systemd.exec(5)). The variable
 * alone says nothing, as it is handed on to programs whose output goes elsewhere.
 * @param named the value of `JOURNAL_STREAM`
 */
export function isJournal(descriptor: number, named: string | undefined): boolean {
  if (named === undefined || named === '') return false;
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    return named === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

/** A line as the journal reads its priority (sd-daemon(3)); the journal itself has time and program. */
export function journalLine(level: LogLevel, line: string): string {
  return `<${severities[level]}>${line}`;
}
