import { failure } from '../../domain/failures/failure-codes.js';
import { sleep } from '../../domain/ports/clock.js';
import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import { isStoreAway, isStoreError } from '../../store/store-error.js';
import type { Halt, JobState, NamedJob } from '../../store/work.js';
import type { PhonesElsewhere, UpgradeTools } from '../context.js';
import { rememberDeferral } from '../memory/memory.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { PauseControl } from '../pause-control.js';
import { endBy, type PhoneRecord, stopHere, targetKey } from '../record/phone-record.js';
import type { StopControl } from '../stop-control.js';
import { outsideWindow } from '../upgrade/may-write.js';
import { adopt } from './adopt.js';
import { JobDesk, type PlannerTools } from './job-desk.js';
import { whyOf } from './left-out.js';
import { surveyElsewhere } from './survey-parts.js';

/** Between two looks at what goes on beside this planner (ms). */
const lookEveryMs = 500;

/**
 * Has workers do what this process cannot: they reach the phones of their sites. The planner decides, as in any run, which phone is next; each is a job
 * then, and what the workers store is read back.
 */
export class Planner implements PhonesElsewhere {
  readonly #desk: JobDesk;
  readonly #away = new Set<PhoneRecord>();
  /** Jobs of an earlier part of the run that workers still have, by the keys of their phones. */
  readonly #known = new Map<string, NamedJob>();
  /** What workers are to be told, and who tells them. */
  #wanted: Halt | null = null;
  #telling: Promise<void> | null = null;

  constructor(private readonly tools: PlannerTools) {
    this.#desk = new JobDesk(tools);
  }

  has(record: PhoneRecord): boolean {
    return this.#away.has(record);
  }

  /** On resume, jobs that nobody has begun are taken back, and phones that are not written to yet are left by their workers. */
  async begin(
    { id, isResumed, isLocked, sites }: Parameters<PhonesElsewhere['begin']>[0],
    stop: StopControl,
  ): Promise<void> {
    this.#desk.by = { run: id, isLocked };
    const { work, clock, store } = this.tools;
    stop.onGently(() => void this.#withdrawAll());
    await this.#desk.ask(() => work.prepare(sites));
    if (!isResumed) return;
    await this.#desk.ask(() => work.halt({ kind: 'resume', why: 'The run is just being resumed.' }, this.#desk.by));
    for (;;) {
      const open = await this.#desk.ask(() => work.open(id));
      const keys = open.map(({ job }) => job.key);
      const rows = await this.#desk.ask(() => store.targetsAt(id, keys));
      const touched = new Set(rows.filter((row) => row.touched).map(({ key }) => key));
      const isTouched = ({ job }: JobState): boolean => job.kind === 'move' && touched.has(job.key);
      const untouched = open.filter((one) => !isTouched(one));
      if (untouched.length === 0) {
        for (const one of open) this.#known.set(one.job.key, one);
        return this.#desk.ask(() => work.halt(null, this.#desk.by));
      }
      if (stop.gently.aborted) return;
      await this.#desk.withdraw(untouched);
      await this.#desk.ask(() => work.expire());
      await stop.sleep(clock, lookEveryMs, 'gently');
    }
  }

  survey(...[context, stop, found, breaker, previous]: Parameters<PhonesElsewhere['survey']>): Promise<void> {
    return surveyElsewhere({ desk: this.#desk, context, stop, found, breaker, previous });
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
    for (let told: Halt | null | undefined; told !== this.#wanted && !this.#desk.isClosed;) {
      const wanted = this.#wanted;
      try {
        await work.halt(wanted, this.#desk.by);
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

  async catchUp(records: readonly PhoneRecord[]): Promise<void> {
    await Promise.all(
      records.map(async (record) => {
        const row = await this.#desk.row(targetKey(record.target));
        if (row) adopt(record, row);
      }),
    );
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
      if (record.touched) {
        await this.catchUp([record]);
        // One that nobody has just now: a resume goes on with it.
        if (!record.ended) endBy(record, failure('stopped-watching'));
      } else stopHere(record, stop);
    } else if (!record.touched) {
      const closed = outsideWindow(record, context);
      if (breaker.tripped) record.advance('stop', breaker.tripped);
      else if (closed) record.advance('not-now', closed);
    }
    return record.ended;
  }

  async #move(record: PhoneRecord, { stop, context, profile }: UpgradeTools): Promise<void> {
    const key = targetKey(record.target);
    const { clock } = this.tools;
    this.#away.add(record);
    // One that was written to may be watched by a worker already, on resume.
    const known = this.#known.get(key);
    this.#known.delete(key);
    const ending = known
      ? this.#desk.ended(known)
      : this.#desk.handOut({ key, kind: 'move', site: record.target.hint.site ?? '' });
    let forget = (): void => {};
    const left = new Promise<null>((resolve) => {
      forget = stop.onGently(() => void stop.sleep(clock, profile.timing.stopGrace, 'now').then(() => resolve(null)));
    });
    const ended = await Promise.race([ending, left]);
    forget();
    // Its worker may have written to it since it was handed out: what is on record tells.
    const row = await this.#desk.row(key);
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

  /** Takes back what no worker has begun; those that have are told by the halt. */
  async #withdrawAll(): Promise<void> {
    try {
      await this.#desk.handedOut();
      await this.#desk.withdraw(await this.#desk.ask(() => this.tools.work.open(this.#desk.by.run)));
    } catch (error) {
      this.tools.log.warn('jobs could not be taken back', { error: messageOf(error) });
    }
  }

  close(): Promise<void> {
    return this.#desk.close();
  }
}
