import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../../domain/ports/clock.js';
import { Lives, sameSigns, type Signs } from './life.js';
import type { Owner, Processes } from './owner.js';
import type { LocksTable, OwnerColumns, StoreTables } from '../schema/tables.js';
import { type RowReader, rowReader, type RowWriter, rowWriter } from '../write/statements.js';
import { StoreError } from '../store-error.js';
import type { Briefly } from '../write/transact.js';

/** Who holds a lock, and since when (ISO 8601). */
export interface LockHolder {
  runId: string;
  pid: number;
  host: string;
  since: string;
  /** The last sign of life (ISO 8601), where only that can tell whether it lives: its process cannot be seen from here. Else `null`. */
  heardOf: string | null;
}

/** The process of a holder, within a sentence. */
export function processOf({ pid, host, heardOf }: LockHolder): string {
  const process = `pid ${pid} on ${host}`;
  return heardOf === null ? process : `${process}, which cannot be seen from here; last sign of life ${heardOf}`;
}

export interface HeldLock {
  ok: true;
  /** Says that this run is alive, for its run lock and all phones that it has locked. `false`: another took the lock over; stop. */
  heartbeat(): Promise<boolean>;
  /** Gives the lock back, if it is still ours; the run lock with all phones of the run. */
  release(): Promise<void>;
}

export type LockResult = HeldLock | { ok: false; holder: LockHolder };

/** How a lock is waited for whose owner may be dead. */
export interface LockWatch {
  /** Told when the owner is going to be watched for a sign of life, for up to three minutes. */
  onWatch?: (holder: LockHolder) => void;
  /** Called every few seconds of the watch: who waits must not look dead itself. */
  meanwhile?: () => Promise<unknown>;
  /** Ends the watch; the lock then counts as held. */
  signal?: AbortSignal;
}

const runLock = 'run';
const phoneLock = (mac: string): string => `phone:${mac}`;

const lockColumns: readonly (keyof LocksTable)[] = [
  ...(['name', 'run_id', 'pid', 'host', 'process_start', 'since', 'heartbeat_at'] as const),
  ...(['pid_space', 'time_space', 'beat_ms'] as const),
];

interface Request {
  name: string;
  runId: string;
  /** An owner that was watched and is dead, if it has not changed since. */
  silent: Signs | null;
  resolve: (result: Answer) => void;
  reject: (error: unknown) => void;
}

type Answer = HeldLock | { ok: false; holder: LockHolder; unknown: LocksTable | null };

/**
 * One run at a time per store, one run at a time per phone. A lock is a row; who inserts it first has it, and the transaction is a
 * writer's from its start, so that two processes never both see it free. What was asked for in the same tick shares one commit.
 */
export class Locks {
  #requests: Request[] = [];
  readonly #held: RowReader<LocksTable>;
  readonly #locks: RowWriter<LocksTable>;
  readonly #lives: Lives;

  constructor(
    private readonly db: Kysely<StoreTables>,
    private readonly briefly: Briefly,
    private readonly owner: Owner,
    private readonly processes: Processes,
    private readonly clock: Clock,
  ) {
    this.#held = rowReader(db, 'locks', 'name');
    this.#locks = rowWriter(db, 'locks', lockColumns);
    this.#lives = new Lives(owner, processes, clock);
  }

  /** Where nothing shows whether the owner lives and its last sign of life is long ago, it is watched before it counts as dead. */
  async run(runId: string, { onWatch, meanwhile, signal }: LockWatch = {}): Promise<LockResult> {
    const answer = await this.#acquire(runLock, runId);
    if (answer.ok || !answer.unknown || !this.#lives.isWorthWatching(answer.unknown)) return resultOf(answer);
    onWatch?.(answer.holder);
    const look = async (): Promise<Signs | null> => {
      await meanwhile?.();
      return this.#look(runLock);
    };
    const silent = await this.#lives.isSilent(answer.unknown, look, signal);
    return silent ? resultOf(await this.#acquire(runLock, runId, answer.unknown)) : resultOf(answer);
  }

  async phone(mac: string, runId: string): Promise<LockResult> {
    return resultOf(await this.#acquire(phoneLock(mac), runId));
  }

  /** Within a transaction: makes sure that the store is still this run's, where it has a lock at all. @throws StoreError */
  async assertRunLock(trx: Transaction<StoreTables>, runId: string): Promise<void> {
    const [row] = await this.#held.read(trx, [runLock]);
    if (row && this.#isMine(row, runId)) return;
    const now = row ? `the run ${row.run_id} has it now` : 'its lock is gone';
    throw new StoreError(
      'store-lost',
      `The store was taken over from this run, which gave no sign of life (${now}); nothing more is written.`,
    );
  }

  /**
   * Ids of runs that are on record as running and whose process is dead. Runs that write live as long as their lock's owner; those that
   * only read hold none, and on another machine nothing shows whether they live: they are taken to. Nothing is changed.
   */
  async cutOff(): Promise<Set<string>> {
    // In one statement: a run takes its lock before it is on record and ends there before it gives the lock back.
    const running = await this.db
      .selectFrom('runs')
      .leftJoin('locks', (join) => join.onRef('locks.run_id', '=', 'runs.id').on('locks.name', '=', runLock))
      .select(['runs.id', 'runs.pid', 'runs.host', 'runs.pid_space', 'runs.profile', 'runs.summary'])
      .select(['locks.pid as lock_pid', 'locks.host as lock_host', 'locks.pid_space as lock_pid_space'])
      .select(['locks.process_start', 'locks.time_space', 'locks.heartbeat_at', 'locks.beat_ms'])
      .where('runs.state', '=', 'running')
      .execute();
    const dead = running.filter(({ profile, summary, ...row }) => {
      const { lock_pid: pid, lock_host: host, lock_pid_space: pid_space, heartbeat_at } = row;
      if (pid !== null && host !== null && heartbeat_at !== null)
        return this.#lives.of({ ...row, pid, host, pid_space, heartbeat_at }) === 'dead';
      if (profile !== null && (JSON.parse(summary) as { dryRun?: boolean }).dryRun !== true) return true;
      const seen = row.pid_space === null ? row.host === this.owner.host : row.pid_space === this.owner.pidSpace;
      return seen && !this.processes.isAlive(row.pid);
    });
    return new Set(dead.map(({ id }) => id));
  }

  /** Gives back all phones that this process has locked for the run. */
  async releasePhones(runId: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await this.#mine(trx.deleteFrom('locks'), runId).where('name', '!=', runLock).execute();
    });
  }

  #acquire(name: string, runId: string, silent: Signs | null = null): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ name, runId, silent, resolve, reject });
      if (this.#requests.length === 1) setImmediate(() => void this.#answer());
    });
  }

