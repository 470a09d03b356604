import type { RunEvent } from '../../domain/report/report.js';
import { formatEvent } from '../../report/formats/ndjson.js';
import { drained, takesMore } from '../terminal/write-out.js';

/** Where events go as they happen. */
export interface EventOut {
  write(event: RunEvent): void;
  /** Resolves when the reader has caught up, has gone away, or nobody should wait for it any more. */
  listening(): Promise<void>;
}

/**
 * Streams events as NDJSON. What happens to phones cannot wait for a slow reader, so its events are kept for it; but no further targets
 * are asked until it has caught up.
 * @param unwanted aborted when a reader is not to be waited for any more
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
