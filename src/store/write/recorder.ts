import type { Clock } from '../../domain/ports/clock.js';
import type { AnyEvent } from '../../domain/report/events.js';
import type { TakenJob } from '../work.js';
import { type Author, Committer, type CommitterParts } from './committer.js';
import type { Entry, Operation } from './entry.js';
import { durationOperation, eventOperation, progressOperation, targetOperation, wavesOperation } from './operations.js';
import type { Deferral, RunFar, StepDuration, TargetState } from '../store-rows.js';

/** Who is told how it goes: for every commit that failed, which is tried again, and when one goes well again. */
export type Told = Pick<Author, 'onError' | 'onBack'>;

/** Writes down what happens in one run. Everything is committed in the order it came in; what is buffered is committed in groups. */
export class Recorder {
  readonly #author: Author;
  #lastNow = { ms: Number.NaN, iso: '' };
  #closed = false;

  /** @param closed called when everything is stored, or cannot be */
  constructor(
    private readonly of: { runId: string; job: TakenJob | null; clock: Clock },
    private readonly commits: Committer,
    told: Told,
    private readonly closed: () => void = () => {},
  ) {
    this.#author = { ...told, job: of.job };
    commits.join(this.#author);
  }

  /** Stores a target as it is now, buffered: of several states within a commit only the last is written. */
  saveTarget(target: TargetState): void {
    this.#add(targetOperation(this.of.runId, target, this.#now()));
  }

  /** Appends an event, buffered. */
  event(event: AnyEvent): void {
    this.#add(eventOperation(event));
  }

  /** Stores the waves as frozen at the start, buffered. */
  saveWaves(waves: unknown): void {
    this.#add(wavesOperation(waves));
  }

  /** Stores how far the run is, buffered. */
  saveProgress(progress: RunFar): void {
    this.#add(progressOperation(progress));
  }

  /** Defers a phone, buffered; `null` ends the deferral. */
  saveDeferral(mac: string, deferral: Deferral | null): void {
    this.#add({ kind: 'deferral', mac, deferral });
  }

  /** Remembers how long a proven step took, buffered. */
  recordDuration(duration: StepDuration): void {
    this.#add(durationOperation(this.of.runId, duration, this.#now()));
  }

  /**
   * Stores the target and an event `intent` with these details; resolves only when both, and everything before them, are safe on the disk.
   * Intents of the same tick share a commit. When it rejects, neither is stored, and nothing may be written to the phone.
   */
  async intent(target: TargetState, detail: Readonly<Record<string, unknown>>): Promise<void> {
    const at = this.#now();
    const { address, mac } = target;
    const operations = [
      targetOperation(this.of.runId, target, at),
      eventOperation({ ...detail, event: 'intent', at, address, mac }),
    ];
    this.#assertOpen();
    await this.commits.intend(
      this.#author,
      operations.map((operation) => this.#entry(operation, true)),
    );
  }

  /** Resolves when everything so far is safe on the disk. */
  async flush(): Promise<void> {
    this.#assertOpen();
    await this.commits.flush(this.#author);
  }

  /** Flushes; nothing is accepted afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const flushed = this.flush();
    this.#closed = true;
    try {
      await flushed;
    } finally {
      this.commits.leave(this.#author);
      this.closed();
    }
  }

  #add(operation: Operation): void {
    this.#assertOpen();
    this.commits.add([this.#entry(operation)]);
  }

  #entry(operation: Operation, ofIntent = false): Entry {
    return { operation, ofIntent, job: this.of.job };
  }

  #assertOpen(): void {
    if (this.#closed) throw new Error('the recorder is closed');
  }

  /** Many entries fall into the same millisecond, and formatting a date costs more than reading the clock. */
  #now(): string {
    const ms = this.of.clock.now();
    if (ms !== this.#lastNow.ms) this.#lastNow = { ms, iso: new Date(ms).toISOString() };
    return this.#lastNow.iso;
  }
}

/** A recorder whose commits are its own. */
export function recorderOf(runId: string, { onError, onBack, ...parts }: CommitterParts & Told): Recorder {
  const commits = new Committer(parts);
  return new Recorder({ runId, job: null, clock: parts.clock }, commits, { onError, onBack }, () => commits.close());
}
