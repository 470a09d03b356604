import type { AnyEvent } from '../../domain/report/events.js';
import type { RunReport } from '../../domain/report/report.js';
import { safeJson } from '../../domain/text/printable.js';
import { orderedTotals } from '../../domain/report/totals.js';
import { orderedRun } from './json.js';

/**
 * One event as one line of JSON with a line feed: `event`, `at`, `address`, `mac`, then the details in the order given. An error among
 * the details is written as its code and message.
 */
export function formatEvent(event: AnyEvent): string {
  const { event: name, at, address, mac, ...details } = event;
  const shown = Object.entries(details).map(([key, value]) => [key, plainDetail(value)]);
  return `${safeJson({ event: name, at, address, mac, ...(Object.fromEntries(shown) as object) })}\n`;
}

/** The line that closes an event stream: the run and its totals. The phones were reported as things happened. */
export function* renderNdjson(report: RunReport): Generator<string> {
  const { finishedAt: at } = report.run;
  yield formatEvent({
    event: 'report',
    at,
    address: null,
    mac: null,
    run: orderedRun(report.run),
    totals: orderedTotals(report.totals),
  });
}

/** What JSON would lose (errors) or refuse (big integers). */
function plainDetail(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Object.prototype.toString.call(value) !== '[object Error]') return value;
  const { code = null, message } = value as Error & { code?: unknown };
  return { code, message };
}
