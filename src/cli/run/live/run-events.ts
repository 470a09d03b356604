import type { Log } from '../../../domain/ports/log.js';
import type { RunEventName } from '../../../domain/report/events.js';
import type { RunEvent } from '../../../domain/report/report.js';
import { formatEvent } from '../../../report/formats/ndjson.js';
import { drained, takesMore } from '../../terminal/write-out.js';

/** A stream of events as they happen. */
export interface EventOut {
  write(event: RunEvent): void;
  /** Resolves when the reader has caught up, has gone away, or is no longer waited for. */
  listening(): Promise<void>;
}

/**
 * Streams events as NDJSON. Phones cannot wait for a slow reader, so its events are buffered; but no further targets
 * are contacted until it has caught up.
 * @param unwanted aborted when the reader is no longer waited for
 */
export function eventOut(stream: NodeJS.WriteStream, unwanted: AbortSignal): EventOut {
  const hurried = new Promise<void>((resolve) => {
    unwanted.addEventListener('abort', () => resolve(), { once: true });
  });
  return {
    write: (event) => {
      if (takesMore(stream)) stream.write(formatEvent(event));
    },
    listening: () =>
      unwanted.aborted || !stream.writableNeedDrain ? Promise.resolve() : Promise.race([drained(stream), hurried]),
  };
}

/** Events that a log of level info should have; the rest is for debugging. */
const worthALine: ReadonlySet<string> = new Set<RunEventName>([
  'run-started',
  'survey-finished',
  'paused',
  'continued',
  'run-finished',
  'intent',
  'outcome',
]);

/** Writes an event of the run into the log, under its phone. */
export function logEvent(log: Log, { event, at: _at, address, mac, ...detail }: RunEvent): void {
  const level = worthALine.has(event) ? 'info' : 'debug';
  // A fleet has thousands of events that go nowhere.
  if (!log.wants(level)) return;
  const to = address === null ? log : log.child({ address, mac });
  const fields = Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
  to[level](event, fields);
}
