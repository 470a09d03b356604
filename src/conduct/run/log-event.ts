import type { Log } from '../../domain/ports/log.js';
import { type AnyEvent, type RunEventName, withoutKnown } from '../../domain/report/events.js';

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
export function logEvent(log: Log, told: AnyEvent): void {
  const level = worthALine.has(told.event) ? 'info' : 'debug';
  // A fleet has thousands of events that go nowhere.
  if (!log.wants(level)) return;
  const { event, at: _at, address, mac, ...detail } = withoutKnown(told);
  const to = address === null ? log : log.child({ address, mac });
  to[level](event, detail);
}
