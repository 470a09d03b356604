import { type Clock, monotonicOf } from '../../domain/ports/clock.js';
import type { Eligibility } from '../../domain/plan/eligibility.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { PhoneReport, RunEvent } from '../../domain/report/report.js';
import type { Evidence, Failure } from '../../domain/failures/failure.js';
import {
  type ActiveState,
  isActive,
  isTouched,
  nextState,
  type State,
  type StateEvent,
} from '../../domain/progress/state.js';
import type { Target } from '../../inventory/target.js';
import type { WrittenStep } from './written-step.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { StopControl } from '../run/stop-control.js';
import type { Look } from '../../phones/phones.js';

/** A record as JSON can hold it: all that is needed to go on with a phone after a crash. */
export interface RecordSnapshot {
  target: Target;
  address: string;
  state: State;
  facts: PhoneFacts | null;
  eligibility: Eligibility | null;
  plan: PlanStep[];
  changes: Change[];
  failure: Failure | null;
  evidence: Evidence[];
  stepIndex: number;
  startedAt: number;
  wave: number | null;
  underWay: WrittenStep | null;
}

/** Who is told what becomes of a record. */
export interface RecordListener {
  notify: (event: RunEvent) => void;
  /** Called whenever the record has changed. */
  recordChanged?: (record: PhoneRecord) => void;
}

/** Everything known about one target of the run. Its state moves only along the table in `domain/state.ts`. */
export class PhoneRecord {
  facts: PhoneFacts | null = null;
  eligibility: Eligibility | null = null;
  plan: PlanStep[] = [];
  changes: Change[] = [];
  failure: Failure | null = null;
  evidence: Evidence[] = [];
  /** Which step of the plan is under way. */
  stepIndex = 0;
  /** Which wave it belongs to, from 0; `null` before waves are drawn up. */
  wave: number | null = null;
  /** The step that was posted and is being watched. */
  underWay: WrittenStep | null = null;
  /** Its entry in the report of the run that is gone on with, when it had ended there. */
  reported: PhoneReport | null = null;
  /** When its window opens long enough for it (ms since the epoch), for a phone that was put off because of that; `null`: unknown. */
  opensAt: number | null = null;
  /** When a phone that was put off is to be tried again, ISO 8601. */
  nextAttemptAt: string | null = null;
  /** Where the phone is now; it may move. */
  address: string;
  /** When its last request left at the latest, by `Clock.monotonic`. */
  sentAt = Number.NEGATIVE_INFINITY;
  /** When it was last recognized by its MAC, by `Clock.monotonic`. */
  lastSeenAt = Number.NEGATIVE_INFINITY;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** From its start to its end (ms); `null` while under way. */
  durationMs: number | null = null;
  readonly #since: number;
  /** Where it stood before it ended: a run that was only stopped goes on from there. */
  lastActive: ActiveState = 'target';
  #state: State = 'target';

  constructor(
    readonly target: Target,
    private readonly clock: Clock,
    private readonly listener: RecordListener,
    startedAt = clock.now(),
  ) {
    this.address = target.address;
    this.startedAt = startedAt;
    this.#since = monotonicOf(clock, startedAt);
  }

  get state(): State {
    return this.#state;
  }

  get mac(): string | null {
    return this.facts?.mac ?? this.reported?.mac ?? null;
  }

  get touched(): boolean {
    return isTouched(this.#state);
  }

  get ended(): boolean {
    return !isActive(this.#state);
  }

  /** How it ended; `null` while under way. */
  get outcome(): Outcome | null {
    return isActive(this.#state) ? null : this.#state;
  }

  get step(): PlanStep | null {
    return this.plan[this.stepIndex] ?? null;
  }

  /** Moves on by the state table. An event that the table does not know here is a bug, and must not pass silently. */
  advance(event: StateEvent, failure?: Failure): void {
    const next = nextState(this.#state, event);
    if (next === null) throw new Error(`the state table has no ${event} in ${this.#state}`);
    if (failure) this.failure = failure;
    if (next === this.#state) return;
    const from = this.#state;
    if (isActive(from)) this.lastActive = from;
    this.#state = next;
    if (this.ended) this.durationMs = Math.round(this.clock.monotonic() - this.#since);
    this.listener.recordChanged?.(this);
    this.emit(this.ended ? 'outcome' : 'state', {
      ...(this.ended ? { outcome: next, touched: this.touched } : { state: next }),
      from,
      ...(failure ? { failure: failure.code, message: failure.message } : {}),
    });
  }

  /** Notes an observation; the same one again right away is one observation. */
  note(kind: string, text: string): void {
    const last = this.evidence.at(-1);
    if (last?.kind === kind && last.text === text) return;
    const at = new Date(this.clock.now()).toISOString();
    this.evidence.push({ at, kind, text });
    this.listener.recordChanged?.(this);
    // At the same instant: a resume tells from it what the snapshot has already.
    this.emit('evidence', { at, kind, text });
  }

  emit(event: string, detail: Record<string, unknown> = {}): void {
    this.listener.notify({
      event,
      at: new Date(this.clock.now()).toISOString(),
      address: this.address,
      mac: this.mac,
      ...detail,
    });
  }

  /** Puts the record where a snapshot says it was. Only for records that nobody has heard of yet. */
  restore(snapshot: RecordSnapshot): void {
    const { state, facts, eligibility, plan, changes, failure, evidence, stepIndex } = snapshot;
    Object.assign(this, { facts, eligibility, plan, changes, failure, evidence: [...evidence], stepIndex });
    this.address = snapshot.address;
    this.wave = snapshot.wave;
    this.underWay = snapshot.underWay;
    if (snapshot.underWay) this.sentAt = monotonicOf(this.clock, snapshot.underWay.writtenAt);
    this.#state = state;
  }
}

/** Names a target within its run: as it was asked for, because one MAC may answer at two addresses. */
export function targetKey(target: Target): string {
  return target.host ?? target.address;
}

/** Ends a record that cannot go on, keeping apart what was written to and what was not. */
export function endBy(record: PhoneRecord, reason: Failure): void {
  if (record.ended) return;
  if (record.touched) record.advance('deadline-unseen', reason);
  else record.advance('stop', reason);
}

/** Ends a record that a stop reached while nothing was on its way to the phone: before its first step, or between two. */
export function stopHere(record: PhoneRecord, stop: StopControl): void {
  if (record.ended) return;
  if (!record.touched) return record.advance('stop', stoppedBeforeStart(stop));
  const message = `Its first step is done; then the run was stopped (${reasonOf(stop)}).`;
  record.advance('seen-failed', failure('stopped-between-steps', message));
}

/** Why a phone was not started. */
export function stoppedBeforeStart(stop: StopControl): Failure {
  const message = `The run was stopped (${reasonOf(stop)}) before this phone was started.`;
  return failure('stopped-before-start', message);
}

function reasonOf(stop: StopControl): string {
  return stop.reason ?? 'a stop';
}

/** Puts what a look has to say of itself into a phone's evidence; a phone that is looked at often says the same each time. */
export function noteLook(record: PhoneRecord, look: Look): void {
  if (look.kind === 'not-a-phone') return;
  for (const { kind, text } of look.notes ?? []) {
    const isKnown = record.evidence.some((one) => one.kind === kind && one.text === text);
    if (!isKnown) record.note(kind, text);
  }
}
