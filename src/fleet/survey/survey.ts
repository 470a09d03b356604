import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import { mostTransientRetries, transientRetryDelay, surveyRetries } from '../../domain/pacing/backoff.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { PhoneByMac, Target, TargetOutcome } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { listenerOf } from '../memory/memory.js';
import { planKnown, readAndPlan, type SeenMacs, whyLeft } from './read-and-plan.js';
import { factsFromUcm } from '../unified-cm/facts.js';
import { isClosed, knownByUcm, notHere, seenElsewhere } from '../unified-cm/unseen.js';
import type { KnownInUcm } from '../unified-cm/ucm-at-work.js';
import { type ReadProblem, problemOf, eventFor } from './look-problem.js';
import { PhoneRecord } from '../record/phone-record.js';
import { endNotFound, targetOf } from './by-mac.js';
import { type Survey, hasAnswered } from './found.js';
import { countsForLimit, Limit, type Place } from './limit.js';
import { stopForShortage } from './local-shortage.js';
import { Tally } from './tally.js';
import { type Answered, ProbePace } from './probe-pace.js';
import { withSite } from '../target-site.js';
import type { PreviousRun } from '../memory/resume.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { StopControl } from '../stop-control.js';
import type { ProbeResult } from '../../phones/phones.js';

/** So many silent addresses may all be slow ones. */
const few = 8;

