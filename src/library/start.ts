import { systemClock } from '../conduct/system-clock.js';
import type { RunReport } from '../domain/report/report.js';
import { StopControl } from '../fleet/stop-control.js';
import { EventFeed } from './event-feed.js';
import type { AuditOptions, MigrateOptions, Run } from './run.js';
import { stopRun } from './stop-run.js';

/**
 * Reads every phone and judges whether it may move; never writes to one. Starts at once, in the background: nothing is printed, no signal is
 * caught, and the process goes on whatever happens.
 * @example
 * const run = audit({ subnet: '10.0.0.0/24' });
 * for await (const event of run) if (event.event === 'phone') console.log(event.address, event.model);
 * const { totals } = await run.report;
 */
export function audit(options: AuditOptions): Run {
  return start(options, 'audit');
}

/**
 * Reads every phone, plans, and with a profile migrates those that may. It writes only with `confirmed: true`, or where `confirm` answers
 * with `true`; without either it is refused, unless it is a `dryRun`. Otherwise as `audit`.
 */
export function migrate(options: MigrateOptions): Run {
  return start(options, 'migrate');
}

function start(options: AuditOptions | MigrateOptions, command: 'audit' | 'migrate'): Run {
  const feed = new EventFeed(systemClock);
  const stop = new StopControl();
  const report = conducted();
  void report.then(
    () => feed.end(report),
    // Whoever only reads the events is told by their loop.
    () => feed.end(report),
  );
  return {
    report,
    stop: (how = 'gently') => stopRun(stop, how),
    [Symbol.asyncIterator]: () => feed[Symbol.asyncIterator](),
  };

  /** What conducts a run is loaded when there is one to conduct, and a loop over its events may begin meanwhile. */
  async function conducted(): Promise<RunReport> {
    const { conductFor } = await import('./conduct.js');
    return conductFor({ ...options }, command, { feed, stop });
  }
}
