import { needsAttention } from '../../domain/progress/outcome.js';
import type { RunReport, RunSummary } from '../../domain/report/report.js';
import { orderedTotals } from '../../domain/report/totals.js';
import { orderedRun } from '../formats/json.js';

/** What `--notify` posts, schema `fleet-migrate/notify@1`. Within `@1` fields are only added. */
export interface NotifyBody {
  schema: 'fleet-migrate/notify@1';
  run: RunSummary;
  totals: RunReport['totals'];
  /**
   * How many phones ended with each failure code, the most frequent first. Devices that are not phones are left out unless the target was
   * named.
   */
  failures: Record<string, number>;
  /** The summary for people; chat services show the field of this name. */
  text: string;
}

/** The message about a run that has ended. `text` is its summary as plain text. */
export function notifyBody(report: RunReport, text: string): NotifyBody {
  const counts = new Map<string, number>();
  for (const phone of report.phones) {
    const { failure, outcome } = phone;
    if (failure === null || (outcome === 'not-a-phone' && !needsAttention(phone))) continue;
    counts.set(failure.code, (counts.get(failure.code) ?? 0) + 1);
  }
  const failures = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return {
    schema: 'fleet-migrate/notify@1',
    run: orderedRun(report.run),
    totals: orderedTotals(report.totals),
    failures: Object.fromEntries(failures),
    text,
  };
}
