import type { Clock } from '../../domain/ports/clock.js';
import { needsAttention } from '../../domain/progress/outcome.js';
import {
  type LongUnderWay,
  longestUnderWay,
  type PhoneNow,
  type Problem,
  type RunNow,
  type RunPhase,
  type SurveyNow,
  type TimeLeft,
} from '../../domain/progress/run-now.js';
import { timeLeft } from '../../domain/progress/time-left.js';
import type { Timing } from '../../domain/plan/migration-profile.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { RunSummary } from '../../domain/report/report.js';
import type { RunContext } from '../context.js';
import type { PauseControl } from '../pause-control.js';
import { type PhoneRecord, targetKey } from '../record/phone-record.js';
import { patienceOf } from '../upgrade/another-method.js';
import { deadlineOf } from '../upgrade/watch-end.js';
import { hasAnswered, newSurvey, type Survey } from '../survey/found.js';

/** How far a run has got; it is filled while the run proceeds. */
export interface RunProgress {
  run: Pick<RunSummary, 'id' | 'profile' | 'dryRun' | 'startedAt'>;
  /** For how long it was worked on before it was taken over (ms). */
  workedBefore: number;
  phase: RunPhase;
  /** When each phase began in this process, by `Clock.monotonic`; absent: it has not. */
  since: Partial<Record<RunPhase, number>>;
  survey: Survey;
  /** How many targets there are at most. */
  targets: number;
  /** Phones to be written to, in the order they are started. */
  started: readonly PhoneRecord[];
  /** How much firmware each of them will fetch at most, in bytes by `targetKey`; those of which it is not known are not in it. */
  toFetch: ReadonlyMap<string, number>;
  /** How long phones are watched; `null`: the run writes to none. */
  timing: Timing | null;
  /** Whether it winds down: no more phones are started. */
  isStopping: () => boolean;
  /** Whether it is paused, and for how long it was; `null`: nobody can pause it. */
  pause: Pick<PauseControl, 'since' | 'pausedMs' | 'onChange'> | null;
}

/** The progress of a run that begins. */
export function newProgress(
  run: RunProgress['run'],
  { targets, options, clock, pause }: RunContext,
  isStopping: () => boolean,
  workedBefore: number,
): RunProgress {
  return {
    ...{ run, isStopping, workedBefore, pause: pause ?? null },
    phase: 'survey',
    since: { survey: clock.monotonic() },
    survey: newSurvey(),
    targets: targets.count,
    started: [],
    toFetch: new Map(),
    timing: options.profile?.timing ?? null,
  };
}

/** Notes that a run has come to its next phase. */
export function enterPhase(progress: RunProgress, phase: RunPhase, clock: Pick<Clock, 'monotonic'>): void {
  progress.phase = phase;
  progress.since[phase] = clock.monotonic();
}

/** So often (ms) it is noted how far the look at the targets is, and so long a note is kept. */
const samples = { everyMs: 5_000, keptMs: 30_000 };

/** The latest problems that are kept. */
const mostProblems = 10;