/** After a stop the remaining targets are only counted, this many at a time, so that a second ctrl-C is noticed, and that the time for it is over. */
const countedAtOnce = 1_024;

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
  const readSoon = 2 * options.concurrency;
  const pace = new ProbePace(clock, () => readSoon - reading.pending - reading.size);
  reading.on('next', () => pace.wake());
  const later = new Set<Promise<void>>();
  const isAudit = options.profile === null;
  const taken = (previous?.records ?? []).filter((record) => countsForLimit(record, isAudit)).length;
  const limit = targets.most === null ? null : new Limit(targets.most, taken);
  const unknownSites = new Set<string>();
  const tally = new Tally(found, context, stop, breaker);
  // A phone under way that has moved must not be taken for a new one.
  const macs: SeenMacs = new Map(
    (previous?.records ?? []).flatMap((record) =>
      record.mac === null || !record.touched ? [] : [[record.mac, record]],
    ),
  );

  // Named addresses that gave no answer in time: asked once more when the others have been read, as an answer may come late.
  const silent: { outcome: TargetOutcome; settle: () => void }[] = [];
  // Phones that only Unified CM tells of: judged when all that show themselves were read.
  const withoutPage: (() => Promise<void>)[] = [];
  // Phones whose web server was switched on to read them: it may take a moment to answer.
  const opened = new Set<PhoneRecord>();
  const known = new Set((previous?.records ?? []).map(({ mac }) => mac));
  for (const phone of targets.byMac.values()) warnOfUnknownSite(phone);

  for await (const outcome of targets) {
    // The run has ended at once before all were counted.
    if (found.closed) return;
    // On resume: targets on record have been counted already.
    if (previous?.isKnown(outcome.target)) continue;
    found.targets += 1;
    if (tally.isOver) {
      if (found.targets % countedAtOnce === 0) await setImmediate();
      continue;
    }
    if (limit) await stop.orNow(limit.room());
    if (limit?.isReached) {
      tally.leaveBeyondLimit();
      if (found.targets % countedAtOnce === 0) await setImmediate();
      continue;
    }
    if (context.listening) await stop.orNow(context.listening());
    const place = limit?.enter() ?? 0;
    void asking.add(() => ask(outcome, place));
    await stop.orNow(asking.onSizeLessThan(1));
  }
  await stop.orNow(readAll());
  tally.stopIfRefused();
  for (const phone of targets.byMac.values()) if (!wasSeen(phone)) missing(phone);

  async function readAll(): Promise<void> {
    await asking.onIdle();
    await allAreRead();
    // Where nobody of many has answered, the way there is closed.
    const mayBeLate = !tally.isOver && (silent.length <= few || found.records.some(hasAnswered));
    for (const { outcome, settle } of silent) {
      if (mayBeLate) void asking.add(() => ask(outcome, 0, true));
      else settle();
    }
    await asking.onIdle();
    for (;;) {
      await allAreRead();
      if (withoutPage.length === 0) break;
      for (const look of withoutPage.splice(0)) afterwards(look());
    }
  }

  async function allAreRead(): Promise<void> {
    do {
      await Promise.all(later);
      await reading.onIdle();
    } while (later.size > 0);
  }

  async function ask(outcome: TargetOutcome, place: Place, again = false): Promise<void> {
    if (tally.isOver) return limit?.leave(place);
    if (limit?.isReached) {
      limit.leave(place);
      return tally.leaveBeyondLimit();
    }
    const target = withSite(outcome.target, context);
    warnOfUnknownSite(target);
    if (outcome.error !== undefined) {
      const record = new PhoneRecord(target, clock, listenerOf(context));
      const why = `${target.address} ${outcome.error === 'unresolved-host' ? 'has no IPv4 address' : 'could not be looked up'}`;
      record.advance(eventFor(outcome.error), failure(outcome.error, `${why} (${outcome.reason}).`));
      limit?.leave(place);
      return tally.keep(record);
    }
    const answered = await pace.turn();
    try {
      if (tally.isOver) return limit?.leave(place);
      await probe(outcome, target, place, again, answered);
    } finally {
      answered(false);
    }
  }

  async function probe(
    outcome: TargetOutcome,
    target: Target,
    place: Place,
    again: boolean,
    answered: Answered,
  ): Promise<void> {
    let answer: ProbeResult;
    try {
      answer = await context.phones.probe(target.address, again);
    } catch (error) {
      const record = new PhoneRecord(target, clock, listenerOf(context));
      const problem = problemOf(error, target.address, context);
      const known = knownByUcm(target, context.ucm ?? null);
      // Its web server seems to be off: Unified CM tells what there is to know.
      if (known && isClosed(problem)) {
        found.open.add(record);
        const look = (): Promise<void> => judgeByUcm(record, problem, known);
        return limit ? afterwards(tally.inTurn(record, place, limit, look)) : void withoutPage.push(look);
      }
      const end = (): void => tally.end(record, known ? notHere(problem, known, context) : problem);
      if (problem.code === 'connect-timeout' && target.named && !limit && !again)
        return void silent.push({ outcome, settle: end });
      end();
      return limit?.leave(place);
    }
    const record = new PhoneRecord(target, clock, listenerOf(context));
    found.open.add(record);
    if (limit) {
      // It may have to wait for long.
      answer.socket.destroy();
      answered(true);
      return afterwards(tally.inTurn(record, place, limit, () => reading.add(() => read(record, undefined, 0))));
    }
    // A phone that has to wait must not be left holding an open connection.
    if (reading.size >= options.concurrency) answer.socket.destroy();
    await reading.onSizeLessThan(readSoon);
    void reading.add(() => read(record, answer, 0));
    answered(true);
  }

  async function judgeByUcm(record: PhoneRecord, problem: ReadProblem, known: KnownInUcm): Promise<void> {
    try {
      await judge(record, problem, known);
    } catch (error) {
      // Of a bug only this phone ends.
      tally.end(record, problemOf(error, record.address, context));
    }
  }

  async function judge(record: PhoneRecord, problem: ReadProblem, known: KnownInUcm): Promise<void> {
    const { phone } = known;
    if (tally.isOver) return tally.leave(record);
    const elsewhere = macs.get(phone.mac);
    if (elsewhere && !elsewhere.touched && elsewhere.address !== record.address)
      return tally.end(record, seenElsewhere(elsewhere.address, phone, context));
    // It is not off: the phone is not to be reached from here.
    if (known.registration.httpd === true) return tally.end(record, notHere(problem, known, context));
    const isWanted = whyLeft(record.target, phone.mac, context) === null;
    if (isWanted && (await context.webAccess?.open(known, stop))) {
      opened.add(record);
      return reading.add(() => read(record, undefined, 0));
    }
    if (tally.isOver) return tally.leave(record);
    const facts = factsFromUcm(phone, known.registration, context.models);
    const isOwn = await reading.add(() => planKnown(record, facts, context, macs));
    if (!stop.now.aborted) tally.keepOrCount(record, isOwn);
  }

  function wasSeen({ hint: { mac } }: PhoneByMac): boolean {
    return macs.has(mac) || known.has(mac);
  }

  /** A phone that a list gives by its MAC alone, and that no target showed. */
  function missing(phone: PhoneByMac): void {
    const target = withSite(targetOf(phone), context);
    if (!phone.isOwed || previous?.isKnown(target)) return;
    found.targets += 1;
    // Not everything was read: it is not known whether it is there.
    if (tally.isOver) return;
    if (limit?.isReached) return tally.leaveBeyondLimit();
    const record = new PhoneRecord(target, clock, listenerOf(context));
    const unread = found.records.filter(({ mac, outcome }) => mac === null && outcome === 'blocked').length;
    endNotFound(record, phone, unread, context);
    tally.keep(record, false);
  }

  /** A misspelled site would silently lose its limits. */
  function warnOfUnknownSite({ hint: { site }, source }: Pick<Target, 'hint' | 'source'>): void {
    if (site === undefined || options.sites.length === 0 || unknownSites.has(site)) return;
    if (options.sites.some(({ name }) => name === site)) return;
    unknownSites.add(site);
    context.log.warn('an inventory names a site that the configuration file does not have', { site, source });
  }

  async function read(record: PhoneRecord, answer: ProbeResult | undefined, retries: number): Promise<void> {
    if (tally.isOver) {
      answer?.socket.destroy();
      return tally.leave(record);
    }
    const problem = await readAndPlan(record, answer, context, macs);
    // A run that ended at once has ended its records itself.
    if (stop.now.aborted) return;
    if (problem === 'paused') return lookWhenContinued(record);
    if (problem === 'known') return tally.keepOrCount(record, false);
    if (problem === null) {
      // If its files could not be fetched because sockets ran out, nothing else can be read either.
      if (record.failure?.code === 'local-resources') stopForShortage(stop, record.failure.message);
      return tally.keep(record);
    }
    const known = knownByUcm(record.target, context.ucm ?? null);
    const most = opened.has(record) ? mostTransientRetries : surveyRetries(problem.code);
    // A web server that is off may take the connection, and break it then.
    if (known && isClosed(problem) && !opened.has(record)) {
      const look = (): Promise<void> => judgeByUcm(record, problem, known);
      return limit ? afterwards(look()) : void withoutPage.push(look);
    }
    const delay = retries < most ? transientRetryDelay(retries + 1, context.random) : null;
    if (delay !== null) return lookAgainLater(record, delay, retries + 1);
    tally.end(record, known ? notHere(problem, known, context) : problem);
  }

  /** Waiting holds no place in the queue: the second look queues up again. */
  function lookAgainLater(record: PhoneRecord, delay: number, retries: number): void {
    const look = stop.sleep(clock, delay, 'gently').then(() => reading.add(() => read(record, undefined, retries)));
    afterwards(look);
  }

  /** A phone that must be written to before it can be read waits for the end of the pause; the others are read meanwhile. */
  function lookWhenContinued(record: PhoneRecord): void {
    const continued = context.pause?.over(stop) ?? Promise.resolve();
    afterwards(continued.then(() => reading.add(() => read(record, undefined, 0))));
  }

  /** The survey is not over before this is. */
  function afterwards(work: Promise<void>): void {
    const one = work.finally(() => later.delete(one));
    later.add(one);
  }
}
