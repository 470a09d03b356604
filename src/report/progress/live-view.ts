import type { Writable } from 'node:stream';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Clock } from '../../domain/ports/clock.js';
import { passTo } from './pass-to.js';
import { runView } from './run-view.js';
import type { ToldRun } from './told-run.js';

/** A terminal or its stand-in. Some do not say how large they are. */
export type LiveStream = NodeJS.WritableStream & { columns?: number; rows?: number };

export interface LiveViewOptions {
  stream: LiveStream;
  clock: Clock;
  color: boolean;
}

/** What shows how far a run is. */
export interface LiveView {
  /** So often (ms) there is something new to be shown. */
  readonly everyMs: number;
  /** Shows this from now on. */
  update(told: ToldRun): void;
  /** Runs what writes to the same terminal while the view is out of its way, and brings the view back. */
  withHidden<T>(write: () => T): T;
  /** What is written here appears on the stream above the view: give it to the log. */
  readonly above: Writable;
  /** Removes the view, until it is updated again. */
  stop(): void;
}

/** Least time between two drawings (ms): nobody reads faster. */
const leastInterval = 250;
/** With nothing new, the time shown moves on this often (ms), so that a quiet minute does not look like a hang. */
const tick = 1_000;
/** So long (ms) a terminal must have had its size. */
const atRest = 200;

/**
 * A few lines at the end of a terminal that show how far a run is. It keeps a timer while it shows something: {@link LiveView.stop} must be
 * called. A terminal that goes away costs the output, not the run.
 */
export function createLiveView({ stream, clock, color }: LiveViewOptions): LiveView {
  stream.on('error', () => {});
  const colors = pc.createColors(color);
  // The cursor stays visible: hiding it would install signal handlers that are not ours.
  const draw = createLogUpdate(stream, { showCursor: true });
  let latest: { told: ToldRun; at: number } | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** How many lines it takes now; 0: it is hidden. */
  let height = 0;
  /** Its size has changed since it was drawn: nobody knows which lines are where now, or came back from above. */
  let isResized = false;
  let restsAt = Number.NEGATIVE_INFINITY;
  let cancel = (): void => {};

  const redraw = (): void => {
    cancel();
    if (latest === null) return;
    drawnAt = clock.monotonic();
    const { columns, rows } = sizeOf(stream);
    if (isResized) startAfresh();
    const { told, at } = latest;
    const passed = drawnAt - at;
    const { now, workedMs } = told.run;
    const moved = { ...told, run: { ...told.run, now: now + passed, workedMs: workedMs + passed } };
    // One less than the width: many terminals wrap as soon as the last column is written. And one line is the cursor's.
    const lines = runView(moved, { columns: columns - 1, rows: rows - 2 }, colors);
    // log-update leaves lines that stay as they are where they are, also below lines that have come or gone.
    if (height !== 0 && lines.length !== height) draw.clear();
    draw(lines.join('\n'));
    height = lines.length;
    cancel = clock.after(tick, redraw);
  };
  const redrawSoon = (): void => {
    const wait = Math.max(drawnAt + leastInterval, restsAt) - clock.monotonic();
    if (wait <= 0) return redraw();
    cancel();
    cancel = clock.after(wait, redraw);
  };
  const hide = (): void => {
    if (height === 0) return;
    draw.clear();
    height = 0;
  };
  /**
   * All that is in sight goes out of it at the top, where it can be looked at: nothing of the log is lost. A terminal that grows brings lines
   * back from there, so that pieces of what was drawn long ago may be among them.
   */
  const startAfresh = (): void => {
    hide();
    stream.write(`${'\n'.repeat(sizeOf(stream).rows)}\u001b[H\u001b[J`);
    isResized = false;
  };
  const withHidden = <T>(write: () => T): T => {
    hide();
    try {
      return write();
    } finally {
      if (latest !== null) redrawSoon();
    }
  };
  // Once it is at rest: somebody may be pulling at its edge.
  const onResize = (): void => {
    isResized = true;
    restsAt = clock.monotonic() + atRest;
    redrawSoon();
  };

  return {
    everyMs: leastInterval * 2,
    update: (told) => {
      if (latest === null) stream.on('resize', onResize);
      latest = { told, at: clock.monotonic() };
      redrawSoon();
    },
    withHidden,
    above: passTo(stream, withHidden),
    stop: () => {
      cancel();
      latest = null;
      if (isResized) startAfresh();
      hide();
      stream.removeListener('resize', onResize);
    },
  };
}

function sizeOf({ columns, rows }: LiveStream): { columns: number; rows: number } {
  return { columns: columns || 80, rows: rows || 24 };
}
