import type { LogLevel } from '../../domain/ports/log.js';

/** Severities of RFC 5424 (6.2.1), which the journal has as priorities. */
export const severities: Readonly<Record<LogLevel, number>> = { error: 3, warn: 4, info: 6, debug: 7 };

/** Who sends, as every message says. */
export interface Sender {
  facility: number;
  /** This machine's name. */
  host: string;
  pid: number;
}

/** A line of the log for syslog. */
export interface SyslogLine {
  /** Milliseconds since the epoch. */
  at: number;
  level: LogLevel;
  /** One line, without time and level. */
  text: string;
}

/** What RFC 5424 allows in a name: visible ASCII without blanks. */
const visible = (text: string, most: number): string => text.replace(/[^!-~]/g, '').slice(0, most) || '-';

/**
 * `<28>1 2026-01-31T22:14:05.123Z host fleet-migrate 4711 - - text` (RFC 5424), as UTF-8. What belongs to a line is in its text as
 * `key=value`, as in the text log: structured data would need a number of an enterprise in each name.
 * @param most bytes that the receiver is sure to take; a longer text is cut between two characters, and that is shown
 */
export function syslogMessage({ at, level, text }: SyslogLine, { facility, host, pid }: Sender, most: number): Buffer {
  const priority = facility * 8 + severities[level];
  const head = `<${priority}>1 ${new Date(at).toISOString()} ${visible(host, 255)} fleet-migrate ${pid} - - `;
  const whole = Buffer.from(head + text, 'utf8');
  if (whole.length <= most) return whole;
  const mark = Buffer.from('…', 'utf8');
  let end = most - mark.length;
  // The first byte that is left out may not be one that continues a character.
  while (((whole[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return Buffer.concat([whole.subarray(0, end), mark]);
}

/** A message of a stream of TCP: its length comes before it (octet counting, RFC 6587), so that none can end another. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `, 'ascii'), message]);
}
