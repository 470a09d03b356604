import { createWriteStream } from 'node:fs';
import type { LogLevel } from '../domain/ports/log.js';

/** Takes lines of the log one by one, such as a syslog. Never throws and never waits. */
export interface LineSink {
  /** @param line without time and level in its text; one line */
  write(line: { at: number; level: LogLevel; text: string }): void;
  /** Resolves when what was written is out, or never will be. */
  close(): Promise<void>;
}

/** A stream that lines are written to. */
export interface StreamOutput {
  stream: NodeJS.WritableStream;
  /** Resolves when what was written is out, or never will be. */
  flushed(): Promise<void>;
}

/** A stream given by the caller: drained and left open at the end. Its errors are ignored while the log uses it. */
export function openOutput(stream: NodeJS.WritableStream): StreamOutput {
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
  return { stream, flushed };
}

/** A file that is appended to. @param onBroken called when it first cannot be written */
export function fileOutput(fd: number, path: string, onBroken: (error: unknown) => void): StreamOutput {
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
  return { stream, flushed };
}
