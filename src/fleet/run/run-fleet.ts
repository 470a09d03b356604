import PQueue from 'p-queue';
import { inAddressOrder } from '../../domain/network/ipv4.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { RunReport, RunSummary } from '../../domain/report/report.js';
import { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { RunContext, UpgradeTools } from './context.js';
import { drawWaves, freezeWaves } from '../pacing/waves.js';
import { MovedPhoneSearch } from '../upgrade/moved-phone-search.js';
import { stackOf } from '../../domain/text/error-reason.js';
import { endBy, stoppedBeforeStart, type PhoneRecord } from '../record/phone-record.js';
import { Slots } from '../pacing/slots.js';
import { claimAll } from '../upgrade/may-write.js';
import type { PreviousRun } from '../memory/resume.js';
import { runReport } from './report.js';
import { aborted, type StopControl } from './stop-control.js';
import { closeSurvey, hasAnswered, newSurvey, type Survey, survey } from '../survey/survey.js';
import { searchAfter } from '../upgrade/watch-step.js';
import { runWaves } from './run-waves.js';

/** How far a run has come, for a live view. */
export interface RunProgress {
  phase: 'survey' | 'migrate';
  survey: Survey;
  /** Phones that are to be written to, in the order they are started. */
  started: readonly PhoneRecord[];
}

/** What of a run's summary is known when it begins; a run that is gone on with began earlier. */
export type RunStart = Omit<RunSummary, 'startedAt' | 'finishedAt' | 'interrupted' | 'abortedBy'> & {
  startedAt?: string;
};

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
  summary: RunStart,
  surroundings: RunContext,
  stop: StopControl,
  hooks: RunHooks,
  previous: PreviousRun | null = null,
): Promise<RunReport> {
  const teller = eventSink(surroundings);
  const context: RunContext = { ...surroundings, notify: teller.tell };
  const iso = (): string => new Date(context.clock.now()).toISOString();
  const began = { at: context.clock.now(), since: context.clock.monotonic() };
  const startedAt = summary.startedAt ?? iso();
  // Not the clock's time, which may have been set back since the run began: it ends after its start, by as much as it took.
  const finishedAt = (): string => {
    const at = began.at + context.clock.monotonic() - began.since;
    return new Date(Math.max(at, Date.parse(startedAt))).toISOString();
  };
  const event = (name: string, detail: object): void =>
    context.notify({ event: name, at: iso(), address: null, mac: null, ...detail });
  event('run-started', { run: summary.id, profile: summary.profile, dryRun: summary.dryRun });

  const breaker = new CircuitBreaker(context.options.pacing);
  let abortedBy: string | null = null;
  breaker.onTrip((sentence) => {
    abortedBy = sentence;
    context.log.warn('the run stops itself', { why: sentence });
    event('threshold-tripped', { text: sentence });
  });
  const found = newSurvey();
  const known = previous?.records ?? [];
  found.targets = found.settled = known.length;
  const progress: RunProgress = { phase: 'survey', survey: found, started: [] };
  hooks.onProgress(progress);
  await Promise.race([survey(context, stop, found, breaker, previous), aborted(stop.now)]);
  closeSurvey(found);
  for (const record of found.records) record.wave = previous?.waveOf(record.target) ?? null;
  found.records = inAddressOrder([...known, ...found.records], ({ address }) => address);
  event('survey-finished', { targets: found.targets, phones: found.records.filter(hasAnswered).length });

  const waiting = found.records.filter((record) => record.state === 'waiting' || (record.touched && !record.ended));
  const { profile } = context.options;
  if (profile && waiting.length > 0 && !stop.gently.aborted && !isIdle(waiting, breaker)) {
    progress.phase = 'migrate';
    progress.started = waiting;
    // Phones under way were said yes to when the run began.
    const fresh = waiting.filter((record) => !record.touched);
    const goes = fresh.length === 0 || (await hooks.confirm(fresh));
    if (goes) await migrate(await claimAll(waiting, context, stop), found, profile, context, stop, breaker, previous);
    else if (!stop.gently.aborted) {
      for (const record of waiting)
        endBy(record, failure(record.touched ? 'stopped-watching' : 'not-confirmed', 'The run was not confirmed.'));
    }
  }
  for (const record of found.records)
    endBy(record, record.touched ? failure('stopped-watching') : (breaker.tripped ?? stoppedBeforeStart(stop)));

  const report = runReport(
    { ...summary, startedAt, finishedAt: finishedAt(), interrupted: stop.reason, abortedBy },
    found,
    context.models,
  );
  event('run-finished', { targets: report.totals.targets, byOutcome: report.totals.byOutcome });
  teller.end();
  return report;
}

/** Whether the run has stopped itself while it only read, and no phone of an earlier run is to be watched on. */
function isIdle(waiting: readonly PhoneRecord[], breaker: CircuitBreaker): boolean {
  return breaker.tripped !== null && waiting.every(({ touched }) => !touched);
}

/**
 * Tells the surroundings what happens, until the run is over: a conversation that was left at once may still end afterwards. Whoever is
 * told and fails on it costs no phone anything.
 */
function eventSink({ notify, log }: RunContext): { tell: RunContext['notify']; end: () => void } {
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

/** Writes to the phones that wait, wave by wave, and watches them to their ends. */
async function migrate(
  waiting: PhoneRecord[],
  found: Survey,
  profile: MigrationProfile,
  context: RunContext,
  stop: StopControl,
  breaker: CircuitBreaker,
  previous: PreviousRun | null,
): Promise<void> {
  const { pacing, concurrency } = context.options;
  const pool = new PQueue({ concurrency });
  const finder = new MovedPhoneSearch(
    context,
    searchAfter(profile.timing),
    knownIn(found, profile, context),
    stop.gently,
  );
  breaker.start(waiting);
  const slots = new Slots(pacing, breaker);
  const rememberWaves = (): Promise<void> => freezeWaves(waiting, context);
  const tools: UpgradeTools = { context, profile, pool, stop, movedPhones: finder, slots, breaker, rememberWaves };
  const waves = await drawWaves(waiting, pacing, context);
  await runWaves({ waves, all: found.records, goesOnAnyway: previous?.stoppedItself ?? false }, tools);
}

/** Where the finder need not ask: somebody else is known to be there. */
function knownIn(found: Survey, { timing }: MigrationProfile, { clock }: RunContext): (address: string) => boolean {
  const byPlace = new Map(found.records.map((record) => [record.address, record]));
  return (address) => {
    const record = byPlace.get(address);
    // Where nobody was, a phone that moved may have come to.
    if (record?.address !== address || record.outcome === 'no-answer') return false;
    // A phone under way that was seen just now is being asked by its own watch.
    const lately = clock.monotonic() - record.lastSeenAt < timing.pollInterval * 2;
    return !record.touched || record.outcome === 'done' || lately;
  };
}
