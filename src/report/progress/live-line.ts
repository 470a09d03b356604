import { Writable } from 'node:stream';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Clock } from '../../domain/ports/clock.js';
import { type Progress, progressLine } from './progress-line.js';

/** A terminal or its stand-in. */
export type LiveStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

export interface LiveLineOptions {
  stream: LiveStream;
  clock: Clock;
  color: boolean;
  /** Characters per line; default: what the terminal reports at each drawing. */
  columns?: number;
}

export interface LiveLine {
  /** Shows this from now on; drawn at once or within 100 ms. */
  update(progress: Progress): void;
  /** Runs what writes to the same terminal while the line is out of its way, and brings the line back. */
  withHidden<T>(write: () => T): T;
  /** What is written here appears on the stream above the line: give it to the log. */
  readonly above: Writable;
  /** Removes the line for good. */
  stop(): void;
}

/** Least time between two drawings, in milliseconds: nobody reads faster. */
const leastInterval = 100;
/** With nothing new, the time shown moves on this often, so that a quiet minute does not look like a hang. */
const tick = 1_000;

/**
 * One line on a terminal that shows how far a run is. Without a terminal nothing is ever drawn. It keeps a timer while it shows something:
 * {@link LiveLine.stop} must be called. A terminal that goes away costs the output, not the run.
 */
export function createLiveLine({ stream, clock, color, columns }: LiveLineOptions): LiveLine {
  stream.on('error', () => {});
  if (stream.isTTY !== true) {
    return {
      update: () => {},
      withHidden: (write) => write(),
      above: passTo(stream, (write) => write()),
      stop: () => {},
    };
  }

  const colors = pc.createColors(color);
  // The cursor stays visible: hiding it would install signal handlers that are not ours.
  const draw = createLogUpdate(stream, { showCursor: true });
  let latest: Progress | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let visible = false;
  let cancel = (): void => {};

  const redraw = (): void => {
    cancel();
    if (latest === null) return;
    drawnAt = clock.monotonic();
    // One less than the width: many terminals wrap as soon as the last column is written. Some do not say how wide they are.
    draw(progressLine(latest, drawnAt, (columns ?? (stream.columns || 80)) - 1, colors));
    visible = true;
    cancel = clock.after(tick, redraw);
  };
  const redrawSoon = (): void => {
    const wait = drawnAt + leastInterval - clock.monotonic();
    if (wait <= 0) return redraw();
    cancel();
    cancel = clock.after(wait, redraw);
  };
  const hide = (): void => {
    if (visible) draw.clear();
    visible = false;
  };
  const withHidden = <T>(write: () => T): T => {
    hide();
    try {
      return write();
    } finally {
      if (latest !== null) redrawSoon();
    }
  };

  return {
    update: (progress) => {
      latest = progress;
      redrawSoon();
    },
    withHidden,
    above: passTo(stream, withHidden),
    stop: () => {
      cancel();
      latest = null;
      hide();
    },
  };
}

/** A stream that passes everything on to another one in the given way, with the other's pace and errors as its own. */
function passTo(stream: NodeJS.WritableStream, around: (write: () => void) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) =>
      around(() => void stream.write(chunk, (error) => done(error))),
  });
}