  async #answer(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    try {
      // Not on the disk at once: after a power loss every owner is dead, and with it its locks.
      const results = await this.briefly(async (trx) => {
        const answers: Answer[] = [];
        for (const request of requests) answers.push(await this.#take(trx, request));
        return answers;
      });
      requests.forEach((request, index) => {
        const result = results[index];
        if (result) request.resolve(result);
      });
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }

  async #take(trx: Transaction<StoreTables>, { name, runId, silent }: Request): Promise<Answer> {
    const [held] = await this.#held.read(trx, [name]);
    if (held) {
      const life = silent !== null && sameSigns(silent, held) ? 'dead' : this.#lives.of(held);
      if (life !== 'dead') {
        const { run_id, pid, host, since, pid_space, heartbeat_at } = held;
        const seen = pid_space === null ? life === 'alive' : pid_space === this.owner.pidSpace;
        const holder = { runId: run_id, pid, host, since, heardOf: seen ? null : heartbeat_at };
        return { ok: false, holder, unknown: life === 'unknown' ? held : null };
      }
      await this.#bury(trx, held);
    }
    const { pid, host, processStart, pidSpace, timeSpace } = this.owner;
    const { heartbeat_at, beat_ms } = this.#signOfLife();
    const who = { run_id: runId, pid, host, process_start: processStart, pid_space: pidSpace, time_space: timeSpace };
    await this.#locks.write(trx, [{ name, ...who, since: heartbeat_at, heartbeat_at, beat_ms }]);
    return { ok: true, heartbeat: () => this.#beat(name, runId), release: () => this.#release(name, runId) };
  }

  /** A dead owner's lock goes; with the run lock go its phones, for they died together. */
  async #bury(trx: Transaction<StoreTables>, held: LocksTable): Promise<void> {
    await trx.deleteFrom('locks').where('name', '=', held.name).execute();
    if (held.name === runLock) await ownedBy(trx.deleteFrom('locks'), held).execute();
  }

  async #beat(name: string, runId: string): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      await this.#mine(trx.updateTable('locks').set(this.#signOfLife()), runId).execute();
      const mine = await this.#mine(trx.selectFrom('locks').select('name'), runId).where('name', '=', name).execute();
      return mine.length > 0;
    });
  }

  async #release(name: string, runId: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      const mine = this.#mine(trx.deleteFrom('locks'), runId);
      await (name === runLock ? mine : mine.where('name', '=', name)).execute();
    });
  }

  async #look(name: string): Promise<Signs | null> {
    return (await this.db.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst()) ?? null;
  }

  #mine<Query extends Filtered<Query>>(query: Query, runId: string): Query {
    const { pid, host, processStart, pidSpace } = this.owner;
    return ownedBy(query, { run_id: runId, pid, host, process_start: processStart, pid_space: pidSpace });
  }

  #isMine(row: LocksTable, runId: string): boolean {
    const { pid, host, processStart, pidSpace } = this.owner;
    const { run_id, process_start, pid_space } = row;
    return (
      run_id === runId &&
      row.pid === pid &&
      row.host === host &&
      process_start === processStart &&
      pid_space === pidSpace
    );
  }

  #signOfLife(): { heartbeat_at: string; beat_ms: number } {
    return { heartbeat_at: new Date(this.clock.now()).toISOString(), beat_ms: this.processes.sinceBoot() };
  }
}

function resultOf(answer: Answer): LockResult {
  return answer.ok ? answer : { ok: false, holder: answer.holder };
}

function ownedBy<Query extends Filtered<Query>>(
  query: Query,
  owner: Pick<OwnerColumns, 'run_id' | 'pid' | 'host' | 'process_start' | 'pid_space'>,
): Query {
  return query
    .where('run_id', '=', owner.run_id)
    .where('pid', '=', owner.pid)
    .where('host', '=', owner.host)
    .where('process_start', owner.process_start === null ? 'is' : '=', owner.process_start)
    .where('pid_space', owner.pid_space === null ? 'is' : '=', owner.pid_space);
}

/** What select, update and delete over `locks` have in common. */
interface Filtered<Query> {
  where(column: keyof LocksTable, operator: '=' | '!=' | 'is', value: string | number | null): Query;
}
