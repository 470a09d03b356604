import { randomUUID } from 'node:crypto';
import { failure } from '../../domain/failures/failure-codes.js';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import type { TargetOutcome } from '../../inventory/target.js';
import type { Store } from '../../store/store.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import {
  type Halt,
  type Job,
  jobForm,
  type JobState,
  type NamedJob,
  type Planning,
  type SharedWork,
} from '../../store/work.js';
import type { PhonesElsewhere, RunContext, UpgradeTools } from '../context.js';
import { listenerOf, rememberDeferral } from '../memory/memory.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { PauseControl } from '../pause-control.js';
import { endBy, PhoneRecord, stopHere, targetKey } from '../record/phone-record.js';
import { type StopControl } from '../stop-control.js';
import type { Survey } from '../survey/found.js';
import { withSite } from '../target-site.js';
import { outsideWindow } from '../upgrade/may-write.js';
import { adopt, recordsOf } from './adopt.js';
import { endDuplicates, endUnread, whyOf } from './left-out.js';
import { isThere, type JobEnd, JobWatch } from './job-watch.js';

/** So many targets are one job. */
const targetsAtOnce = 256;

/** Between two looks at what goes on beside this planner (ms). */
const lookEveryMs = 500;

/** What a planner works with. */
export interface PlannerTools {
  store: Pick<Store, 'targetsAt'>;
  work: SharedWork;
  clock: Clock;
  log: Log;
}

/**
 * Has workers do what this process cannot: they reach the phones of their sites. The planner decides, as in any run, which phone is next; each is a job
 * then, and what the workers store is read back.
 */
export class Planner implements PhonesElsewhere {
  readonly #watch: JobWatch;
  readonly #away = new Set<PhoneRecord>();
  #by: Planning = { run: '', isLocked: false };
  /** Jobs of an earlier part of the run that workers still have, by the keys of their phones. */
  readonly #known = new Map<string, NamedJob>();
  /** What workers are to be told, and who tells them. */
  #wanted: Halt | null = null;
  #telling: Promise<void> | null = null;
  #closed = false;

  constructor(private readonly tools: PlannerTools) {
    const { work, clock, log } = tools;
    this.#watch = new JobWatch(work, clock, log, () => this.#by);
  }

  has(record: PhoneRecord): boolean {
    return this.#away.has(record);
  }

  /** On resume, jobs that nobody has begun are taken back, and phones that are not written to yet are left by their workers. */
  async begin(
    { id, isResumed, isLocked, sites }: Parameters<PhonesElsewhere['begin']>[0],
    stop: StopControl,
  ): Promise<void> {
    this.#by = { run: id, isLocked };
    const { work, clock, store } = this.tools;
    stop.onGently(() => void this.#withdrawAll());
    await this.#ask(() => work.prepare(sites));
    if (!isResumed) return;
    await this.#ask(() => work.halt({ kind: 'resume', why: 'The run is just being resumed.' }, this.#by));
    for (;;) {
      const open = await this.#ask(() => work.open(id));
      const keys = open.map(({ job }) => job.key);
      const rows = await this.#ask(() => store.targetsAt(id, keys));
      const touched = new Set(rows.filter((row) => row.touched).map(({ key }) => key));
      const isTouched = ({ job }: JobState): boolean => job.kind === 'move' && touched.has(job.key);
      const untouched = open.filter((one) => !isTouched(one));
      if (untouched.length === 0) {
        for (const one of open) this.#known.set(one.job.key, one);
        return this.#ask(() => work.halt(null, this.#by));
      }
      if (stop.gently.aborted) return;
      await this.#withdraw(untouched);
      await this.#ask(() => work.expire());
      await stop.sleep(clock, lookEveryMs, 'gently');
    }
  }

  async survey(
    context: RunContext,
    stop: StopControl,
    found: Survey,
    breaker: CircuitBreaker,
    previous: Parameters<PhonesElsewhere['survey']>[4],
  ): Promise<void> {
    const parts: Promise<void>[] = [];
    const bySite = new Map<string, TargetOutcome[]>();
    const asked = new Set<string>();
    const isOver = (): boolean => stop.gently.aborted || breaker.tripped !== null;
    const send = (site: string): void => {
      const targets = bySite.get(site) ?? [];
      bySite.delete(site);
      if (targets.length > 0)
        parts.push(this.#surveyPart(`part ${parts.length + 1}`, site, targets, context, stop, found, breaker));
    };
    for await (const outcome of context.targets) {
      if (previous?.isKnown(outcome.target)) continue;
      found.targets += 1;
      if (isOver()) continue;
      const target = withSite(outcome.target, context);
      const { site } = target.hint;
      if (site === undefined || !context.options.sites.some(({ name }) => name === site)) {
        endUnread(new PhoneRecord(target, context.clock, listenerOf(context)), 'no-site', undefined, found);
        continue;
      }
      asked.add(site);
      const targets = bySite.get(site) ?? [];
      bySite.set(site, targets);
      targets.push({ ...outcome, target });
      if (targets.length >= targetsAtOnce) send(site);
    }
    for (const site of bySite.keys()) send(site);
    await this.#tellMissing([...asked], context);
    await stop.orNow(Promise.all(parts));
    endDuplicates(found.records, previous?.records ?? []);
  }

  /** Says at once what is else seen after a minute. */
  async #tellMissing(sites: readonly string[], { log }: RunContext): Promise<void> {
    const workers = await this.#ask(() => this.tools.work.workers());
    const missing = sites.filter((site) => !workers.some((worker) => isThere(worker, site)));
    if (missing.length > 0)
      log.warn('no worker is there for some sites; one is waited for, for a minute', { sites: missing.join(', ') });
  }

  async #surveyPart(
    key: string,
    site: string,
    targets: readonly TargetOutcome[],
    context: RunContext,
    stop: StopControl,
    found: Survey,
    breaker: CircuitBreaker,
  ): Promise<void> {
    const refused = (code: 'no-worker' | 'worker-failed', why: string): void => {
      if (found.closed || stop.gently.aborted || breaker.tripped) return;
      for (const { target } of targets)
        endUnread(new PhoneRecord(target, context.clock, listenerOf(context)), code, why, found);
    };
    try {
      const ended = await this.#handOut({ key, kind: 'survey', site, targets });
      if (!found.closed) await this.#takeIn(ended, targets, context, found, breaker, refused);
    } catch (error) {
      context.log.error('a part of the survey failed', { site, error: stackOf(error) });
      refused('worker-failed', sentence(messageOf(error)));
    }
  }

