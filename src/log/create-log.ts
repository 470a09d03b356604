import { Writable } from 'node:stream';
import winston from 'winston';
import type { Clock } from '../domain/ports/clock.js';
import type { Log, LogFields, LogLevel, LogPhone } from '../domain/ports/log.js';
import { writeReason } from '../domain/text/error-reason.js';
import { journalLine } from './journal.js';
import { bareLine, jsonLine, type LogEntry, textLine } from './line.js';
import { openLogFile } from './log-file.js';
import { fileOutput, type LineSink, openOutput, type StreamOutput } from './outputs.js';

type LogFormat = 'text' | 'json';

export interface LogOptions {
  /** The least severe level that is written. */
  level: LogLevel;
  format: LogFormat;
  clock: Pick<Clock, 'now'>;
  /** Where lines go besides the file; standard error unless given, nowhere when `null`. It is not ended on close. */
  stream?: NodeJS.WritableStream | null;
  /** The stream is read by systemd's journal: lines begin with their priority. Absent: no. */
  isJournal?: boolean;
  /** A file to append to. */
  file?: string;
  /** The mode of a file that does not exist yet; only its owner may read it unless given. */
  fileMode?: number;
  /** The same for the file and the sinks; `level` unless given. */
  fileLevel?: LogLevel;
  /** Where lines go one by one. They are closed with the log. */
  sinks?: readonly LineSink[];
}

/** Winston's own levels have others between these. */
const levels: Record<LogLevel, number> = { error: 0, warn: 1, info: 2, debug: 3 };

/** How an entry is written for one reader. */
type Render = (entry: LogEntry) => string;

/**
 * Sets up the log of a run. A stream that breaks (a closed pipe, a full disk) loses lines and never ends the run; if the file breaks, the
 * stream says so once.
 *
 * @throws UsageError when the file cannot be opened.
 */
export function createLog(options: LogOptions): Log {
  const { level, clock, stream = process.stderr, isJournal = false, file, fileMode, sinks = [] } = options;
  const { fileLevel = level } = options;
  const isJson = options.format === 'json';
  const most = Math.max(
    ...(stream === null ? [] : [levels[level]]),
    ...(file === undefined && sinks.length === 0 ? [] : [levels[fileLevel]]),
  );
  const stacks = levels.debug <= most;
  const whole: Render = (entry) => (isJson ? jsonLine(entry, stacks) : textLine(entry, stacks));
  const bare: Render = (entry) => (isJson ? jsonLine(entry, stacks) : bareLine(entry, stacks));
  const onStream: Render = isJournal ? (entry) => journalLine(entry.level, bare(entry)) : whole;

  const outputs: (StreamOutput & { format: winston.Logform.Format; from: LogLevel })[] = [];
  if (file !== undefined) {
    const output = fileOutput(openLogFile(file, fileMode), file, (error) => reportBroken(file, error));
    outputs.push({ ...output, from: fileLevel, format: rendered(whole) });
  }
  if (stream !== null) outputs.push({ ...openOutput(stream), from: level, format: rendered(onStream) });
  for (const sink of sinks) outputs.push({ ...sinkOutput(sink, bare), from: fileLevel, format: asItIs() });
  const logger = winston.createLogger({
    levels,
    silent: outputs.length === 0,
    // Each output renders for itself. Winston's own format would write all of it as JSON before.
    format: asItIs(),
    // Winston's types take one of its own transports for another.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    transports: outputs.map(
      ({ stream: to, from, format }) => new winston.transports.Stream({ stream: to, level: from, eol: '\n', format }),
    ),
  });

  function reportBroken(path: string, error: unknown): void {
    const message = `the log file ${path} cannot be written any more (${writeReason(error)}); the run continues without it`;
    const entry: LogEntry = { at: clock.now(), level: 'error', address: null, mac: null, message, fields: {} };
    if (stream?.writable) stream.write(`${onStream(entry)}\n`);
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

/** Redacts and bounds as well: nothing but the rendered line reaches a stream. */
function rendered(render: Render): winston.Logform.Format {
  return winston.format.printf((info) => render(info as unknown as LogEntry));
}

const asItIs = winston.format((info) => info);

/** Hands lines to a sink, which is told their level and time beside them. */
function sinkOutput(sink: LineSink, render: Render): StreamOutput {
  const stream = new Writable({
    objectMode: true,
    write: (entry: LogEntry, _encoding, done) => {
      sink.write({ at: entry.at, level: entry.level, text: render(entry) });
      done();
    },
  });
  return { stream, flushed: () => sink.close() };
}

/** A line without a phone of its own takes address and MAC from its fields, so that it can be found by address like the others. */
function toEntry(at: number, level: LogLevel, phone: LogPhone | null, message: string, fields: LogFields): LogEntry {
  if (phone !== null) return { at, level, address: phone.address, mac: phone.mac ?? null, message, fields };
  const { address, mac = null, ...others } = fields;
  if (typeof address !== 'string') return { at, level, address: null, mac: null, message, fields };
  if (mac === null || typeof mac === 'string') return { at, level, address, mac, message, fields: others };
  return { at, level, address, mac: null, message, fields: { mac, ...others } };
}

/** Winston first passes its lines on, then each output lets go of them. */
async function closeAll(logger: winston.Logger, outputs: readonly StreamOutput[]): Promise<void> {
  await new Promise<void>((resolve) => {
    logger.once('finish', () => resolve());
    logger.end();
  });
  await Promise.all(outputs.map((output) => output.flushed()));
}
