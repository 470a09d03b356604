import type { Clock } from '../../domain/ports/clock.js';
import { formatBytes } from '../../domain/text/bytes.js';
import type { Transfers } from './transfers.js';

/** How often (ms) a line tells what is under way. */
const everyMs = 10_000;
const mostShown = 3;

/** Tells now and then what is under way, in one line; nothing while nothing is. Returns a function that ends it. */
export function tellProgress(transfers: Transfers, clock: Clock, say: (line: string) => void): () => void {
  let before = transfers.bytesSent;
  let cancel = (): void => {};
  const tell = (): void => {
    const lines = transfers.underWay();
    const rate = ((transfers.bytesSent - before) * 1_000) / everyMs;
    before = transfers.bytesSent;
    if (lines.length > 0) {
      const more = lines.length > mostShown ? ` and ${lines.length - mostShown} more` : '';
      say(`${lines.length} under way, ${formatBytes(rate)}/s: ${lines.slice(0, mostShown).join(', ')}${more}`);
    }
    cancel = clock.after(everyMs, tell);
  };
  cancel = clock.after(everyMs, tell);
  return () => cancel();
}
