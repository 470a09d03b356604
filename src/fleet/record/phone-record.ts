import { type Clock, monotonicOf } from '../../domain/ports/clock.js';
import type { Eligibility } from '../../domain/plan/eligibility.js';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { noTraffic, type Traffic } from '../../domain/phone/traffic.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { EventNamed, PhoneEventName, KnownOfPhone, RunEvent, SentDetails } from '../../domain/report/events.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { Evidence, Failure, Note } from '../../domain/failures/failure.js';
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
import type { StopControl } from '../stop-control.js';
import type { Look } from '../../phones/phones.js';

/** A record as JSON: all that a resume needs to continue with a phone after a crash. */
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
  /** Absent in a store of 0.1.0. */
  traffic?: Traffic;
}

/** What a record reports to. */
export interface RecordListener {
  notify: (event: RunEvent) => void;
  /** Called whenever the record has changed. */
  recordChanged?: (record: PhoneRecord) => void;
}

/** Everything known about one target of the run. Its state moves only along the table in `src/domain/progress/state.ts`. */
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
  /** On resume: its entry in the interrupted run's report, if it had ended there. */
  reported: PhoneReport | null = null;
  /** When its window next opens for long enough (ms since the epoch), for a phone deferred because of its window; `null`: not known. */
  opensAt: number | null = null;
  /** When a deferred phone is to be tried again, ISO 8601. */
  nextAttemptAt: string | null = null;
  /** What all visits to it took; a resumed run counts on from what is on record. */
  readonly traffic = noTraffic();
  /** The phone's address now; it may change. */
  address: string;
  /** The latest moment at which its last request may have left, by `Clock.monotonic`. */
  sentAt = Number.NEGATIVE_INFINITY;
  /** When it was last recognized by its MAC, by `Clock.monotonic`. */
  lastSeenAt = Number.NEGATIVE_INFINITY;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** From its start to its end (ms); `null` until it has ended. */
  durationMs: number | null = null;
  readonly #since: number;
  /** The state it was in before it ended: a resume continues from there if the run was only stopped. */
  lastActive: ActiveState = 'target';
  #noted: Note | null = null;
  #state: State = 'target';
  #sealed = false;

  constructor(
    /** What was asked for. A phone that is found by its MAC gets what a list says of it. */
    public target: Target,
    private readonly clock: Clock,
    private readonly listener: RecordListener,
    startedAt = clock.now(),
  ) {
    this.address = target.address;
    this.startedAt = startedAt;
    this.#since = monotonicOf(clock, startedAt);
  }

  /** Where it stands in the state table. */
  get state(): State {
    return this.#state;
  }

  /** Its MAC as last read; `null` if it has not shown one. */
  get mac(): string | null {
    return this.facts?.mac ?? this.reported?.mac ?? null;
  }

  /** What it showed last in this process; `null`: nothing yet. What it said before an interruption may be long over. */
  get said(): string | null {
    return this.#noted === null || this.#noted.kind === 'resumed' ? null : this.#noted.text;
  }

  /** Whether something was, or may have been, written to it. */
  get touched(): boolean {
    return isTouched(this.#state);
  }

  /** Whether it has its outcome. */
  get ended(): boolean {
    return !isActive(this.#state);
  }

  /** How it ended; `null` until then. */
  get outcome(): Outcome | null {
    return isActive(this.#state) ? null : this.#state;
  }

  /** The step under way, or the next one. */
  get step(): PlanStep | null {
    return this.plan[this.stepIndex] ?? null;
  }

  /**
   * Moves on by the state table.
   * @throws Error for an event that the table does not have in this state: a bug, which must not pass silently
   */
  advance(event: StateEvent, failure?: Failure): void {
    if (this.#sealed) return;
    const next = nextState(this.#state, event);
    if (next === null) throw new Error(`the state table has no ${event} in ${this.#state}`);
    if (failure) this.failure = failure;
    if (next === this.#state) return;
    const from = this.#state;
    if (!isActive(from)) throw new Error(`${from} is an end, and the state table leads on from it`);
    this.lastActive = from;
    this.#state = next;
    if (this.ended) this.durationMs = Math.round(this.clock.monotonic() - this.#since);
    this.listener.recordChanged?.(this);
    if (isActive(next)) return this.emit('state', { state: next, from });
    const why = failure ? { failure: failure.code, message: failure.message } : {};
    this.emit('outcome', { outcome: next, touched: this.touched, from, ...why });
  }

  /** Its run is over and reported: from here on it stays as it is, whatever still comes back from the phone. */
  seal(): void {
    this.#sealed = true;
  }

  /** Adds an observation to the evidence, unless it repeats the last one. The first of a resumed run is added in any case: it is so again. */
  note(kind: string, text: string): void {
    if (this.#sealed) return;
    if (this.#noted?.kind === kind && this.#noted.text === text) return;
    this.#noted = { kind, text };
    const at = new Date(this.clock.now()).toISOString();
    this.evidence.push({ at, kind, text });
    this.listener.recordChanged?.(this);
    // With the same time stamp: a resume tells by it which evidence the snapshot holds already.
    this.emit('evidence', { kind, text }, at);
  }

  /** Sends an event about this phone to the listener, with what is known of the phone. */
  emit<Name extends PhoneEventName>(
    event: Name,
    detail: SentDetails<Name>,
    at: string = new Date(this.clock.now()).toISOString(),
  ): void {
    const { address, mac } = this;
    const told = { event, at, address, mac, ...detail, ...(event === 'phone' ? {} : this.#now()) };
    // The details are those of the name, which the compiler loses over the union.
    this.listener.notify(told as unknown as EventNamed<Name> & RunEvent);
  }

  #now(): KnownOfPhone {
    const { model = null, softwareVersion = null } = this.facts ?? {};
    return { model, softwareVersion, plan: this.plan.map(({ step, load }) => ({ step, load })) };
  }

  /** Sets the record to a snapshot. Only for a new record, before anything about it was reported. */
  restore(snapshot: RecordSnapshot): void {
    const { state, facts, eligibility, plan, changes, failure, evidence, stepIndex } = snapshot;
    Object.assign(this, { facts, eligibility, plan, changes, failure, evidence: [...evidence], stepIndex });
    this.address = snapshot.address;
    this.wave = snapshot.wave;
    this.underWay = snapshot.underWay;
    Object.assign(this.traffic, snapshot.traffic);
    if (snapshot.underWay) this.sentAt = monotonicOf(this.clock, snapshot.underWay.writtenAt);
    this.#state = state;
  }
}

/** The key of a target within its run: the target as given, since one MAC may answer at two addresses. */
export function targetKey(target: Target): string {
  return target.host ?? target.address;
}

/** Ends a record whose run ends: as unverified if the phone was written to, as aborted if not. */
export function endBy(record: PhoneRecord, reason: Failure): void {
  if (record.ended) return;
  if (record.touched) record.advance('deadline-unseen', reason);
  else record.advance('stop', reason);
}

/** Ends a record that a stop reached before its first step or between two steps, with no request on its way. */
export function stopHere(record: PhoneRecord, stop: StopControl): void {
  if (record.ended) return;
  if (!record.touched) return record.advance('stop', stoppedBeforeStart(stop));
  const message = `Its first step is done; then the run was stopped (${reasonOf(stop)}).`;
  record.advance('seen-failed', failure('stopped-between-steps', message));
}

/** The failure of a phone that a stop kept from being started. */
export function stoppedBeforeStart(stop: StopControl): Failure {
  const message = `The run was stopped (${reasonOf(stop)}) before this phone was started.`;
  return failure('stopped-before-start', message);
}

function reasonOf(stop: StopControl): string {
  return stop.reason ?? 'a stop';
}

/** Adds the notes of a look to a phone's evidence, each once: a phone that is polled gives the same ones every time. */
export function noteLook(record: PhoneRecord, look: Look): void {
  if (look.kind === 'not-a-phone') return;
  for (const { kind, text } of look.notes ?? []) {
    const isKnown = record.evidence.some((one) => one.kind === kind && one.text === text);
    if (!isKnown) record.note(kind, text);
  }
}
