import PQueue from 'p-queue';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { bytesByPhone, type FetchPace, firmwareDemand, type Pull } from '../../domain/firmware/demand.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { EventDetails, EventNamed, RunEvent } from '../../domain/report/events.js';
import type { RunReport, RunStart, RunSummary } from '../../domain/report/report.js';
import { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { RunContext } from '../context.js';
import { drawWaves, freezeWaves } from '../pacing/waves.js';
import { MovedPhoneSearch } from '../upgrade/moved-phone-search.js';
import type { Clock } from '../../domain/ports/clock.js';
import { endBy, stoppedBeforeStart, type PhoneRecord } from '../record/phone-record.js';
import { Slots } from '../pacing/slots.js';
import { claimAll } from '../upgrade/may-write.js';
import { nothingCounted, type PreviousRun } from '../memory/resume.js';
import { whatTheyFetch } from '../plan/what-they-fetch.js';
import { type Question, questionOf } from './question.js';
import { enterPhase, newProgress, type RunProgress } from './progress.js';
import { runReport } from './report.js';
import { aborted, type StopControl } from '../stop-control.js';
import { closeSurvey, hasAnswered, type Survey } from '../survey/found.js';
import { survey } from '../survey/survey.js';
import { untilOver } from './until-over.js';
import { searchAfter } from '../upgrade/watch-step.js';
import { runWaves } from './run-waves.js';

/** What a run leaves to its caller to do. */
export interface RunHooks {
  /** Called once, when all plans are made and before anything is written; `false` leaves every phone untouched. */
  confirm: (question: Question) => Promise<boolean>;
  onProgress: (progress: RunProgress) => void;
}

/** The events that are of no phone. */
type OfRun = 'run-started' | 'threshold-tripped' | 'paused' | 'continued' | 'survey-finished' | 'run-finished';

/** How long a run that ends at once still counts its targets, and waits for Unified CM, so that what it says of web access is so (ms). */
const lastAnswersMs = 2_000;

/**
 * One whole run: surveys all targets, plans, asks for confirmation, upgrades wave by wave, and reports. Whatever happens on the way, every
 * target ends in exactly one outcome and the report is returned.
 * @param summary `startedAt` is given on resume
 * @param readPrevious what an interrupted run has left, on resume; its phones tell of themselves once the run has begun
 */
export async function runFleet(
  summary: RunStart & Partial<Pick<RunSummary, 'startedAt'>>,
  surroundings: RunContext,
  stop: StopControl,
  hooks: RunHooks,
  readPrevious: (context: RunContext) => Promise<PreviousRun | null> = () => Promise.resolve(null),
): Promise<RunReport> {
  const { end, ...told } = untilOver(surroundings);
  const context: RunContext = { ...surroundings, ...told };
  const iso = (): string => new Date(context.clock.now()).toISOString();
  const began = { at: context.clock.now(), since: context.clock.monotonic() };
  const startedAt = summary.startedAt ?? iso();
  // From the start and the time passed: the clock may have been set back since, and a run must not end before it starts.
  const finishedAt = (): string => {
    const at = began.at + context.clock.monotonic() - began.since;
    return new Date(Math.max(at, Date.parse(startedAt))).toISOString();
  };
  const event = <Name extends OfRun>(name: Name, detail: EventDetails[Name]): void => {
    const one = { event: name, at: iso(), address: null, mac: null, ...detail };
    context.notify(one as unknown as EventNamed<Name> & RunEvent);
  };
  event('run-started', { run: summary.id, profile: summary.profile, dryRun: summary.dryRun });
  const previous = await readPrevious(context);

  const breaker = new CircuitBreaker(context.options.pacing);
  let abortedBy: string | null = null;
  let declined = false;
  breaker.onTrip((sentence) => {
    abortedBy = sentence;
    context.log.warn('the run stops itself', { why: sentence });
    event('threshold-tripped', { text: sentence });
  });
  context.pause?.onChange(({ event: name, by }) => event(name, { by }));
  const progress = newProgress(
    { id: summary.id, profile: summary.profile, dryRun: summary.dryRun, startedAt },
    context,
    () => stop.gently.aborted || breaker.tripped !== null,
    previous?.workedMs ?? 0,
  );
  const found = progress.survey;
  const known = previous?.records ?? [];
  const { noAnswerByCode, beyondLimit, targets } = previous?.counted ?? nothingCounted;
  found.noAnswerByCode = new Map(Object.entries(noAnswerByCode));
  found.beyondLimit = beyondLimit;
  found.settled = known.length + beyondLimit + Object.values(noAnswerByCode).reduce((sum, count) => sum + count, 0);
  found.targets = Math.max(found.settled, targets);
  hooks.onProgress(progress);
  const { webAccess } = context;
  const { workers } = context;
  const surveyed = (workers?.survey.bind(workers) ?? survey)(context, stop, found, breaker, previous);
  if (!(await orSoonAfter(surveyed, stop, context.clock))) {
    found.targets = Math.max(found.targets, context.targets.atMost);
    context.log.warn('the run ended before all targets were counted; there are at most so many', {
      targets: found.targets,
    });
  }
  // A stop does not keep it from being put back; one that ends the run at once does, but for what is under way, and the store remembers.
  if (webAccess && !stop.now.aborted)
    await orSoonAfter(webAccess.putBack(context.options.profile !== null, stop), stop, context.clock);
  closeSurvey(found);
  for (const record of found.records) record.wave = previous?.waveOf(record.target) ?? null;
  found.records = inAddressOrder([...known, ...found.records], ({ address }) => address);
  const catchUp = async (): Promise<void> =>
    workers?.catchUp(found.records.filter((record) => record.touched && !record.ended));
  await catchUp();
  event('survey-finished', { targets: found.targets, phones: found.records.filter(hasAnswered).length });

  const waiting = found.records.filter((record) => record.state === 'waiting' || (record.touched && !record.ended));
  const { profile } = context.options;
  // On resume: phones under way have been told already.
  const planned = found.records.filter(({ state }) => state === 'waiting' || state === 'planned');
  // What is there for phones elsewhere is not known here.
  const pulls =
    stop.gently.aborted || workers ? [] : await Promise.race([whatTheyFetch(planned, context), nothingBy(stop)]);
  const firmware = firmwareDemand(pulls, fetchPace(context.options));
  if (profile && waiting.length > 0 && !stop.gently.aborted && !isIdle(waiting, breaker)) {
    enterPhase(progress, 'question', context.clock);
    progress.started = waiting;
    progress.toFetch = bytesByPhone(pulls);
    const question = questionOf(waiting, found.records, context.options.pacing.waves, firmware);
    // On resume: phones under way were confirmed when the run began.
    const confirmed = question.phones.length === 0 || (await hooks.confirm(question));
    if (confirmed) {
      enterPhase(progress, 'migrate', context.clock);
      await migrate(await claimAll(waiting, context, stop), found, profile, context, stop, breaker, previous);
    } else if (!stop.gently.aborted) {
      declined = true;
      await catchUp();
      for (const record of waiting)
        endBy(record, failure(record.touched ? 'stopped-watching' : 'not-confirmed', 'The run was not confirmed.'));
    }
  }
  await catchUp();
  for (const record of found.records)
    endBy(record, record.touched ? failure('stopped-watching') : (breaker.tripped ?? stoppedBeforeStart(stop)));

  const used = webAccess?.done ?? null;
  const report = runReport(
    {
      ...summary,
      ...(firmware.length > 0 ? { firmware } : {}),
      ...(used === null ? {} : { webAccess: { ...used } }),
      ...{ startedAt, finishedAt: finishedAt(), interrupted: stop.reason, abortedBy },
      ...(declined ? { declined } : {}),
      ...(previous ? { workedMs: Math.round(previous.workedMs + context.clock.monotonic() - began.since) } : {}),
    },
    found,
    context,
  );
  event('run-finished', { targets: report.totals.targets, byOutcome: report.totals.byOutcome });
  end();
  // What is still on its way changes nothing of what was reported.
  for (const record of found.records) record.seal();
  return report;
}

/**
 * Waits for work, and once the run is to end at once only for a moment longer.
 * @returns whether it was done by then
 */
async function orSoonAfter(work: Promise<void>, stop: StopControl, clock: Clock): Promise<boolean> {
  let isDone = false;
  let cancel = (): void => {};
  const late = aborted(stop.now).then(
    () =>
      new Promise<void>((resolve) => {
        if (!isDone) cancel = clock.after(lastAnswersMs, resolve);
      }),
  );
  try {
    await Promise.race([work.then(() => void (isDone = true)), late]);
    return isDone;
  } finally {
    isDone = true;
    cancel();
  }
}

/** Nothing, once the run is to end at once: it waits for no file server. */
function nothingBy(stop: StopControl): Promise<Pull[]> {
  return aborted(stop.now).then(() => []);
}

function fetchPace({ pacing: { maxUpgrading }, link }: RunContext['options']): FetchPace {
  return { slots: Number.isFinite(maxUpgrading) ? maxUpgrading : null, linkBitsPerSecond: link ?? null };
}

/** Whether the run has stopped itself during the survey, and there is no phone of an interrupted run to watch. */
function isIdle(waiting: readonly PhoneRecord[], breaker: CircuitBreaker): boolean {
  return breaker.tripped !== null && waiting.every(({ touched }) => !touched);
}

/** Upgrades the waiting phones wave by wave, until each has its outcome. */
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
  const movedPhones = new MovedPhoneSearch(
    context,
    searchAfter(profile.timing),
    knownIn(found, profile, context),
    stop.gently,
  );
  breaker.start(waiting);
  const slots = new Slots(pacing, breaker);
  const rememberWaves = (): Promise<void> => freezeWaves(found.records, context);
  const filesTold = { at: Number.NEGATIVE_INFINITY };
  const tools = { context, profile, pool, stop, movedPhones, slots, breaker, filesTold, rememberWaves };
  const waves = drawWaves(waiting, pacing, context);
  await context.workers?.open(breaker, stop, context.pause ?? null);
  if (pacing.waves) await rememberWaves();
  await runWaves({ waves, all: found.records, openFirstUnproven: previous?.stoppedItself ?? false }, tools);
}

/** Whether an address need not be searched for moved phones: another phone is known to be there. */
function knownIn(found: Survey, { timing }: MigrationProfile, { clock }: RunContext): (address: string) => boolean {
  const byAddress = new Map(found.records.map((record) => [record.address, record]));
  return (address) => {
    const record = byAddress.get(address);
    // A phone that moved may have come to an address that was dark.
    if (record?.address !== address || record.outcome === 'no-answer') return false;
    // A phone under way that was seen just now is polled by its own watch.
    const seenJustNow = clock.monotonic() - record.lastSeenAt < timing.pollInterval * 2;
    return !record.touched || record.outcome === 'done' || seenJustNow;
  };
}
