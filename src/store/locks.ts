import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { Owner, Processes } from './owner.js';
import type { LocksTable, StoreTables } from './schema.js';
import { type RowReader, rowReader, type RowWriter, rowWriter } from './statements.js';
import type { Briefly } from './transact.js';

/** Who holds a lock, and since when (ISO 8601). */
export interface LockHolder {
  runId: string;
  pid: number;
  host: string;
  since: string;
}

export interface HeldLock {
  ok: true;
  /** Says that this run is alive, for its run lock and all phones that it has locked. `false`: another took the lock over; stop. */
  heartbeat(): Promise<boolean>;
  /** Gives the lock back, if it is still ours. */
  release(): Promise<void>;
}

export type LockResult = HeldLock | { ok: false; holder: LockHolder };

/** On another machine only the silence of its heartbeats shows that an owner is dead. Beats should come every 30 s or so. */
const silentAfterMs = 180_000;

const runLock = 'run';
const phoneLock = (mac: string): string => `phone:${mac}`;

const lockColumns: readonly (keyof LocksTable)[] = [
  'name',
  'run_id',
  'pid',
  'host',
  'process_start',
  'since',
  'heartbeat_at',
];

type Holder = Pick<LocksTable, 'pid' | 'host' | 'process_start' | 'heartbeat_at'>;

interface Request {
  name: string;
  runId: string;
  resolve: (result: LockResult) => void;
  reject: (error: unknown) => void;
}

/**
 * One run at a time per store, one run at a time per phone. A lock is a row; who inserts it first has it, and the transaction is a
 * writer's from its start, so that two processes never both see it free. What was asked for in the same tick shares one commit.
 */
export class Locks {
  #requests: Request[] = [];
  readonly #held: RowReader<LocksTable>;
  readonly #locks: RowWriter<LocksTable>;

  constructor(
    private readonly db: Kysely<StoreTables>,
    private readonly briefly: Briefly,
    private readonly owner: Owner,
    private readonly processes: Processes,
    private readonly clock: Clock,
  ) {
    this.#held = rowReader(db, 'locks', 'name');
    this.#locks = rowWriter(db, 'locks', lockColumns);
  }

  run(runId: string): Promise<LockResult> {
    return this.#acquire(runLock, runId);
  }

  phone(mac: string, runId: string): Promise<LockResult> {
    return this.#acquire(phoneLock(mac), runId);
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
      .select(['runs.id', 'runs.pid', 'runs.host', 'runs.profile', 'runs.summary'])
      .select(['locks.pid as lock_pid', 'locks.host as lock_host', 'locks.process_start', 'locks.heartbeat_at'])
      .where('runs.state', '=', 'running')
      .execute();
    const dead = running.filter(({ pid, host, profile, summary, ...lock }) => {
      const { lock_pid, lock_host, process_start, heartbeat_at } = lock;
      if (lock_pid !== null && lock_host !== null && heartbeat_at !== null)
        return this.#isDead({ pid: lock_pid, host: lock_host, process_start, heartbeat_at });
      if (profile !== null && (JSON.parse(summary) as { dryRun?: boolean }).dryRun !== true) return true;
      return host === this.owner.host && !this.processes.isAlive(pid);
    });
    return new Set(dead.map(({ id }) => id));
  }

  /** Gives back all phones that this process has locked for the run. */
  async releasePhones(runId: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await this.#mine(trx.deleteFrom('locks'), runId).where('name', '!=', runLock).execute();
    });
  }

  #acquire(name: string, runId: string): Promise<LockResult> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ name, runId, resolve, reject });
      if (this.#requests.length === 1) setImmediate(() => void this.#answer());
    });
  }

  async #answer(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    try {
      // Not on the disk at once: after a power loss every owner is dead, and with it its locks.
      const results = await this.briefly(async (trx) => {
        const answers: LockResult[] = [];
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

  async #take(trx: Transaction<StoreTables>, { name, runId }: Request): Promise<LockResult> {
    const now = this.#now();
    const [held] = await this.#held.read(trx, [name]);
    if (held) {
      if (!this.#isDead(held)) {
        const { run_id, pid, host, since } = held;
        return { ok: false, holder: { runId: run_id, pid, host, since } };
      }
      await this.#bury(trx, held);
    }
    const { pid, host, processStart } = this.owner;
    const row = { name, run_id: runId, pid, host, process_start: processStart, since: now, heartbeat_at: now };
    await this.#locks.write(trx, [row]);
    return { ok: true, heartbeat: () => this.#beat(name, runId), release: () => this.#release(name, runId) };
  }

  /** A dead owner's lock goes; with the run lock go its phones, for they died together. */
  async #bury(trx: Transaction<StoreTables>, held: LocksTable): Promise<void> {
    await trx.deleteFrom('locks').where('name', '=', held.name).execute();
    if (held.name !== runLock) return;
    await trx
      .deleteFrom('locks')
      .where('run_id', '=', held.run_id)
      .where('pid', '=', held.pid)
      .where('host', '=', held.host)
      .where('process_start', held.process_start === null ? 'is' : '=', held.process_start)
      .execute();
  }

  #isDead({ pid, host, process_start: start, heartbeat_at: beat }: Holder): boolean {
    if (host !== this.owner.host) return this.clock.now() - Date.parse(beat) > silentAfterMs;
    if (!this.processes.isAlive(pid)) return true;
    const now = this.processes.startOf(pid);
    // The number of a dead process is given to a new one some day.
    return start !== null && now !== null && start !== now;
  }

  async #beat(name: string, runId: string): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      await this.#mine(trx.updateTable('locks').set({ heartbeat_at: this.#now() }), runId).execute();
      const mine = await this.#mine(trx.selectFrom('locks').select('name'), runId).where('name', '=', name).execute();
      return mine.length > 0;
    });
  }

  async #release(name: string, runId: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await this.#mine(trx.deleteFrom('locks'), runId).where('name', '=', name).execute();
    });
  }

  #mine<Query extends Filtered<Query>>(query: Query, runId: string): Query {
    const { pid, host, processStart } = this.owner;
    return query
      .where('run_id', '=', runId)
      .where('pid', '=', pid)
      .where('host', '=', host)
      .where('process_start', processStart === null ? 'is' : '=', processStart);
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

/** What select, update and delete over `locks` have in common. */
interface Filtered<Query> {
  where(column: keyof LocksTable, operator: '=' | '!=' | 'is', value: string | number | null): Query;
}
