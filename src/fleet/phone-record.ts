import type { Clock } from '../domain/clock.js';
import type { Eligibility } from '../domain/eligibility.js';
import type { Outcome } from '../domain/outcome.js';
import type { PhoneFacts } from '../domain/phone.js';
import type { Change, PlanStep } from '../domain/plan.js';
import type { Evidence, Failure, RunEvent } from '../domain/report.js';
import { isActive, isTouched, nextState, type State, type StateEvent } from '../domain/state.js';
import type { Target } from '../inventory/target.js';

/** Everything known about one target of the run. Its state moves only along the table in `domain/state.ts`. */
export class PhoneRecord {
  facts: PhoneFacts | null = null;
  eligibility: Eligibility | null = null;
  plan: PlanStep[] = [];
  changes: Change[] = [];
  failure: Failure | null = null;
  readonly evidence: Evidence[] = [];
  /** Which step of the plan is under way. */
  stepIndex = 0;
  /** Where the phone is now; it may move. */
  address: string;
  /** When it was last recognized by its MAC. */
  lastSeenAt = Number.NEGATIVE_INFINITY;
  readonly startedAt: number;
  finishedAt: number | null = null;
  #state: State = 'target';

  constructor(
    readonly target: Target,
    private readonly clock: Clock,
    private readonly notify: (event: RunEvent) => void,
  ) {
    this.address = target.address;
    this.startedAt = clock.now();
  }

  get state(): State {
    return this.#state;
  }

  get mac(): string | null {
    return this.facts?.mac ?? null;
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
    this.#state = next;
    if (this.ended) this.finishedAt = this.clock.now();
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
    this.evidence.push({ at: new Date(this.clock.now()).toISOString(), kind, text });
    this.emit('evidence', { kind, text });
  }

  emit(event: string, detail: Record<string, unknown> = {}): void {
    this.notify({
      event,
      at: new Date(this.clock.now()).toISOString(),
      address: this.address,
      mac: this.mac,
      ...detail,
    });
  }
}
