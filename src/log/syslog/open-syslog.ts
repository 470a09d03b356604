import { hostname } from 'node:os';
import type { Clock } from '../../domain/ports/clock.js';
import type { SyslogTarget } from '../log-target.js';
import type { LineSink } from '../outputs.js';
import { overLogger, overTcp, overUdp } from './connect.js';
import type { Connect } from './connection.js';
import { type Sender, severities, type SyslogLine, syslogMessage } from './message.js';
import { SyslogQueue } from './queue.js';

/** What every receiver should take over UDP (RFC 5424, 6.1), and what the usual ones take over TCP (bytes). */
const most = { udp: 2_048, tcp: 8_192 };

/**
 * Sends lines of the log to a syslog. Nothing here throws, and nobody waits for it but the end of the log, for two seconds at most.
 * @param onTrouble called once, when it cannot be reached: the rest is tried silently, and bounded
 * @param loggerWords more words for `logger`
 */
export function openSyslog(
  target: SyslogTarget,
  clock: Pick<Clock, 'after' | 'now'>,
  onTrouble: (error: unknown) => void,
  loggerWords: readonly string[] = [],
): LineSink {
  const sender: Sender = { facility: target.facility, host: hostname(), pid: process.pid };
  const messageOf = (line: SyslogLine): Buffer =>
    target.over === 'local' ? forLogger(line, sender) : syslogMessage(line, sender, most[target.over]);
  const queue = new SyslogQueue({
    ...{ connect: connectTo(target, loggerWords), clock, onTrouble },
    lostMessage: (count) =>
      messageOf({ at: clock.now(), level: 'warn', text: `${count} lines of the log were lost before this one` }),
  });
  return { write: (line) => queue.push(messageOf(line)), close: () => queue.close() };
}

function connectTo(target: SyslogTarget, loggerWords: readonly string[]): Connect {
  if (target.over === 'local') return overLogger(loggerWords);
  return target.over === 'udp' ? overUdp(target.host, target.port) : overTcp(target.host, target.port);
}

function forLogger({ level, text }: SyslogLine, { facility }: Sender): Buffer {
  return Buffer.from(`<${facility * 8 + severities[level]}>${text}\n`, 'utf8');
}
