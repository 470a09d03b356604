import type { Log } from '../../domain/ports/log.js';
import type { RunEvent } from '../../domain/report/report.js';

/** Events that a log of level info should have; the rest is for debugging. */
const worthALine: ReadonlySet<string> = new Set([
  'run-started',
  'survey-finished',
  'run-finished',
  'intent',
  'outcome',
]);

/** Writes an event of the run into the log, under its phone. */
export function logEvent(log: Log, { event, at: _at, address, mac, ...detail }: RunEvent): void {
  const to = address === null ? log : log.child({ address, mac });
  const fields = Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
  if (worthALine.has(event)) to.info(event, fields);
  else to.debug(event, fields);
}
