import type { AnyEvent } from '../../../domain/report/events.js';
import { formatEvent } from '../../../report/formats/ndjson.js';
import { drained, takesMore } from '../../terminal/write-out.js';

/** A stream of events as they happen. */
export interface EventOut {
  write(event: AnyEvent): void;
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