  /** Takes in what a worker has read; a part that none has read ends so. */
  async #takeIn(
    ended: JobEnd,
    targets: readonly TargetOutcome[],
    context: RunContext,
    found: Survey,
    breaker: CircuitBreaker,
    refused: (code: 'no-worker' | 'worker-failed', why: string) => void,
  ): Promise<void> {
    const result = 'result' in ended ? ended.result : null;
    if (result?.how === 'done') {
      const keys = targets.map(({ target }) => targetKey(target));
      const rows = await this.#ask(() => this.tools.store.targetsAt(this.#by.run, keys));
      // The run may have ended at once meanwhile.
      if (found.closed) return;
      for (const [code, count] of Object.entries(result.noAnswerByCode ?? {})) {
        found.noAnswerByCode.set(code, (found.noAnswerByCode.get(code) ?? 0) + count);
        found.settled += count;
      }
      for (const record of recordsOf(rows, context)) {
        breaker.hasRead(record);
        found.records.push(record);
        found.settled += 1;
      }
      return;
    }
    if (ended.state === 'no-worker') refused('no-worker', ended.why);
    else refused('worker-failed', whyOf(ended));
  }

  async open(breaker: CircuitBreaker, stop: StopControl, pause: PauseControl | null): Promise<void> {
    const tell = (): void => {
      if (breaker.tripped) this.#wanted = { kind: 'trip', why: breaker.tripped.message };
      else if (stop.gently.aborted) this.#wanted = { kind: 'stop', why: 'The run is stopping.' };
      else this.#wanted = pause?.isPaused === true ? { kind: 'pause', why: 'The run is paused.' } : null;
      this.#telling ??= this.#tell();
    };
    breaker.onTrip(tell);
    pause?.onChange(tell);
    stop.onGently(tell);
    tell();
    await this.#telling;
  }

  /** Tells workers what holds now, until they are told: nobody writes while the database is away. */
  async #tell(): Promise<void> {
    const { work, clock, log } = this.tools;
    for (let told: Halt | null | undefined; told !== this.#wanted && !this.#closed;) {
      const wanted = this.#wanted;
      try {
        await work.halt(wanted, this.#by);
        told = wanted;
      } catch (error) {
        if (!isStoreAway(error)) log.error('workers could not be told; it is tried again', { error: messageOf(error) });
        // Another planner has the run.
        if (isStoreError(error) && error.code === 'store-lost') break;
        await sleep(clock, lookEveryMs);
      }
    }
    // In the same turn as the last look at what is wanted: who wants something else from now on tells it anew.
    this.#telling = null;
  }

  async upgrade(record: PhoneRecord, tools: UpgradeTools): Promise<void> {
    const { stop, slots, breaker, context } = tools;
    try {
      await slots.enter(record, stop);
      while (!record.ended) {
        if (await this.#isLeftAlone(record, tools)) break;
        await this.#move(record, tools);
      }
    } catch (error) {
      context.log.error('handing out a phone failed', { address: record.address, error: stackOf(error) });
      endBy(record, failure('internal-error', sentence(messageOf(error))));
    } finally {
      // Whoever wrote to it has noted what becomes of its deferral.
      if (!record.touched && record.reported === null) rememberDeferral(record, context.memory);
      breaker.ended(record);
      slots.leave(record);
    }
  }

  /** Whether it is not handed out (any more): then it has its outcome. */
  async #isLeftAlone(record: PhoneRecord, { stop, breaker, context }: UpgradeTools): Promise<boolean> {
    await context.pause?.over(stop);
    if (stop.gently.aborted) {
      // A phone that was written to, and that nobody has just now: a resume goes on with it.
      if (record.touched) endBy(record, failure('stopped-watching'));
      else stopHere(record, stop);
    } else if (!record.touched) {
      const closed = outsideWindow(record, context);
      if (breaker.tripped) record.advance('stop', breaker.tripped);
      else if (closed) record.advance('not-now', closed);
    }
    return record.ended;
  }

  async #move(record: PhoneRecord, { stop, context, profile }: UpgradeTools): Promise<void> {
    const key = targetKey(record.target);
    const { clock, store } = this.tools;
    this.#away.add(record);
    // One that was written to may be watched by a worker already, on resume.
    const known = this.#known.get(key);
    this.#known.delete(key);
    const ending = known
      ? this.#watch.ended(known.id, known.job)
      : this.#handOut({ key, kind: 'move', site: record.target.hint.site ?? '' });
    let forget = (): void => {};
    const left = new Promise<null>((resolve) => {
      forget = stop.onGently(() => void stop.sleep(clock, profile.timing.stopGrace, 'now').then(() => resolve(null)));
    });
    const ended = await Promise.race([ending, left]);
    forget();
    // Its worker may have written to it since it was handed out: what is on record tells.
    const [row] = await this.#ask(() => store.targetsAt(this.#by.run, [key]));
    if (row) adopt(record, row);
    if (ended === null) {
      // What its worker still sees of it is stored by the worker, and a resume finds it there.
      ending.catch(() => {});
      if (!record.ended) endBy(record, failure(record.touched ? 'stopped-watching' : 'stopped-before-start'));
      return;
    }
    this.#away.delete(record);
    if (record.ended || stop.gently.aborted) return;
    if (ended.state === 'no-worker' || ended.result?.how === 'failed') {
      const why = ended.state === 'no-worker' ? ended.why : whyOf(ended);
      if (record.touched) record.advance('deadline-unseen', failure('stopped-watching', why));
      else record.advance('not-now', failure(ended.state === 'no-worker' ? 'no-worker' : 'worker-failed', why));
    } else await stop.sleep(context.clock, lookEveryMs, 'gently');
  }

  async #handOut(part: Pick<Job, 'key' | 'kind' | 'site' | 'targets'>): Promise<JobEnd> {
    const job: Job = { ...part, run: this.#by.run, form: jobForm };
    const id = randomUUID();
    await this.#ask(() => this.tools.work.handOut([{ id, job }], this.#by));
    return this.#watch.ended(id, job);
  }

  /** Takes back what no worker has begun; those that have are told by the halt. */
  async #withdrawAll(): Promise<void> {
    try {
      await this.#withdraw(await this.#ask(() => this.tools.work.open(this.#by.run)));
    } catch (error) {
      this.tools.log.warn('jobs could not be taken back', { error: messageOf(error) });
    }
  }

  async #withdraw(jobs: readonly JobState[]): Promise<void> {
    const waiting = jobs.filter(({ state }) => state === 'waiting');
    await this.#ask(() => this.tools.work.withdraw(waiting, this.#by));
  }

  /** Asks a database until it answers, or the run is over. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await question();
      } catch (error) {
        if (!isStoreAway(error) || this.#closed) throw error;
        await sleep(this.tools.clock, lookEveryMs);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    await this.tools.work.forget(this.#by.run).catch(() => {});
  }
}
