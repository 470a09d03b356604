import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Owner, Processes } from './owner.js';
import type { OwnerColumns } from '../schema/tables.js';
import { type LockHolder, sameSigns, type Signs } from './holder.js';

/** Whether the owner of a lock lives; `unknown`: it cannot be told from here. */
export type Life = 'alive' | 'dead' | 'unknown';

/**
 * Where processes cannot be compared, an owner that has sent no heartbeat for longer than this is dead (ms). They should come about every
 * 30 s.
 */
const silentAfterMs = 180_000;

/** Between two looks at an owner that is being watched (ms). */
const lookEveryMs = 5_000;

/** Tells living owners of locks from dead ones, as this process can see them. */
export class Lives {
  constructor(
    private readonly owner: Owner,
    private readonly processes: Processes,
    private readonly clock: Clock,
  ) {}

  /** Checks the process itself if its pid is valid here; otherwise its last heartbeat by the kernel's clock; otherwise unknown. */
  of(signs: Signs): Life {
    const { pid_space, time_space, beat_ms } = signs;
    if (pid_space !== null && pid_space === this.owner.pidSpace) return this.#byProcess(signs);
    if (this.#isFromBeforeRestart(signs)) return 'dead';
    if (time_space !== null && time_space === this.owner.timeSpace && beat_ms !== null)
      return this.processes.sinceBoot() - beat_ms > silentAfterMs ? 'dead' : 'alive';
    // Rows written by earlier versions have no namespaces, but the same pid with the same start time is the same process.
    return pid_space === null &&
      signs.process_start !== null &&
      this.processes.startOf(signs.pid) === signs.process_start
      ? 'alive'
      : 'unknown';
  }

  /** Whether it is worth waiting for a heartbeat: by the machine's clock, which may be wrong, the last one is long ago or in the future. */
  isWorthWatching({ heartbeat_at }: Signs): boolean {
    const age = this.clock.now() - Date.parse(heartbeat_at);
    return !(age >= 0 && age <= silentAfterMs);
  }

  /**
   * Watches an owner that cannot be checked. `true`: it sent no heartbeat for longer than a live run ever pauses; `false`: it lives, or
   * `signal` ended the watch.
   * @param look what its lock shows now; `null` when it is gone
   */
  async isSilent(first: Signs, look: () => Promise<Signs | null>, signal?: AbortSignal): Promise<boolean> {
    const since = this.clock.monotonic();
    for (;;) {
      const left = since + silentAfterMs - this.clock.monotonic();
      if (left < 0) return true;
      await sleep(this.clock, Math.min(lookEveryMs, left + 1), signal);
      if (signal?.aborted) return false;
      const now = await look();
      if (now === null) return true;
      if (!sameSigns(first, now)) return false;
    }
  }

  /** This process, as the owner of a lock of this run. */
  columnsOf(runId: string): OwnerColumns {
    const signs = this.signs();
    return { run_id: runId, since: signs.heartbeat_at, ...signs };
  }

  /** This process and that it lives now. */
  signs(): Signs {
    const { pid, host, processStart, pidSpace, timeSpace } = this.owner;
    return { pid, host, process_start: processStart, pid_space: pidSpace, time_space: timeSpace, ...this.signOfLife() };
  }

  /** What tells others that this process lives. */
  signOfLife(): Pick<OwnerColumns, 'heartbeat_at' | 'beat_ms'> {
    return { heartbeat_at: new Date(this.clock.now()).toISOString(), beat_ms: this.processes.sinceBoot() };
  }

  /** The owner of a lock, for people. */
  holderOf(row: OwnerColumns, since = row.since): LockHolder {
    const { run_id: runId, pid, host, pid_space, heartbeat_at } = row;
    const seen = pid_space === null ? this.of(row) === 'alive' : pid_space === this.owner.pidSpace;
    return { runId, pid, host, since, heardOf: seen ? null : heartbeat_at };
  }

  #byProcess({ pid, process_start: start, time_space }: Signs): Life {
    if (!this.processes.isAlive(pid)) return 'dead';
    // Another time namespace counts starts from another moment.
    if (start === null || time_space !== this.owner.timeSpace) return 'alive';
    const now = this.processes.startOf(pid);
    // The pid of a dead process may have been given to a new one.
    return now !== null && start !== now ? 'dead' : 'alive';
  }

  #isFromBeforeRestart({ host, pid_space, process_start }: Signs): boolean {
    const before = bootOf(pid_space) ?? bootOf(process_start);
    const now = bootOf(this.owner.pidSpace) ?? bootOf(this.owner.processStart);
    return host === this.owner.host && before !== null && now !== null && before !== now;
  }
}

function bootOf(space: string | null): string | null {
  return space?.split('/')[0] ?? null;
}
