import { writeReason } from '../domain/text/error-reason.js';
import { createWriteStream } from 'node:fs';
import winston from 'winston';
import type { Clock } from '../domain/ports/clock.js';
import type { Log, LogFields, LogLevel, LogPhone } from '../domain/ports/log.js';
import { jsonLine, type LogEntry, textLine } from './line.js';
import { openLogFile } from './log-file.js';

type LogFormat = 'text' | 'json';

export interface LogOptions {
  /** The least severe level that is written. */
  level: LogLevel;
  format: LogFormat;
  clock: Pick<Clock, 'now'>;
  /** Where lines go besides the file; standard error unless given, nowhere when `null`. It is not ended on close. */
  stream?: NodeJS.WritableStream | null;
  /** A file to append to. */
  file?: string;
  /** The mode of a file that does not exist yet; only its owner may read it unless given. */
  fileMode?: number;
  /** The same for the file; `level` unless given. */
  fileLevel?: LogLevel;
}

/** Winston's own levels have others between these. */
const levels: Record<LogLevel, number> = { error: 0, warn: 1, info: 2, debug: 3 };

/**
 * Sets up the log of a run. A stream that breaks (a closed pipe, a full disk) loses lines and never ends the run; if the file breaks, the
 * stream says so once.
 *
 * @throws UsageError when the file cannot be opened.
 */
export function createLog(options: LogOptions): Log {
  const { level, clock, stream = process.stderr, file, fileMode, fileLevel = level } = options;
  const render = (entry: LogEntry, stacks: boolean): string =>
    options.format === 'json' ? jsonLine(entry, stacks) : textLine(entry, stacks);
  const outputs: Output[] = [];
  if (file !== undefined)
    outputs.push(fileOutput(openLogFile(file, fileMode), file, fileLevel, (error) => reportBroken(file, error)));
  if (stream !== null) outputs.push(openOutput(stream, level));

  const most = Math.max(...outputs.map(({ level: from }) => levels[from]));
  const logger = winston.createLogger({
    levels,
    silent: outputs.length === 0,
    // Redacts and bounds as well: nothing but the rendered line reaches a transport.
    format: winston.format.printf((info) => render(info as unknown as LogEntry, levels.debug <= most)),
    // Winston's types take one of its own transports for another.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    transports: outputs.map(
      ({ stream: to, level: from }) => new winston.transports.Stream({ stream: to, level: from, eol: '\n' }),
    ),
  });

  function reportBroken(path: string, error: unknown): void {
    const message = `the log file ${path} cannot be written any more (${writeReason(error)}); the run continues without it`;
    const entry: LogEntry = { at: clock.now(), level: 'error', address: null, mac: null, message, fields: {} };
    if (stream?.writable) stream.write(`${render(entry, false)}\n`);
  }

  const wants = (at: LogLevel): boolean => closing === undefined && levels[at] <= most;
  let closing: Promise<void> | undefined;
  const write = (at: LogLevel, phone: LogPhone | null, message: string, fields: LogFields = {}): void => {
    if (!wants(at)) return;
    logger.log(toEntry(clock.now(), at, phone, message, fields));
  };
  const logFor = (phone: LogPhone | null, close: () => Promise<void>): Log => ({
    debug: (message, fields) => write('debug', phone, message, fields),
    info: (message, fields) => write('info', phone, message, fields),
    warn: (message, fields) => write('warn', phone, message, fields),
    error: (message, fields) => write('error', phone, message, fields),
    wants,
    child: (other) => logFor(other, () => Promise.resolve()),
    close,
  });
  return logFor(null, () => (closing ??= closeAll(logger, outputs)));
}

/** A line without a phone of its own takes address and MAC from its fields, so that it can be found by address like the others. */
function toEntry(at: number, level: LogLevel, phone: LogPhone | null, message: string, fields: LogFields): LogEntry {
  if (phone !== null) return { at, level, address: phone.address, mac: phone.mac ?? null, message, fields };
  const { address, mac = null, ...others } = fields;
  if (typeof address !== 'string') return { at, level, address: null, mac: null, message, fields };
  if (mac === null || typeof mac === 'string') return { at, level, address, mac, message, fields: others };
  return { at, level, address, mac: null, message, fields: { mac, ...others } };
}

interface Output {
  stream: NodeJS.WritableStream;
  level: LogLevel;
  /** Resolves when what was written is out, or never will be. */
  flushed(): Promise<void>;
}

/** A stream given by the caller: drained and left open at the end. Its errors are ignored while the log uses it. */
function openOutput(stream: NodeJS.WritableStream, level: LogLevel): Output {
  const ignore = (): void => {};
  stream.on('error', ignore);
  const flushed = (): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        stream.off('close', finish);
        // The error of this last write comes after its callback.
        setImmediate(() => {
          stream.off('error', ignore);
          resolve();
        });
      };
      if (!stream.writable) return finish();
      stream.once('close', finish);
      stream.write('', finish);
    });
  return { stream, level, flushed };
}

function fileOutput(fd: number, path: string, level: LogLevel, onBroken: (error: unknown) => void): Output {
  const stream = createWriteStream(path, { fd, flags: 'a' });
  let broken = false;
  stream.on('error', (error) => {
    if (!broken) onBroken(error);
    broken = true;
  });
  const flushed = (): Promise<void> =>
    new Promise((resolve) => {
      if (stream.closed) return resolve();
      stream.once('close', () => resolve());
      stream.end();
    });
  return { stream, level, flushed };
}

/** Winston first passes its lines to the streams, then the streams write them. */
async function closeAll(logger: winston.Logger, outputs: readonly Output[]): Promise<void> {
  await new Promise<void>((resolve) => {
    logger.once('finish', () => resolve());
    logger.end();
  });
  for (const output of outputs) await output.flushed();
}
