import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import { transientRetryDelay, surveyRetries } from '../../domain/pacing/backoff.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Target, TargetOutcome } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { listenerOf } from '../memory/memory.js';
import { readAndPlan, type SeenMacs } from './read-and-plan.js';
import { type ReadProblem, problemOf, nobodyThere, eventFor } from './look-problem.js';
import { PhoneRecord } from '../record/phone-record.js';
import { LocalRefusals, stopForShortage } from './local-shortage.js';
import { withSite } from '../target-site.js';
import type { PreviousRun } from '../memory/resume.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { StopControl } from '../stop-control.js';
import type { ProbeResult } from '../../phones/phones.js';

/** What the survey has found so far. Addresses of a subnet that never answered are only counted. */
export interface Survey {
  records: PhoneRecord[];
  /** Targets that accepted a connection and are being read, or wait to be read. */
  open: Set<PhoneRecord>;
  targets: number;
  /** Targets that are done with, whatever the result; a stopped run does not probe the rest. */
  settled: number;
  noAnswerByCode: Map<string, number>;
}

/** After a stop the remaining targets are only counted, this many at a time, so that a second ctrl-C is noticed. */
const countedAtOnce = 1_024;

/** An empty survey, filled while the run proceeds. */
export function newSurvey(): Survey {
  return { records: [], open: new Set(), targets: 0, settled: 0, noAnswerByCode: new Map() };
}

/**
 * Probes every target, reads the phones among them and plans for each. Probing and reading have queues of their own, so that the dark part
 * of a subnet never holds up the phones in it.
 */
export async function survey(
  context: RunContext,
  stop: StopControl,
  found: Survey,
  breaker: Pick<CircuitBreaker, 'tripped' | 'hasRead'>,
  previous: Pick<PreviousRun, 'isKnown' | 'records'> | null = null,
): Promise<void> {
  const { options, targets, clock } = context;
  const asking = new PQueue({ concurrency: options.probeConcurrency });
  const reading = new PQueue({ concurrency: options.concurrency });
  const secondLooks = new Set<Promise<void>>();
  const unknownSites = new Set<string>();
  const refusals = new LocalRefusals();
  // A phone under way that has moved must not be taken for a new one.
  const macs: SeenMacs = new Map(
    (previous?.records ?? []).flatMap((record) =>
      record.mac === null || !record.touched ? [] : [[record.mac, record]],
    ),
  );

  for await (const outcome of targets) {
    // On resume: targets on record have been counted already.
    if (previous?.isKnown(outcome.target)) continue;
    found.targets += 1;
    if (isOver()) {
      if (found.targets % countedAtOnce === 0) await setImmediate();
      if (stop.now.aborted) return;
      continue;
    }
    await context.listening?.();
    void asking.add(() => ask(outcome));
    await asking.onSizeLessThan(1);
  }
  await asking.onIdle();
  do {
    await Promise.all(secondLooks);
    await reading.onIdle();
  } while (secondLooks.size > 0);
  if (refusals.areAll(found.settled)) refusals.stop(stop);

  /** The run was stopped, or has stopped itself over what it read. */
  function isOver(): boolean {
    return stop.gently.aborted || breaker.tripped !== null;
  }

  async function ask(outcome: TargetOutcome): Promise<void> {
    if (isOver()) return;
    const target = withSite(outcome.target, context);
    warnOfUnknownSite(target);
    if (outcome.error !== undefined) {
      const record = new PhoneRecord(target, clock, listenerOf(context));
      const why = `${target.address} ${outcome.error === 'unresolved-host' ? 'has no IPv4 address' : 'could not be looked up'}`;
      record.advance(eventFor(outcome.error), failure(outcome.error, `${why} (${outcome.reason}).`));
      return keep(record);
    }
    let answer: ProbeResult;
    try {
      answer = await context.phones.probe(target.address);
    } catch (error) {
      return settle(new PhoneRecord(target, clock, listenerOf(context)), problemOf(error, target.address, context));
    }
    const record = new PhoneRecord(target, clock, listenerOf(context));
    found.open.add(record);
    // A phone that has to wait must not be left holding an open connection.
    if (reading.size >= options.concurrency) answer.socket.destroy();
    await reading.onSizeLessThan(options.concurrency * 2);
    void reading.add(() => read(record, answer, 0));
  }

  /** A misspelled site would silently lose its limits. */
  function warnOfUnknownSite({ hint: { site }, source }: Target): void {
    if (site === undefined || options.sites.length === 0 || unknownSites.has(site)) return;
    if (options.sites.some(({ name }) => name === site)) return;
    unknownSites.add(site);
    context.log.warn('an inventory names a site that the configuration file does not have', { site, source });
  }

  async function read(record: PhoneRecord, answer: ProbeResult | undefined, retries: number): Promise<void> {
    if (isOver()) {
      answer?.socket.destroy();
      if (record.ended) return;
      record.advance('stop', breaker.tripped ?? failure('stopped-before-start'));
      return keep(record, false);
    }
    const problem = await readAndPlan(record, answer, context, macs);
    // A run that ended at once has ended its records itself.
    if (stop.now.aborted) return;
    if (problem === null) {
      // If its files could not be fetched because sockets ran out, nothing else can be read either.
      if (record.failure?.code === 'local-resources') stopForShortage(stop, record.failure.message);
      return keep(record);
    }
    const delay = retries < surveyRetries(problem.code) ? transientRetryDelay(retries + 1, context.random) : null;
    if (delay !== null) return lookAgainLater(record, delay, retries + 1);
    settle(record, problem);
  }

  /** Waiting holds no place in the queue: the second look queues up again. */
  function lookAgainLater(record: PhoneRecord, delay: number, retries: number): void {
    const look = stop
      .sleep(clock, delay, 'gently')
      .then(() => reading.add(() => read(record, undefined, retries)))
      .finally(() => secondLooks.delete(look));
    secondLooks.add(look);
  }

  /** A dark address that nobody named is only counted; any other target that could not be read gets a record. */
  function settle(record: PhoneRecord, { code, message }: ReadProblem): void {
    // A run that ended at once reports nothing further.
    if (stop.now.aborted) return;
    if (code === 'local-resources') stopForShortage(stop, message);
    if (code === 'local-refused' && refusals.add(message) && refusals.areAll(found.settled + 1)) refusals.stop(stop);
    if (!nobodyThere.has(code) || record.target.named) {
      record.advance(eventFor(code), failure(code, message));
      // Thresholds are judged over what was read: dark addresses of a list must not dilute the share of wrong passwords.
      return keep(record, !nobodyThere.has(code));
    }
    found.open.delete(record);
    found.noAnswerByCode.set(code, (found.noAnswerByCode.get(code) ?? 0) + 1);
    found.settled += 1;
  }

  function keep(record: PhoneRecord, wasRead = true): void {
    if (wasRead) breaker.hasRead(record);
    found.open.delete(record);
    found.records.push(record);
    found.settled += 1;
  }
}

/** Whether something is known to be at the record's address. A record may also be of a named target that never answered. */
export function hasAnswered({ outcome }: Pick<PhoneRecord, 'outcome'>): boolean {
  return outcome !== 'no-answer';
}

/** Lists what is still being read when a run ends at once: a target that answered is listed even if it was not planned for. */
export function closeSurvey(found: Survey): void {
  found.records.push(...found.open);
  found.settled += found.open.size;
  found.open.clear();
}
