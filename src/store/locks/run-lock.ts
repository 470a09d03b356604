import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../../domain/ports/clock.js';
import type { LocksTable, StoreTables } from '../schema/tables.js';
import { StoreError } from '../store-error.js';
import { type LockHolder, type LockWatch, sameSigns, type Signs } from './holder.js';
import { Lives } from './life.js';
import type { Owner, Processes } from './owner.js';

export interface HeldLock {
  ok: true;
  /** Says that this run is alive. `false`: another took the lock over; stop. */
  heartbeat(): Promise<boolean>;
  /** Gives the lock back, if it is still ours. */
  release(): Promise<void>;
}

export type LockResult = HeldLock | { ok: false; holder: LockHolder };

type Db = Kysely<StoreTables> | Transaction<StoreTables>;

/** Its row in `locks`. Other rows are from 0.1.0, which locked phones here too, to no effect: only one run at a time has the store. */
const name = 'run';

/**
 * One run at a time that writes, for each store. The lock is a row; whoever inserts it first holds it. The transaction takes the write lock
 * when it begins, so two processes never both find the lock free. Locks that keep runs with other stores off the same phones are in
 * `phones/`.
 */
export class RunLock {
  readonly #lives: Lives;

  constructor(
    private readonly db: Kysely<StoreTables>,
    private readonly owner: Owner,
    private readonly processes: Processes,
    clock: Clock,
  ) {
    this.#lives = new Lives(owner, processes, clock);
  }

  /** An owner that cannot be checked, with its last heartbeat long ago, is watched before it counts as dead. */
  async acquire(runId: string, { onWatch, meanwhile, signal }: LockWatch = {}): Promise<LockResult> {
    const held = await this.#take(runId);
    if (held === null) return this.#heldBy(runId);
    const refused = { ok: false as const, holder: this.#lives.holderOf(held) };
    if (this.#lives.of(held) !== 'unknown' || !this.#lives.isWorthWatching(held)) return refused;
    onWatch?.(refused.holder);
    const look = async (): Promise<Signs | null> => {
      await meanwhile?.();
      return rowIn(this.db);
    };
    if (!(await this.#lives.isSilent(held, look, signal))) return refused;
    const heir = await this.#take(runId, held);
    return heir === null ? this.#heldBy(runId) : { ok: false, holder: this.#lives.holderOf(heir) };
  }

  /** Within a transaction: makes sure that the store is still this run's. @throws StoreError */
  async assertHeld(trx: Transaction<StoreTables>, runId: string): Promise<void> {
    const row = await rowIn(trx);
    if (row && this.#isMine(row, runId)) return;
    const now = row ? `the run ${row.run_id} has it now` : 'its lock is gone';
    throw new StoreError(
      'store-lost',
      `Another run has taken the store over, as this one had sent no heartbeat for too long (${now}); nothing more is written.`,
    );
  }

  /**
   * Ids of runs that are on record as running and whose process is dead. Runs that write live as long as their lock's owner. Runs that only
   * read hold no lock; on another machine they cannot be checked and count as alive. Nothing is changed.
   */
  async cutOff(): Promise<Set<string>> {
    // In one statement: a run takes its lock before it is on record and ends there before it gives the lock back.
    const running = await this.db
      .selectFrom('runs')
      .leftJoin('locks', (join) => join.onRef('locks.run_id', '=', 'runs.id').on('locks.name', '=', name))
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

  /** `null`: it is ours now; else who has it. @param silent an owner that was watched and is dead, if it has not changed since */
  #take(runId: string, silent: Signs | null = null): Promise<LocksTable | null> {
    return this.db.transaction().execute(async (trx) => {
      const held = await rowIn(trx);
      const isDead = held && ((silent && sameSigns(silent, held)) || this.#lives.of(held) === 'dead');
      if (held && !isDead) return held;
      await trx.deleteFrom('locks').execute();
      await trx
        .insertInto('locks')
        .values({ name, ...this.#lives.columnsOf(runId) })
        .execute();
      return null;
    });
  }

  #heldBy(runId: string): HeldLock {
    return {
      ok: true,
      heartbeat: () =>
        this.#ifMine(runId, async (trx) => {
          await trx.updateTable('locks').set(this.#lives.signOfLife()).where('name', '=', name).execute();
        }),
      release: async () => {
        await this.#ifMine(runId, async (trx) => {
          await trx.deleteFrom('locks').where('name', '=', name).execute();
        });
      },
    };
  }

  /** Does something to the lock if it is still ours; returns whether it is. */
  #ifMine(runId: string, work: (trx: Transaction<StoreTables>) => Promise<void>): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      const row = await rowIn(trx);
      if (!row || !this.#isMine(row, runId)) return false;
      await work(trx);
      return true;
    });
  }

  #isMine(row: LocksTable, runId: string): boolean {
    const { owner } = this;
    const isProcess = row.pid === owner.pid && row.host === owner.host && row.process_start === owner.processStart;
    return row.run_id === runId && isProcess && row.pid_space === owner.pidSpace;
  }
}

async function rowIn(db: Db): Promise<LocksTable | null> {
  return (await db.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst()) ?? null;
}
