import { failure } from '../../domain/failures/failure-codes.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import type { TargetOutcome } from '../../inventory/target.js';
import type { Store } from '../../store/store.js';
import { isStoreAway } from '../../store/store-error.js';
import { type Job, jobForm, type JobKind, type SharedWork } from '../../store/work.js';
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
import { type JobEnd, JobWatch } from './job-watch.js';

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
  #run = '';
  #halt: Promise<void> = Promise.resolve();

  constructor(private readonly tools: PlannerTools) {
    const { work, clock, log } = tools;
    this.#watch = new JobWatch(work, clock, log);
  }

  has(record: PhoneRecord): boolean {
    return this.#away.has(record);
  }

  /** On resume, jobs that nobody has begun are taken back, and phones that are not written to yet are left by their workers. */
  async begin({ id, isResumed }: { id: string; isResumed: boolean }, stop: StopControl): Promise<void> {
    this.#run = id;
    const { work, clock } = this.tools;
    stop.onGently(() => void this.#withdrawAll());
    if (!isResumed) return;
    await work.halt(id, 'The run is just being resumed.');
    await work.withdraw((await work.open(id)).filter(({ state }) => state === 'waiting').map((one) => one.id));
    for (;;) {
      const open = await work.open(id);
      const rows = await this.tools.store.targetsAt(
        id,
        open.map(({ job }) => job.key),
      );
      const touched = new Set(rows.filter((row) => row.touched).map(({ key }) => key));
      const untouched = open.filter(({ job }) => job.kind === 'survey' || !touched.has(job.key));
      if (untouched.length === 0) return work.halt(id, null);
      if (stop.gently.aborted) return;
      await work.withdraw(untouched.filter(({ state }) => state === 'waiting').map((one) => one.id));
      await work.expire();
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
        end(new PhoneRecord(target, context.clock, listenerOf(context)), 'no-site', undefined, found);
        continue;
      }
      const targets = bySite.get(site) ?? [];
      bySite.set(site, targets);
      targets.push({ ...outcome, target });
      if (targets.length >= targetsAtOnce) send(site);
    }
    for (const site of bySite.keys()) send(site);
    await stop.orNow(Promise.all(parts));
    endDuplicates(found.records);
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
    const ended = await this.#handOut({ key, kind: 'survey', site, targets });
    if (found.closed) return;
    const result = 'result' in ended ? ended.result : null;
    if (result?.how === 'done') {
      for (const [code, count] of Object.entries(result.noAnswerByCode ?? {})) {
        found.noAnswerByCode.set(code, (found.noAnswerByCode.get(code) ?? 0) + count);
        found.settled += count;
      }
      const rows = await this.tools.store.targetsAt(
        this.#run,
        targets.map(({ target }) => targetKey(target)),
      );
      for (const record of recordsOf(rows, context)) {
        breaker.hasRead(record);
        found.records.push(record);
        found.settled += 1;
      }
      return;
    }
    if (stop.gently.aborted || breaker.tripped) return;
    const [code, why] =
      ended.state === 'no-worker' ? (['no-worker', ended.why] as const) : (['worker-failed', whyOf(ended)] as const);
    for (const { target } of targets)
      end(new PhoneRecord(target, context.clock, listenerOf(context)), code, why, found);
  }

  async open(breaker: CircuitBreaker, stop: StopControl, pause: PauseControl | null): Promise<void> {
    const apply = (): void => {
      const why =
        breaker.tripped?.message ??
        (stop.gently.aborted ? 'The run is stopping.' : pause?.isPaused === true ? 'The run is paused.' : null);
      this.#halt = this.#halt.then(() => this.#apply(why));
    };
    breaker.onTrip(apply);
    pause?.onChange(apply);
    stop.onGently(apply);
    apply();
    await this.#halt;
  }

  /** A database that is away lets nobody write meanwhile, and is told once it is back. */
  async #apply(why: string | null): Promise<void> {
    for (;;) {
      try {
        await this.tools.work.halt(this.#run, why);
        return;
      } catch (error) {
        if (!isStoreAway(error)) return this.tools.log.error('workers could not be told', { error: messageOf(error) });
        await new Promise<void>((resolve) => void this.tools.clock.after(lookEveryMs, resolve));
      }
    }
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
    const { work, clock, store } = this.tools;
    this.#away.add(record);
    // One that was written to may be watched by a worker already, on resume.
    const known = record.touched ? (await work.open(this.#run)).find(({ job }) => job.key === key) : undefined;
    const ending = known
      ? this.#watch.ended(known.id, known.job)
      : this.#handOut({ key, kind: 'move', site: record.target.hint.site ?? '' });
    let forget = (): void => {};
    const left = new Promise<null>((resolve) => {
      forget = stop.onGently(() => void stop.sleep(clock, profile.timing.stopGrace, 'now').then(() => resolve(null)));
    });
    const ended = await Promise.race([ending, left]);
    forget();
    // What its worker still sees of it is stored by the worker, and a resume finds it there.
    if (ended === null) return endBy(record, failure(record.touched ? 'stopped-watching' : 'stopped-before-start'));
    const [row] = await this.#read(() => store.targetsAt(this.#run, [key]));
    if (row) adopt(record, row);
    this.#away.delete(record);
    if (record.ended || stop.gently.aborted) return;
    if (ended.state === 'no-worker' || ended.result?.how === 'failed') {
      const why = ended.state === 'no-worker' ? ended.why : whyOf(ended);
      if (record.touched) record.advance('deadline-unseen', failure('stopped-watching', why));
      else record.advance('not-now', failure(ended.state === 'no-worker' ? 'no-worker' : 'worker-failed', why));
    } else await stop.sleep(context.clock, lookEveryMs, 'gently');
  }

  async #handOut(job: Pick<Job, 'key' | 'kind' | 'site' | 'targets'> & { kind: JobKind }): Promise<JobEnd> {
    const whole: Job = { ...job, run: this.#run, form: jobForm };
    const [id = ''] = await this.#read(() => this.tools.work.handOut([whole]));
    return this.#watch.ended(id, whole);
  }

  /** Takes back what no worker has begun; those that have are told by the halt. */
  async #withdrawAll(): Promise<void> {
    const { work } = this.tools;
    await this.#read(async () =>
      work.withdraw((await work.open(this.#run)).filter(({ state }) => state === 'waiting').map(({ id }) => id)),
    );
  }

  /** Asks a database until it answers. */
  async #read<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isStoreAway(error)) throw error;
        await new Promise<void>((resolve) => void this.tools.clock.after(lookEveryMs, resolve));
      }
    }
  }

  async close(): Promise<void> {
    this.#watch.close();
    await this.#halt;
  }
}

function whyOf(ended: JobEnd): string {
  const result = 'result' in ended ? ended.result : null;
  return result !== null && 'why' in result ? result.why : 'Its worker ended without saying why.';
}

function end(
  record: PhoneRecord,
  code: 'no-site' | 'no-worker' | 'worker-failed',
  why: string | undefined,
  found: Survey,
): void {
  record.advance('not-now', failure(code, why));
  found.records.push(record);
  found.settled += 1;
}

/** Workers see only their part: the same MAC at two addresses is one phone, and only the first is written to. */
function endDuplicates(records: readonly PhoneRecord[]): void {
  const first = new Map<string, PhoneRecord>();
  for (const record of records) {
    if (record.mac === null) continue;
    const other = first.get(record.mac);
    if (other === undefined) first.set(record.mac, record);
    else if (record.state === 'waiting')
      record.advance(
        'prerequisite-missing',
        failure('duplicate-mac', `${other.address} showed the same MAC ${record.mac} in this run.`),
      );
  }
}
