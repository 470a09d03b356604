import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { RunContext } from '../context.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { StopControl } from '../stop-control.js';
import { countsForLimit, type Limit, type Place } from './limit.js';
import { LocalRefusals, stopForShortage } from './local-shortage.js';
import { eventFor, nobodyThere, type ReadProblem } from './look-problem.js';
import type { Survey } from './found.js';

/** How each target of a survey ends: listed, or only counted. Every one does so exactly once. */
export class Tally {
  readonly #refusals = new LocalRefusals();
  /** With a limit: what to call when a phone has been read, after all its tries. */
  readonly #whenRead = new Map<PhoneRecord, () => void>();

  constructor(
    private readonly found: Survey,
    private readonly context: Pick<RunContext, 'options' | 'targets'>,
    private readonly stop: StopControl,
    private readonly breaker: Pick<CircuitBreaker, 'tripped' | 'hasRead'>,
  ) {}

  /** The run was stopped, or has stopped itself over what it read. */
  get isOver(): boolean {
    return this.stop.gently.aborted || this.breaker.tripped !== null;
  }

  /** Lists a target that has ended. */
  keep(record: PhoneRecord, wasRead = true): void {
    if (this.found.closed) return;
    if (wasRead) this.breaker.hasRead(record);
    this.found.open.delete(record);
    this.found.records.push(record);
    this.found.settled += 1;
    this.#wasReadInTurn(record);
  }

  /** A target at which a phone answers that is listed where it was asked for has none of its own: it is only counted. */
  keepOrCount(record: PhoneRecord, isOwn: boolean): void {
    if (isOwn) this.keep(record);
    else this.#count(record, 'moved-here');
  }

  /** Ends a target that could not be read: a dark address that nobody named is only counted, any other is listed. */
  end(record: PhoneRecord, { code, message }: ReadProblem): void {
    // A run that ended at once reports nothing further.
    if (this.stop.now.aborted) return;
    if (code === 'local-resources') stopForShortage(this.stop, message);
    if (code === 'local-refused' && this.#refusals.add(message)) this.#stopIfRefused(this.found.settled + 1);
    if (!nobodyThere.has(code) || record.target.named) {
      record.advance(eventFor(code), failure(code, message));
      // Thresholds are judged over what was read: dark addresses of a list must not dilute the share of wrong passwords.
      return this.keep(record, !nobodyThere.has(code));
    }
    this.#count(record, code);
  }

  #count(record: PhoneRecord, code: FailureCodeName): void {
    if (this.found.closed) return;
    this.#wasReadInTurn(record);
    this.found.open.delete(record);
    this.found.noAnswerByCode.set(code, (this.found.noAnswerByCode.get(code) ?? 0) + 1);
    this.found.settled += 1;
  }

  /** Something answered, and is left alone: the run is over, or has as many phones as it may take. */
  leave(record: PhoneRecord): void {
    if (record.ended || this.found.closed) return;
    const { most } = this.context.targets;
    if (this.isOver) record.advance('stop', this.breaker.tripped ?? failure('stopped-before-start'));
    else {
      const phones = most === 1 ? 'a phone' : `${most ?? 0} phones`;
      record.advance('not-now', failure('beyond-limit', `The run had ${phones} without it, so it was not read.`));
    }
    this.keep(record, false);
  }

  /** A target that is not probed is only counted, also if it was named: nothing is known about it. */
  leaveBeyondLimit(): void {
    if (this.found.closed) return;
    this.found.settled += 1;
    this.found.beyondLimit += 1;
  }

  /** With a limit, a phone is looked at when its turn has come; the next one's comes when it is known whether it counts. */
  async inTurn(record: PhoneRecord, place: Place, limit: Limit, look: () => Promise<void>): Promise<void> {
    if (!(await limit.turn(place))) return this.leave(record);
    const isRead = new Promise<void>((resolve) => this.#whenRead.set(record, resolve));
    await look();
    await isRead;
    limit.wasRead(countsForLimit(record, this.context.options.profile === null));
  }

  /** Stops the run where this machine has refused every connection. */
  stopIfRefused(): void {
    this.#stopIfRefused(this.found.settled);
  }

  #stopIfRefused(settled: number): void {
    if (this.#refusals.areAll(settled)) this.#refusals.stop(this.stop);
  }

  #wasReadInTurn(record: PhoneRecord): void {
    this.#whenRead.get(record)?.();
    this.#whenRead.delete(record);
  }
}
