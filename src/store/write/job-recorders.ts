import type { Clock } from '../../domain/ports/clock.js';
import type { TakenJob } from '../work.js';
import { type Author, Committer, type CommitterParts } from './committer.js';
import { Recorder, type Told } from './recorder.js';

/** Writes down what a worker sees of the jobs of one run. They share their commits: a database that many workers write to has few of them. */
export class JobRecorders {
  readonly #commits: Committer;
  readonly #clock: Clock;
  /** Waits for what is left when all jobs have ended. */
  readonly #all: Author = { job: null, onError: () => {} };

  constructor(
    private readonly runId: string,
    parts: CommitterParts,
  ) {
    this.#commits = new Committer(parts);
    this.#clock = parts.clock;
  }

  /** The recorder of a job; nothing of it is stored any more once another worker has it, and no intent while the run is halted. */
  of(job: TakenJob, told: Told): Recorder {
    return new Recorder({ runId: this.runId, job, clock: this.#clock }, this.#commits, told);
  }

  /** Stores what is left, where the database answers. */
  async close(): Promise<void> {
    await this.#commits.flush(this.#all).catch(() => {});
    this.#commits.close();
  }
}
