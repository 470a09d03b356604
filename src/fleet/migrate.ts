import PQueue from 'p-queue';
import { failure } from '../domain/failure-codes.js';
import type { MigrationProfile } from '../domain/migration-profile.js';
import type { RunReport, RunSummary } from '../domain/report.js';
import type { RunContext } from './context.js';
import { Finder } from './finder.js';
import { stackOf } from './first-look.js';
import { endBy, stoppedBeforeStart } from './ending.js';
import { travel } from './journey.js';
import type { PhoneRecord } from './phone-record.js';
import { runReport } from './run-report.js';
import type { StopControl } from './stop.js';
import { closeSurvey, newSurvey, type Survey, survey } from './survey.js';
import { searchAfter } from './watch.js';

/** How far a run has come, for a live view. */
export interface RunProgress {
  phase: 'survey' | 'migrate';
  survey: Survey;
  /** Phones that are to be written to, in the order they are started. */
  started: readonly PhoneRecord[];
}

/** What a run leaves to its surroundings. */
export interface RunHooks {
  /** Asked once, when all plans are made and before anything is written; `false` leaves every phone untouched. */
  confirm: (phones: readonly PhoneRecord[]) => Promise<boolean>;
  onProgress: (progress: RunProgress) => void;
}

/**
 * One whole run: survey all targets, plan, ask, migrate those that may, and report. Whatever happens on the way, every target ends in
 * exactly one outcome and the report is returned.
 */
export async function runFleet(
  summary: Omit<RunSummary, 'startedAt' | 'finishedAt' | 'interrupted'>,
  surroundings: RunContext,
  stop: StopControl,
  hooks: RunHooks,
): Promise<RunReport> {
  const teller = createTeller(surroundings);
  const context: RunContext = { ...surroundings, notify: teller.tell };
  const iso = (): string => new Date(context.clock.now()).toISOString();
  const startedAt = iso();
  const event = (name: string, detail: object): void =>
    context.notify({ event: name, at: iso(), address: null, mac: null, ...detail });
  event('run-started', { run: summary.id, profile: summary.profile, dryRun: summary.dryRun });

  const found = newSurvey();
  const progress: RunProgress = { phase: 'survey', survey: found, started: [] };
  hooks.onProgress(progress);
  await Promise.race([survey(context, stop, found), aborted(stop.now)]);
  closeSurvey(found);
  found.records = byAddress(found.records);
  event('survey-finished', { targets: found.targets, phones: found.records.length });

  const waiting = found.records.filter(({ state }) => state === 'waiting');
  const { profile } = context.options;
  if (profile && waiting.length > 0 && !stop.gently.aborted) {
    progress.phase = 'migrate';
    progress.started = waiting;
    if (await hooks.confirm(waiting)) await migrate(waiting, found, profile, context, stop);
    else if (!stop.gently.aborted) {
      for (const record of waiting)
        record.advance('stop', failure('stopped-before-start', 'The run was not confirmed.'));
    }
  }
  for (const record of found.records)
    endBy(record, record.touched ? failure('stopped-watching') : stoppedBeforeStart(stop));

  const report = runReport(
    { ...summary, startedAt, finishedAt: iso(), interrupted: stop.reason },
    found,
    context.models,
  );
  event('run-finished', { targets: report.totals.targets, byOutcome: report.totals.byOutcome });
  teller.end();
  return report;
}

/**
 * Tells the surroundings what happens, until the run is over: a conversation that was left at once may still end afterwards. Whoever is
 * told and fails on it costs no phone anything.
 */
function createTeller({ notify, log }: RunContext): { tell: RunContext['notify']; end: () => void } {
  let over = false;
  return {
    tell: (event) => {
      if (over) return;
      try {
        notify(event);
      } catch (error) {
        log.error('an event was lost', { event: event.event, error: stackOf(error) });
      }
    },
    end: () => {
      over = true;
    },
  };
}

async function migrate(
  waiting: PhoneRecord[],
  found: Survey,
  profile: MigrationProfile,
  context: RunContext,
  stop: StopControl,
): Promise<void> {
  const pool = new PQueue({ concurrency: context.options.concurrency });
  const byPlace = new Map(found.records.map((record) => [record.address, record]));
  const { timing } = profile;
  const known = (address: string): boolean => {
    const record = byPlace.get(address);
    if (record?.address !== address) return false;
    // A phone under way that was seen just now is being asked by its own watch.
    const lately = context.clock.now() - record.lastSeenAt < timing.pollInterval * 2;
    return !record.touched || record.outcome === 'done' || lately;
  };
  const finder = new Finder(context, searchAfter(timing), known, stop.gently);
  const journeys = Promise.all(waiting.map((record) => travel(record, { context, profile, pool, stop, finder })));
  await Promise.race([journeys, aborted(stop.now)]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** By address as numbers, so that a report reads like the subnet. */
function byAddress(records: readonly PhoneRecord[]): PhoneRecord[] {
  return records
    .map((record) => ({ record, key: record.address.replace(/\d+/g, (digits) => digits.padStart(3, '0')) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ record }) => record);
}