/** Tells how a run stands, from its records: they do not say themselves when they were first written to. */
export class RunStanding {
  readonly #times = new Map<PhoneRecord, { writtenAt: number | null; endedAt: number | null }>();
  readonly #clock: Clock;
  readonly #origin: { now: number; monotonic: number };
  #earlier: { at: number; probed: number }[] = [];
  #ofPreviousRun: readonly PhoneRecord[] | null = null;
  #problems: Problem[] = [];
  /** The records of the problems that have been told. */
  readonly #told = new WeakSet<PhoneRecord>();
  /** What the look had found when that was last read. */
  #read: { records: readonly PhoneRecord[]; phase: RunProgress['phase'] | null; count: number } = {
    records: [],
    phase: null,
    count: 0,
  };

  constructor(
    readonly progress: RunProgress,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#origin = { now: clock.now(), monotonic: clock.monotonic() };
  }

  /** How the run stands now. */
  now(): RunNow {
    const { run, phase, workedBefore } = this.progress;
    const now = this.time();
    this.#look(now);
    const stopping = this.progress.isStopping();
    const standing = {
      id: run.id,
      profile: run.profile,
      dryRun: run.dryRun,
      ...{ phase, now, stopping, goesOn: true },
      pausedSince: stopping ? null : (this.progress.pause?.since ?? null),
      startedAt: Date.parse(run.startedAt),
      workedMs: Math.round(workedBefore + now - this.#origin.now),
      survey: this.survey(now),
      // While it looks, none is to be written to yet.
      phones: phase === 'survey' ? [] : this.#records().map((record) => this.#phone(record, now)),
    };
    // One that stops leaves phones of its wave as they are, and may watch the others for its stop's grace or to their deadline.
    return { ...standing, left: stopping ? null : this.#left(standing) };
  }

  #left({ phase, startedAt, now, survey, phones, pausedSince }: Omit<RunNow, 'left'>): TimeLeft | null {
    // Nobody knows when it is continued.
    if (pausedSince !== null) return null;
    const { started, timing, pause } = this.progress;
    const byKey = new Map(started.map((record) => [targetKey(record.target), record]));
    const plans = started.filter(({ touched, ended }) => !touched && !ended).map(({ plan }) => plan);
    const watchOf = (plan: readonly PlanStep[]): number =>
      timing === null ? 0 : plan.reduce((sum, step) => sum + deadlineOf({ step }, timing), 0);
    return timeLeft({
      ...{ phase, now, survey, phones, takenOverAt: this.#origin.now },
      // On resume the look begins anew.
      startedAt: Math.max(startedAt, this.#origin.now),
      pausedMs: (since) => pause?.pausedMs(since - this.#origin.now + this.#origin.monotonic) ?? 0,
      watchedUntil: ({ key }) => this.#watchedUntil(byKey.get(key)),
      longestWatchMs: plans.reduce((most, plan) => Math.max(most, watchOf(plan)), 0),
    });
  }

  /** When the watch of a phone ends at the latest (ms since the epoch); `null`: not known, as something more may be written to it. */
  #watchedUntil(record: PhoneRecord | undefined): number | null {
    const { timing } = this.progress;
    const underWay = record?.underWay ?? null;
    if (!record || !underWay || timing === null) return null;
    const limit = deadlineOf(underWay, timing);
    const isTaken = !underWay.more || !underWay.unread || underWay.seenUpgrading;
    // Its step is sent once more, and watched anew, only where it is old enough for that before its deadline.
    if (!isTaken && patienceOf(underWay, timing) < limit) return null;
    // Before each further step it may be waited for until it is idle again.
    const later = record.plan.slice(record.stepIndex + 1);
    const rest = later.reduce((sum, step) => sum + timing.upgradeDeadline + deadlineOf({ step }, timing), 0);
    return underWay.writtenAt + limit + rest;
  }

  /** How far its look at the targets is. */
  survey(now: number): SurveyNow {
    const { survey, targets } = this.progress;
    return {
      targets: Math.max(targets, survey.settled),
      probed: survey.settled,
      found: survey.records.filter(hasAnswered).length,
      earlier: this.#sample(now, survey.settled),
    };
  }

  /** Phones that have been under way the longest, and what they showed last since the run was begun or resumed. */
  longest({ phones }: RunNow, most: number): LongUnderWay[] {
    const { started } = this.progress;
    return longestUnderWay(phones, most).map((phone) => {
      const record = started.find(({ target }) => targetKey(target) === phone.key);
      return { phone, says: record?.said ?? null };
    });
  }

  /** The last phones that ended so that somebody should look, the latest first. */
  problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Tells what could not be read, and what ended when it was planned: neither is ever started. */
  #look(now: number): void {
    const { phase, survey } = this.progress;
    const { records } = survey;
    // Once the look is over they stand in another order, with those of an interrupted run among them, and are planned.
    const from = records === this.#read.records && phase === this.#read.phase ? this.#read.count : 0;
    for (const record of records.slice(from)) this.#noteProblem(record, now);
    this.#read = { records, phase, count: records.length };
  }

  #records(): readonly PhoneRecord[] {
    const { survey, started } = this.progress;
    this.#ofPreviousRun ??= endedBefore(survey.records, started);
    return [...this.#ofPreviousRun, ...started];
  }

  #phone(record: PhoneRecord, now: number): PhoneNow {
    let times = this.#times.get(record);
    if (!times) this.#times.set(record, (times = { writtenAt: null, endedAt: null }));
    // What ended, or was written to, before this process took the run over is no evidence for its pace: in the end it has no such times.
    if (record.reported === null && times.endedAt === null) {
      if (record.touched) times.writtenAt ??= record.underWay?.writtenAt ?? now;
      if (record.ended) {
        times.endedAt = now;
        if ((times.writtenAt ?? now) < this.#origin.now) times.writtenAt = null;
        this.#noteProblem(record, now);
      }
    }
    const { address, mac, wave, state } = record;
    const key = targetKey(record.target);
    return { key, address, mac, model: record.facts?.model ?? record.reported?.model ?? null, wave, state, ...times };
  }

  #noteProblem(record: PhoneRecord, at: number): void {
    if (record.reported !== null || this.#told.has(record)) return;
    const { outcome, failure, address, mac } = record;
    if (outcome === null || failure === null || outcome === 'aborted') return;
    if (!needsAttention({ outcome, failure, named: record.target.named })) return;
    this.#told.add(record);
    this.#problems = [{ address, mac, at, code: failure.code, message: failure.message }, ...this.#problems].slice(
      0,
      mostProblems,
    );
  }

  #sample(now: number, probed: number): { at: number; probed: number } | null {
    const last = this.#earlier.at(-1);
    if (!last || now - last.at >= samples.everyMs) this.#earlier.push({ at: now, probed });
    while (this.#earlier.length > 1 && now - (this.#earlier[0]?.at ?? now) > samples.keptMs) this.#earlier.shift();
    const [first] = this.#earlier;
    return first && first.at < now ? first : null;
  }

  /** Milliseconds since the epoch, but measured: the machine's clock may be set meanwhile. */
  time(): number {
    return this.#origin.now + this.#clock.monotonic() - this.#origin.monotonic;
  }
}

/** Of an interrupted run: what had ended there counts in its wave. */
function endedBefore(records: readonly PhoneRecord[], started: readonly PhoneRecord[]): PhoneRecord[] {
  const isStarted = new Set(started);
  return records.filter((record) => !isStarted.has(record) && record.ended && (record.touched || record.wave !== null));
}
